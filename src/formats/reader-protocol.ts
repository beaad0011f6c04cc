import type { ErrorData } from '../spectral/errors.js';
import type { OpenOptions, Opened } from './opened.js';

/** What to open: files at hand, or addresses on the web that belong together. */
export type Wanted =
  { readonly files: readonly File[] } | { readonly urls: readonly string[] };

/** Page to worker, once: a worker does one thing and is ended. */
export interface ToReader {
  readonly type: 'open';
  readonly wanted: Wanted;
  readonly options: Pick<OpenOptions, 'itkAssets' | 'variables'>;
}

/** Worker to page: how far it is, and at last what came of it. */
export type FromReader =
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'opened'; readonly opened: readonly Opened[] }
  | { readonly type: 'error'; readonly error: ErrorData };
