/** How bytes are packed, as `DecompressionStream` calls it: `deflate` has zlib's two bytes in front. */
export type Packing = 'deflate' | 'deflate-raw' | 'gzip';

/**
 * Unpacks no more bytes than are wanted, whatever the packed ones hold: a few kilobytes may unpack to gigabytes.
 * @returns `wanted` bytes, or fewer when there are fewer or they are damaged after that
 */
export async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  packing: Packing,
  wanted: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([packed])
    .stream()
    .pipeThrough(new DecompressionStream(packing))
    .getReader();
  const parts: Uint8Array[] = [];
  let held = 0;
  try {
    while (held < wanted) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, wanted - held);
      parts.push(part);
      held += part.length;
    }
  } catch {
    // Damaged from here on; what came before is told by its length.
  }
  // A stream that is already broken says so again.
  await reader.cancel().catch(() => undefined);
  const all = new Uint8Array(held);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
