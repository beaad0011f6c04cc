import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import { startsWith } from '../head.js';
import type { OpenOptions } from '../opened.js';

const chunkBytes = 2 ** 20;
/** A line longer than this is no line of text. */
const longestLine = 64e6;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Calls `each` with every line of a text that is not blank, as bytes, without holding the text or the thread.
 * @param each is given the bytes, the line's first and the byte after its last, and the line's number from 1
 * @throws `signal.reason` when aborted, and whatever `each` throws
 */
export async function forEachLine(
  file: Blob,
  each: (bytes: Uint8Array, from: number, to: number, line: number) => void,
  task: OpenOptions,
): Promise<void> {
  const pace = keepPace(task.signal, task.onProgress);
  let rest = new Uint8Array(0);
  let line = 0;
  for (let read = 0; read < file.size;) {
    const chunk = new Uint8Array(
      await file.slice(read, read + chunkBytes).arrayBuffer(),
    );
    read += chunk.length;
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const last = read >= file.size;
    let from = line === 0 && startsWith(bytes, '\xef\xbb\xbf') ? 3 : 0;
    while (from < bytes.length) {
      let to = bytes.indexOf(lineFeed, from);
      if (to < 0 && !last) break;
      if (to < 0) to = bytes.length;
      line++;
      const next = to + 1;
      while (to > from && bytes[to - 1] === carriageReturn) to--;
      if (!isBlank(bytes, from, to)) each(bytes, from, to, line);
      from = next;
      await pace((read - bytes.length + from) / file.size);
    }
    rest = bytes.slice(from);
    if (rest.length > longestLine)
      throw new UnmixingError(
        'file',
        `Line ${line + 1} holds more than 64 MB: this is no text of numbers.`,
      );
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}
