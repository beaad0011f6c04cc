import type { Spectra } from '../spectral/cube.js';
import { UnmixingError, fromErrorData } from '../spectral/errors.js';
import type {
  Findings,
  FromIdentifier,
  Search,
  ToIdentifier,
} from './identify-protocol.js';

export type { Findings, Found, Search } from './identify-protocol.js';

interface Waiting {
  readonly resolve: (findings: Findings) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress?: (fraction: number) => void;
}

/** Big arrays are moved, not copied; several may share a buffer. */
function buffersOf(lists: readonly Spectra[]): ArrayBuffer[] {
  const buffers = new Set(
    lists.flatMap(({ data, axis }) => [data.buffer, axis.values.buffer]),
  );
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** The page's end of the worker that holds libraries and compares spectra with them. */
export class IdentifyClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #ticket = 0;

  /** @param workerUrl where identify-worker.js lies, when not next to this module */
  constructor(workerUrl?: string | URL) {
    this.#worker =
      workerUrl === undefined
        ? new Worker(new URL('./identify-worker.js', import.meta.url), {
            type: 'module',
          })
        : new Worker(workerUrl, { type: 'module' });
    this.#worker.addEventListener(
      'message',
      ({ data }: MessageEvent<FromIdentifier>) => this.#hear(data),
    );
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#fail(
        event.message
          ? `The search of libraries broke down (${event.message}): they are too large for this browser.`
          : 'The search of libraries could not be loaded: identify-worker.js must lie beside the other parts of the plugin.',
      );
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#fail('What was found got lost on its way: it is too large.');
    });
  }

  /** Hands a library over; its arrays are moved away. */
  hold(library: string, lists: readonly Spectra[]): void {
    this.#send({ type: 'hold', library, lists }, buffersOf(lists));
  }

  drop(library: string): void {
    this.#send({ type: 'drop', library });
  }

  /**
   * Compares spectra with libraries; a new search ends the one before it.
   * @param signal is to be aborted by whoever asks for another search
   * @throws UnmixingError with one sentence; `signal.reason` when aborted
   */
  async search(
    search: Search,
    {
      signal,
      onProgress,
    }: {
      readonly signal: AbortSignal;
      readonly onProgress?: (fraction: number) => void;
    },
  ): Promise<Findings> {
    signal.throwIfAborted();
    const ticket = (this.#ticket += 1);
    const heard = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(ticket, { resolve, reject, onProgress });
        signal.addEventListener(
          'abort',
          () => {
            // A later search has ended this one already.
            if (this.#ticket === ticket) this.#send({ type: 'cancel' });
            reject(new Error('The search was aborted.'));
          },
          { signal: heard.signal },
        );
        this.#send({ type: 'search', ticket, search });
      });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      heard.abort();
      this.#waiting.delete(ticket);
    }
  }

  dispose(): void {
    this.#worker.terminate();
  }

  #send(message: ToIdentifier, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #hear(message: FromIdentifier): void {
    const waiting = this.#waiting.get(message.ticket);
    if (!waiting) return;
    switch (message.type) {
      case 'progress':
        waiting.onProgress?.(message.fraction);
        break;
      case 'found':
        waiting.resolve(message.findings);
        break;
      case 'error':
        waiting.reject(fromErrorData(message.error));
    }
  }

  #fail(sentence: string): void {
    for (const { reject } of this.#waiting.values())
      reject(new UnmixingError('file', sentence));
  }
}
