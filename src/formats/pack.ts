import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import type { OpenOptions } from './opened.js';
import { bytes } from './common/words.js';

/** A file to be packed into a zip. */
export interface PackedFile {
  /** Path in the zip. */
  readonly name: string;
  readonly content: Blob;
  /** Whether it may shrink: measured values hardly do, and are then kept as they are. */
  readonly shrinks: boolean;
}

/** Read at a time. */
const pieceBytes = 2 ** 20;
/** Handed over to the browser, which may keep it on the disk. */
const handedBytes = 2 ** 26;
/** A zip without the extension for longer ones. */
const mostBytes = 4e9;

/**
 * Files as one zip, in the order given.
 * @throws UnmixingError `file` when they are too many for one; `signal.reason` when aborted
 */
export async function packFiles(
  files: readonly PackedFile[],
  name: string,
  { signal, onProgress }: Pick<OpenOptions, 'signal' | 'onProgress'> = {},
): Promise<File> {
  const all = files.reduce((sum, { content }) => sum + content.size, 0);
  if (all > mostBytes)
    throw new UnmixingError(
      'file',
      `${name} would hold ${bytes(all)} (want at most ${bytes(mostBytes)}): save it with the files by reference.`,
    );
  const pace = keepPace(signal, onProgress);
  const handed: Blob[] = [];
  let held: BlobPart[] = [];
  let heldBytes = 0;
  const hand = (): void => {
    handed.push(new Blob(held));
    held = [];
    heldBytes = 0;
  };
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    held.push(new Uint8Array(chunk));
    heldBytes += chunk.length;
    if (heldBytes > handedBytes) hand();
  });
  let done = 0;
  for (const { name: path, content, shrinks } of files) {
    const entry = shrinks
      ? new ZipDeflate(path, { level: 1 })
      : new ZipPassThrough(path);
    zip.add(entry);
    for (let at = 0; at === 0 || at < content.size; at += pieceBytes) {
      const end = Math.min(content.size, at + pieceBytes);
      const piece = await content.slice(at, end).arrayBuffer();
      entry.push(new Uint8Array(piece), end === content.size);
      done += end - at;
      await pace(done / all);
    }
  }
  zip.end();
  // Set by the callback, which the checker does not see.
  const failed = failure as Error | null;
  if (failed) throw failed;
  hand();
  return new File(handed, name, { type: 'application/zip' });
}
