import { startsWith } from '../head.js';
import type { ReadPart } from './source.js';

// HDF5 File Format Specification, "III.E. Global Heap". The library walks through a heap by the sizes of its objects, and
// never ends where a damaged one is 0: such a heap must not reach it.

const signature = 'GCOL\x01';
const firstLetter = signature.charCodeAt(0);
const headerBytes = 16;
/** The library reads so much of a heap at first; what is larger begins with no heap that it does not know yet. */
const firstRead = 4096;

/** Whether the objects of a heap follow each other up to its end. */
function isSound(heap: Uint8Array): boolean {
  const view = new DataView(heap.buffer, heap.byteOffset, heap.length);
  for (let at = headerBytes; heap.length - at >= headerBytes;) {
    const isFree = view.getUint16(at, true) === 0;
    const size = Number(view.getBigUint64(at + 8, true));
    const step = isFree ? size : headerBytes + 8 * Math.ceil(size / 8);
    if (step === 0 || step > heap.length - at) return false;
    at += step;
  }
  return true;
}

/** Whether every heap that begins in a part of a file can be walked through. */
export function heapsAreSound(
  part: Uint8Array,
  at: number,
  readPart: ReadPart,
): boolean {
  if (part.length > firstRead) return true;
  for (
    let i = part.indexOf(firstLetter);
    i >= 0;
    i = part.indexOf(firstLetter, i + 1)
  ) {
    if (!startsWith(part, signature, i)) continue;
    const header = readPart(at + i, headerBytes);
    if (header.length < headerBytes) return false;
    const size = Number(
      new DataView(header.buffer, header.byteOffset).getBigUint64(8, true),
    );
    const heap = readPart(at + i, size);
    if (heap.length < size || !isSound(heap)) return false;
  }
  return true;
}
