import { UnmixingError, fromErrorData } from '../spectral/errors.js';
import type { OpenOptions, Opened } from './opened.js';
import type { PackedFile } from './pack.js';
import type {
  FromReader,
  ReaderAnswers,
  ToReader,
  ToSave,
  Wanted,
} from './reader-protocol.js';

export type { ToSave, Wanted } from './reader-protocol.js';

interface ReaderTask extends Pick<OpenOptions, 'signal' | 'onProgress'> {
  /** Where reader-worker.js lies, when not next to this module. */
  readonly readerUrl?: string | URL;
}

const start = (readerUrl: string | URL | undefined): Worker =>
  readerUrl === undefined
    ? new Worker(new URL('./reader-worker.js', import.meta.url), {
        type: 'module',
      })
    : new Worker(readerUrl, { type: 'module' });

const isAnswerTo = <T extends keyof ReaderAnswers>(
  answer: FromReader,
  to: T,
): answer is FromReader & { type: T; value: ReaderAnswers[T] } =>
  answer.type === to;

/** Has a worker of its own do what is asked; it is ended with the answer, and at once when the signal is aborted. */
async function ask<T extends keyof ReaderAnswers>(
  request: ToReader & { readonly type: T },
  { signal, onProgress, readerUrl }: ReaderTask,
  moved: ArrayBuffer[] = [],
): Promise<ReaderAnswers[T]> {
  signal?.throwIfAborted();
  const worker = start(readerUrl);
  const heard = new AbortController();
  const until = { signal: heard.signal };
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener(
        'abort',
        () => reject(new Error('Reading was aborted.')),
        until,
      );
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<FromReader>) => {
          if (data.type === 'progress') onProgress?.(data.fraction);
          else if (data.type === 'error') reject(fromErrorData(data.error));
          else if (isAnswerTo(data, request.type)) resolve(data.value);
        },
      );
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(
          new UnmixingError(
            'file',
            event.message
              ? `The reader of files broke down (${event.message}): the file is damaged, or too large for this browser.`
              : 'The reader of files could not be loaded: reader-worker.js must lie beside the other parts of the plugin.',
          ),
        );
      });
      worker.addEventListener('messageerror', () => {
        reject(
          new UnmixingError(
            'file',
            'What came of the file got lost on its way: it is too large for this browser.',
          ),
        );
      });
      worker.postMessage(request, moved);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    heard.abort();
    worker.terminate();
  }
}

/**
 * Opens files or addresses as `openFiles` and `openUrls` do, in a worker of its own.
 * @throws UnmixingError `file` with one sentence, also when the worker breaks down; `signal.reason` when aborted
 */
export function readInWorker(
  wanted: Wanted,
  task: OpenOptions & ReaderTask,
): Promise<readonly Opened[]> {
  const { variables } = task;
  // The worker would resolve it against itself.
  const itkAssets =
    task.itkAssets && new URL(task.itkAssets, globalThis.location.href).href;
  return ask({ type: 'open', wanted, options: { variables, itkAssets } }, task);
}

/**
 * Writes an image or spectra in a format, in a worker of its own.
 * @param moved buffers that the worker may take away
 * @throws as `readInWorker`
 */
export function saveInWorker(
  what: ToSave,
  task: ReaderTask,
  moved: ArrayBuffer[] = [],
): Promise<File> {
  return ask({ type: 'save', what }, task, moved);
}

/**
 * Packs files into a zip of this name, in a worker of its own.
 * @throws as `readInWorker`
 */
export function packInWorker(
  files: readonly PackedFile[],
  name: string,
  task: ReaderTask,
): Promise<File> {
  return ask({ type: 'pack', name, files }, task);
}

/**
 * SHA-256 of a file as `sha256` has it, in a worker of its own: a page would be held up while a large one is read.
 * @throws as `readInWorker`
 */
export function sumInWorker(
  file: Blob,
  task: ReaderTask,
): Promise<string | null> {
  return ask({ type: 'sum', file }, task);
}
