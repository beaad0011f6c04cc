/** A longer file would not fit the memory that the browser counts it in; it is known by name and size. */
const mostBytes = 1e9;

/** SHA-256 of a file as 64 hexadecimal digits; null where it is too long, or the page is not on https. */
export async function sha256(file: Blob): Promise<string | null> {
  // Types say it is always there: pages on plain http have none.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle || file.size > mostBytes) return null;
  const sum = await subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
