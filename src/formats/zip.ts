import { Unzip, UnzipInflate, zipSync } from 'fflate';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import type { OpenOptions } from './opened.js';
import type { SavedFile } from './saved.js';
import { baseName, bytes } from './common/words.js';

/** Most files, and most bytes for each byte of the zip: measurements never shrink so far, bombs do. */
const mostFiles = 100_000;
const mostGrowth = 100;
/** Small files may shrink further: headers, or an image of one value. */
const spare = 16e6;
/** Read at a time: fflate goes a step deeper for each file in a piece. */
const pieceBytes = 2 ** 14;
const longestName = 1000;

/** What systems leave in archives for themselves, and folders. */
const isNoFile = (path: string): boolean =>
  path.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/.test(path);

/**
 * The files in a zip, unpacked, with their paths in their names, below that of the zip; a zip in it stays one.
 * @throws UnmixingError `file` when it is damaged, locked, or grows to more than what a measurement could; `signal.reason`
 * when aborted
 */
export async function unzip(zip: File, task: OpenOptions): Promise<File[]> {
  const pace = keepPace(task.signal, task.onProgress);
  const most = mostGrowth * zip.size + spare;
  const files: File[] = [];
  const refuse = (sentence: string): never => {
    throw new UnmixingError('file', `${zip.name} ${sentence}`);
  };
  let held = 0;
  let open = 0;
  const archive = new Unzip((entry) => {
    if (isNoFile(entry.name)) return;
    open++;
    if (files.length + open > mostFiles)
      refuse(`holds too many files (want at most ${mostFiles}).`);
    const parts: BlobPart[] = [];
    entry.ondata = (error, chunk, final) => {
      if (error) throw error;
      held += chunk.length;
      if (held > most)
        refuse(`grows to more than ${bytes(most)}, which no measurement does.`);
      parts.push(new Uint8Array(chunk));
      if (!final) return;
      open--;
      files.push(
        new File(
          parts,
          `${baseName(zip.name)}/${entry.name.slice(0, longestName)}`,
        ),
      );
    };
    entry.start();
  });
  archive.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.size; at += pieceBytes) {
      const end = Math.min(zip.size, at + pieceBytes);
      const piece = await zip.slice(at, end).arrayBuffer();
      archive.push(new Uint8Array(piece), end === zip.size);
      await pace(end / zip.size);
    }
  } catch (cause) {
    task.signal?.throwIfAborted();
    if (cause instanceof UnmixingError) throw cause;
    throw new UnmixingError(
      'file',
      `${zip.name} is damaged or cut short: it cannot be read as zip.`,
      { cause },
    );
  }
  if (open > 0) refuse('is damaged or cut short: it cannot be read as zip.');
  if (files.length === 0) refuse('holds no files.');
  return files;
}

/** Files as one zip. */
export function zipFiles(files: readonly SavedFile[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  return zipSync(
    Object.fromEntries(
      files.map(({ name, content }) => [
        name,
        typeof content === 'string' ? encoder.encode(content) : content,
      ]),
    ),
    // Measured values hardly shrink, however long one tries.
    { level: 1 },
  );
}
