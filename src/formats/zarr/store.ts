import { UnmixingError } from '../../spectral/errors.js';
import { FetchStore } from 'zarrita';

type Key = `/${string}`;
type Range =
  | { readonly offset: number; readonly length: number }
  | { readonly suffixLength: number };
interface GetOptions {
  readonly signal?: AbortSignal;
}

/** Where the files of a Zarr folder come from. A file that is not there is undefined. */
export interface Store {
  get(key: Key, options?: GetOptions): Promise<Uint8Array | undefined>;
  getRange(
    key: Key,
    range: Range,
    options?: GetOptions,
  ): Promise<Uint8Array | undefined>;
}

const isMetadata = (key: string): boolean =>
  /(^|\/)(zarr\.json|\.z(group|attrs|array|metadata))$/.test(key);

/** Counts the chunks that are there. */
export function counting(store: Store): Store & { readonly found: number } {
  let found = 0;
  const seen = async (
    key: Key,
    got: Promise<Uint8Array | undefined>,
  ): Promise<Uint8Array | undefined> => {
    const bytes = await got;
    if (bytes && !isMetadata(key)) found++;
    return bytes;
  };
  return {
    get: (key, options) => seen(key, store.get(key, options)),
    getRange: (key, range, options) =>
      seen(key, store.getRange(key, range, options)),
    get found() {
      return found;
    },
  };
}

/** Files of a folder by their paths within it. */
export function folderStore(files: ReadonlyMap<string, File>): Store {
  const read = async (part: Blob): Promise<Uint8Array> =>
    new Uint8Array(await part.arrayBuffer());
  return {
    async get(key) {
      const file = files.get(key);
      return file && read(file);
    },
    async getRange(key, range) {
      const file = files.get(key);
      if (!file) return undefined;
      return read(
        'suffixLength' in range
          ? file.slice(Math.max(0, file.size - range.suffixLength))
          : file.slice(range.offset, range.offset + range.length),
      );
    },
  };
}

/**
 * Files under an address. A metadata file that a server forbids counts as absent: that is how stores of objects answer
 * who may not list them.
 */
export function webStore(url: string, name: string): Store {
  const failed = (why: string, cause?: unknown): UnmixingError =>
    new UnmixingError('file', `${name} could not be fetched: ${why}.`, {
      cause,
    });
  return new FetchStore(url, {
    async fetch(request) {
      const response = await fetch(request).catch((cause: unknown) => {
        request.signal.throwIfAborted();
        throw failed(
          'the server cannot be reached, or does not let this page read from it (CORS)',
          cause,
        );
      });
      const { status } = response;
      const { pathname } = new URL(request.url);
      if (status === 404 || (status === 403 && isMetadata(pathname)))
        return new Response(null, { status: 404 });
      if (!response.ok) throw failed(`the server answered ${status}`);
      if (request.headers.has('range') && status !== 206)
        throw failed('the server does not give parts of files');
      return response;
    },
  });
}
