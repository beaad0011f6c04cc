import type { Spectra } from '../spectral/cube.js';
import type { ErrorData } from '../spectral/errors.js';
import type { OpenOptions, Opened } from './opened.js';
import type { PackedFile } from './pack.js';
import type { ImageFormat, SpectraFormat } from './save-formats.js';
import type { SavedImage } from './saved.js';

/** What to open: files at hand, or addresses on the web that belong together. */
export type Wanted =
  { readonly files: readonly File[] } | { readonly urls: readonly string[] };

/** What to save, in which format. */
export type ToSave =
  | { readonly image: SavedImage; readonly format: ImageFormat }
  | { readonly spectra: Spectra; readonly format: SpectraFormat };

/** Page to worker, once: a worker does one thing and is ended. */
export type ToReader =
  | {
      readonly type: 'open';
      readonly wanted: Wanted;
      readonly options: Pick<OpenOptions, 'itkAssets' | 'variables'>;
    }
  | { readonly type: 'save'; readonly what: ToSave }
  | {
      readonly type: 'pack';
      readonly name: string;
      readonly files: readonly PackedFile[];
    }
  | { readonly type: 'sum'; readonly file: Blob };

/** What each request is answered with. */
export interface ReaderAnswers {
  open: readonly Opened[];
  /** One file; several are in a zip. */
  save: File;
  /** The zip. */
  pack: File;
  /** SHA-256 as hexadecimal digits; null where it is not known. */
  sum: string | null;
}

/** Worker to page: how far it is, and at last what came of it. */
export type FromReader =
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'error'; readonly error: ErrorData }
  | {
      readonly [T in keyof ReaderAnswers]: {
        readonly type: T;
        readonly value: ReaderAnswers[T];
      };
    }[keyof ReaderAnswers];
