import type { Image } from 'itk-wasm';
import { UnmixingError } from '../../spectral/errors.js';
import type { OpenOptions } from '../opened.js';

/** Readers of itk-wasm that we use. */
export type ItkReader = 'nrrd' | 'meta' | 'nifti' | 'png' | 'jpeg';

/** A file as itk-wasm sees it: a header and its data find each other by these names. */
export interface ItkFile {
  readonly path: string;
  readonly data: Uint8Array;
}

/** Reading a gigabyte takes some ten seconds; a reader that says nothing for this long is stuck. */
const patience = (bytes: number): number => 60e3 + bytes / 1e4;

const inNode =
  typeof process !== 'undefined' && typeof process.versions.node === 'string';

/** Why a signal was aborted; a reason that is no error is wrapped in one. */
function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error
    ? reason
    : new Error('Reading was aborted.', { cause: reason });
}

/** itk-wasm prints what it throws; in Node those streams belong to the command line. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log, error, warn } = console;
  const silent = (): void => {};
  Object.assign(console, { log: silent, error: silent, warn: silent });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, error, warn });
  }
}

async function runInNode(
  reader: ItkReader,
  files: readonly ItkFile[],
): Promise<unknown> {
  const { InterfaceTypes, runPipelineNode } = await import('itk-wasm');
  const pipelines = new URL(
    './pipelines/',
    import.meta.resolve('@itk-wasm/image-io'),
  );
  const path = decodeURIComponent(
    new URL(`${reader}-read-image`, pipelines).pathname,
  ).replace(/^\/(?=[A-Za-z]:)/, '');
  const result = await quietly(() =>
    runPipelineNode(
      path,
      [files[0].path, '0', '1', '--memory-io'],
      [{ type: InterfaceTypes.JsonCompatible }, { type: InterfaceTypes.Image }],
      files.map((data) => ({ type: InterfaceTypes.BinaryFile, data })),
    ),
  );
  return result.outputs[1]?.data;
}

/** Runs the reader in a worker of its own, which ends with it; `assets` as in OpenOptions. */
async function runInWorker(
  reader: ItkReader,
  files: readonly ItkFile[],
  assets: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { InterfaceTypes, runPipeline } = await import('itk-wasm');
  signal?.throwIfAborted();
  const base = new URL(assets.replace(/\/*$/, '/'), globalThis.location.href);
  const script = new URL('itk-wasm-pipeline.worker.js', base);
  const worker = new Worker(script, { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  try {
    const failed = new Promise<never>((_, reject) => {
      onAbort = () => reject(reasonOf(signal));
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(
          new UnmixingError(
            'file',
            `The reader of image files cannot be loaded from ${script.href}.`,
          ),
        );
      });
      const bytes = files.reduce((sum, { data }) => sum + data.length, 0);
      timer = setTimeout(
        () =>
          reject(
            new UnmixingError(
              'file',
              `Reading ${files[0].path} was given up: the reader did not answer for ${Math.round(patience(bytes) / 1000)} seconds.`,
            ),
          ),
        patience(bytes),
      );
    });
    const result = await Promise.race([
      failed,
      runPipeline(
        `${reader}-read-image`,
        [files[0].path, '0', '1', '--memory-io'],
        [
          { type: InterfaceTypes.JsonCompatible },
          { type: InterfaceTypes.Image },
        ],
        files.map((data) => ({ type: InterfaceTypes.BinaryFile, data })),
        {
          webWorker: worker,
          pipelineBaseUrl: new URL('pipelines', base).href,
          pipelineWorkerUrl: script.href,
          noCopy: true,
        },
      ),
    ]);
    return result.outputs[1]?.data;
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    worker.terminate();
  }
}

function isImage(value: unknown): value is Image {
  return (
    typeof value === 'object' &&
    value !== null &&
    'imageType' in value &&
    'size' in value &&
    'data' in value &&
    ArrayBuffer.isView(value.data)
  );
}

/**
 * Reads an image with itk-wasm: in a page or worker by a worker from `itkAssets`, in Node from the installed package.
 * @param files the file, or its header and then its data; their bytes may be taken away
 * @throws UnmixingError `file` when the file cannot be read or the reader cannot be loaded
 */
export async function runReader(
  reader: ItkReader,
  format: string,
  files: readonly ItkFile[],
  { itkAssets, signal }: OpenOptions,
): Promise<Image> {
  const name = files[0].path;
  if (!inNode && itkAssets === undefined)
    throw new UnmixingError(
      'file',
      `${name} is a ${format} file, and this page does not say where the reader for it lies (itkAssets).`,
    );
  let image: unknown;
  try {
    image = inNode
      ? await runInNode(reader, files)
      : await runInWorker(reader, files, itkAssets ?? '', signal);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof UnmixingError) throw cause;
    // The wasm throws numbers; an error of this kind comes from loading it.
    if (
      cause instanceof Error &&
      /fetch|import|request|find package/i.test(cause.message)
    )
      throw new UnmixingError(
        'file',
        inNode
          ? `${name} is a ${format} file: reading it needs the package @itk-wasm/image-io.`
          : `The reader of ${format} files cannot be loaded from ${itkAssets}.`,
        { cause },
      );
    throw new UnmixingError(
      'file',
      `${name} is damaged or cut short: it cannot be read as ${format}.`,
      { cause },
    );
  }
  if (!isImage(image))
    throw new UnmixingError('file', `${name} cannot be read as ${format}.`);
  return image;
}
