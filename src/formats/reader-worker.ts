// Entry of the module worker that reads and writes files: one request in, progress and an answer out. Pages end it when
// they no longer want the answer.
import { UnmixingError, toErrorData } from '../spectral/errors.js';
import { openFiles } from './open.js';
import type { OpenOptions, Opened } from './opened.js';
import type {
  FromReader,
  ToReader,
  ToSave,
  Wanted,
} from './reader-protocol.js';

const post = (message: FromReader, transfer: ArrayBuffer[] = []): void => {
  postMessage(message, { transfer });
};

async function open(wanted: Wanted, task: OpenOptions): Promise<Opened[]> {
  if ('files' in wanted) return openFiles(wanted.files, task);
  const { openUrls } = await import('./url.js');
  return openUrls(wanted.urls, task);
}

async function save(what: ToSave): Promise<File> {
  const { asOneFile, saveImage, saveSpectra } = await import('./save.js');
  return 'image' in what
    ? asOneFile(await saveImage(what.image, what.format), what.image.name)
    : asOneFile(
        await saveSpectra(what.spectra, what.format),
        what.spectra.name,
      );
}

/** Big arrays are moved, not copied; two may share a buffer. */
function buffersOf(opened: readonly Opened[]): ArrayBuffer[] {
  const arrays = opened.map((one) => {
    switch (one.kind) {
      case 'cube':
        return [one.cube.data, one.cube.mask];
      case 'spectra':
        return [one.spectra.data];
      case 'picture':
        return [one.picture.data];
      case 'variables':
        return [];
    }
  });
  const buffers = new Set(arrays.flat().map((array) => array?.buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** What browsers throw where memory cannot be had, or an array is too long to be moved: Chromium moves less than 2 GiB. */
const told = (error: unknown): unknown =>
  error instanceof RangeError &&
  /alloc|array length|supported range/i.test(error.message)
    ? new UnmixingError(
        'file',
        'The image is too large for this browser, which takes about 2 GB: crop or bin it, or use the command line.',
        { cause: error },
      )
    : error;

const onProgress = (fraction: number): void => {
  post({ type: 'progress', fraction });
};

async function answer(request: ToReader): Promise<void> {
  try {
    if (request.type === 'open') {
      const { wanted, options } = request;
      const value = await open(wanted, { ...options, onProgress });
      post({ type: 'open', value }, buffersOf(value));
    } else if (request.type === 'pack') {
      const { packFiles } = await import('./pack.js');
      const { files, name } = request;
      const value = await packFiles(files, name, { onProgress });
      post({ type: 'pack', value });
    } else if (request.type === 'sum') {
      const { sha256 } = await import('./sha256.js');
      post({ type: 'sum', value: await sha256(request.file) });
    } else post({ type: 'save', value: await save(request.what) });
  } catch (error) {
    post({ type: 'error', error: toErrorData(told(error)) });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
  void answer(data);
});
