import { keepPace } from '../spectral/pace.js';

/** Remainders of the bytes 0 to 255 by the polynomial of ISO 3309, bits reversed. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++)
    rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The check sum that zips have of their files (ISO 3309), of so many more bytes after those that gave `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (const byte of bytes) rest = table[(rest ^ byte) & 255] ^ (rest >>> 8);
  return ~rest >>> 0;
}

const stretch = 2 ** 20;

/** The same of a blob, in short stretches. */
export async function crc32Of(
  blob: Blob,
  signal?: AbortSignal,
): Promise<number> {
  const pace = keepPace(signal);
  let sum = 0;
  for (let at = 0; at < blob.size; at += stretch) {
    const part = await blob.slice(at, at + stretch).arrayBuffer();
    sum = crc32(new Uint8Array(part), sum);
    await pace();
  }
  return sum;
}
