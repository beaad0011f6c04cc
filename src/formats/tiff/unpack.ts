/** Codes of LZW in TIFF 6.0, section 13. */
const clearCode = 256;
const endCode = 257;
const firstCode = 258;
const mostCodes = 4096;

/** LZW as TIFF has it: codes of 9 to 12 bits, high bit first, widened one code early. Ends at `wanted` bytes. */
export function unpackLzw(
  packed: Uint8Array,
  wanted: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(wanted);
  // A code stands for a run of bytes that was written before: where, and how long.
  const starts = new Uint32Array(mostCodes);
  const lengths = new Uint32Array(mostCodes);
  let held = 0;
  let codes = firstCode;
  let width = 9;
  let bits = 0;
  let kept = 0;
  let last = -1;
  for (let at = 0; held < wanted;) {
    while (kept < width && at < packed.length) {
      bits = ((bits << 8) | packed[at++]) & 0xffffff;
      kept += 8;
    }
    if (kept < width) break;
    kept -= width;
    const code = (bits >> kept) & ((1 << width) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      codes = firstCode;
      width = 9;
      last = -1;
      continue;
    }
    const from = held;
    if (code < clearCode) out[held++] = code;
    else {
      // The code that is just being made stands for the last run and the byte that follows it: its own first.
      if (code >= codes && (last < 0 || code > codes)) break;
      const isNew = code === codes;
      const start = isNew ? last : starts[code];
      const length = isNew ? from - last + 1 : lengths[code];
      const end = Math.min(wanted, held + length);
      for (let i = start; held < end; i++) out[held++] = out[i];
    }
    if (last >= 0 && codes < mostCodes) {
      starts[codes] = last;
      lengths[codes] = from - last + 1;
      codes++;
    }
    last = from;
    if (codes >= (1 << width) - 1 && width < 12) width++;
  }
  return out.subarray(0, held);
}

/** PackBits, TIFF 6.0 section 9: runs of bytes that differ, and of one byte repeated. Ends at `wanted` bytes. */
export function unpackBits(
  packed: Uint8Array,
  wanted: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(wanted);
  let held = 0;
  for (let at = 0; at < packed.length && held < wanted;) {
    const head = packed[at++];
    if (head < 128) {
      const run = packed.subarray(at, at + Math.min(head + 1, wanted - held));
      out.set(run, held);
      held += run.length;
      at += head + 1;
    } else if (head > 128 && at < packed.length) {
      const end = Math.min(wanted, held + 257 - head);
      out.fill(packed[at++], held, end);
      held = end;
    }
  }
  return out.subarray(0, held);
}
