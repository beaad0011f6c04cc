import { UnmixingError, fromErrorData } from '../spectral/errors.js';
import type { OpenOptions, Opened } from './opened.js';
import type { FromReader, ToReader, Wanted } from './reader-protocol.js';

export type { Wanted } from './reader-protocol.js';

type Answer = Exclude<FromReader, { readonly type: 'progress' | 'error' }>;

const start = (readerUrl: string | URL | undefined): Worker =>
  readerUrl === undefined
    ? new Worker(new URL('./reader-worker.js', import.meta.url), {
        type: 'module',
      })
    : new Worker(readerUrl, { type: 'module' });

/** Has a worker of its own do what is asked; it is ended with the answer, and at once when the signal is aborted. */
async function ask(
  request: ToReader,
  { signal, onProgress }: OpenOptions,
  readerUrl: string | URL | undefined,
): Promise<Answer> {
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
          else resolve(data);
        },
      );
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(
          new UnmixingError(
            'file',
            event.message
              ? `The reader of files broke down (${event.message}): the file is damaged or too large for this browser.`
              : 'The reader of files could not be loaded: reader-worker.js must lie beside the other parts of the plugin.',
          ),
        );
      });
      worker.addEventListener('messageerror', () => {
        reject(
          new UnmixingError(
            'file',
            'What was read got lost on its way: it is too large for this browser.',
          ),
        );
      });
      worker.postMessage(request);
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
 * @param options.readerUrl where reader-worker.js lies, when not next to this module
 * @throws UnmixingError `file` with one sentence, also when the worker breaks down; `signal.reason` when aborted
 */
export async function readInWorker(
  wanted: Wanted,
  options: OpenOptions & { readonly readerUrl?: string | URL },
): Promise<readonly Opened[]> {
  const { itkAssets, variables, readerUrl } = options;
  const answer = await ask(
    {
      type: 'open',
      wanted,
      options: {
        variables,
        // The worker would resolve it against itself.
        itkAssets:
          itkAssets && new URL(itkAssets, globalThis.location.href).href,
      },
    },
    options,
    readerUrl,
  );
  return answer.opened;
}
