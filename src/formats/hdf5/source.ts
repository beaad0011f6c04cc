import { UnmixingError } from '../../spectral/errors.js';
import { readBytes } from '../common/bytes.js';
import { bytes } from '../common/words.js';

// Only workers have it; the types of a page do not know it.
declare const FileReaderSync:
  (new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer }) | undefined;

/** Largest file that is taken into memory where parts cannot be read on demand. */
const mostInMemory = 2 ** 31 - 1;

/** Hands over a part of a file at once, for a library that cannot wait. */
export type ReadPart = (at: number, length: number) => Uint8Array;

/**
 * How to read parts of a file: from the disk in a worker, so that nothing is held twice; elsewhere from one copy in memory.
 * @throws UnmixingError `file` when the file is too large for a copy
 */
export async function partsOf(file: File): Promise<ReadPart> {
  if (typeof FileReaderSync !== 'undefined') {
    const reader = new FileReaderSync();
    return (at, length) =>
      new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + length)));
  }
  if (file.size > mostInMemory)
    throw new UnmixingError(
      'file',
      `${file.name} holds ${bytes(file.size)}, too much to be read here (want at most 2 GB; a browser takes more).`,
    );
  const all = await readBytes(file);
  return (at, length) => all.bytes.subarray(at, at + length);
}
