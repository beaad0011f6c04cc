import { UnmixingError } from '../spectral/errors.js';
import { formatOf } from './catalogue.js';
import { readHead } from './head.js';
import { openFiles } from './open.js';
import { type OpenOptions, type Opened, partOf } from './opened.js';
import { baseName } from './common/words.js';

/**
 * Reads an address that a person gave.
 * @throws UnmixingError `input` unless it is one of the web
 */
export function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UnmixingError(
      'input',
      `invalid address: ${text.slice(0, 200)} (want one that begins with https:// or http://)`,
    );
  return url;
}

/** The last part of an address, as the name of its file. */
export function nameOf({ pathname, host }: URL): string {
  const last = baseName(pathname.replace(/\/+$/, ''));
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last;
  }
}

/** Files that are smaller come at once. */
const leastToTell = 1e5;

/** Passes bytes on and tells the share that went by, where the server says how many there are. */
function counted(
  { body, headers }: Response,
  { onProgress }: OpenOptions,
): ReadableStream<Uint8Array> | null {
  // A packed answer is longer when it is unpacked than its length says.
  const length = headers.has('content-encoding')
    ? 0
    : Number(headers.get('content-length'));
  let passed = 0;
  return (
    body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          passed += chunk.length;
          if (length > leastToTell) onProgress?.(Math.min(1, passed / length));
          controller.enqueue(chunk);
        },
      }),
    ) ?? null
  );
}

/** Runs a step of fetching; what fails on the way becomes a sentence. */
async function fetching<T>(
  name: string,
  { signal }: OpenOptions,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new UnmixingError(
      'file',
      `${name} could not be fetched: the server cannot be reached, broke off, or does not let this page read from it (CORS).`,
      { cause },
    );
  }
}

/** The file at an address, or the server's code when it has none there. */
async function fetchFile(url: URL, task: OpenOptions): Promise<File | number> {
  const name = nameOf(url);
  const response = await fetching(name, task, () =>
    fetch(url, { signal: task.signal }),
  );
  // Servers of pages answer with a page for whatever they do not have.
  if (
    response.ok &&
    /^text\/html/i.test(response.headers.get('content-type') ?? '')
  )
    return 404;
  if (!response.ok) return response.status;
  // A blob may lie on the disk; bytes would lie in memory.
  const content = await fetching(name, task, () =>
    new Response(counted(response, task)).blob(),
  );
  return new File([content], name);
}

async function fetchOrRefuse(url: URL, task: OpenOptions): Promise<File> {
  const file = await fetchFile(url, task);
  if (typeof file !== 'number') return file;
  throw new UnmixingError(
    'file',
    file === 404
      ? `${nameOf(url)} could not be fetched: there is no such file on ${url.host}.`
      : `${nameOf(url)} could not be fetched: ${url.host} answered ${file}.`,
  );
}

/** The data of a header, which lie beside it under one of several names; null when it needs none, or none is there. */
async function fetchData(
  header: File,
  url: URL,
  there: readonly File[],
  task: OpenOptions,
): Promise<File | null> {
  const head = await readHead(header);
  const names = formatOf(head)?.data?.(head) ?? [];
  if (there.some((file) => names.includes(file.name))) return null;
  for (const name of names) {
    const data = await fetchFile(new URL(encodeURIComponent(name), url), task);
    if (typeof data !== 'number') return data;
  }
  return null;
}

/**
 * Fetches files that belong together; of a header alone, its data too.
 * @throws UnmixingError `input` when an address is none of the web, `file` when one cannot be fetched; `signal.reason`
 * when aborted
 */
export async function fetchFiles(
  addresses: readonly string[],
  task: OpenOptions,
): Promise<File[]> {
  const urls = addresses.map(readAddress);
  const files: File[] = [];
  for (const [i, url] of urls.entries())
    files.push(
      await fetchOrRefuse(
        url,
        partOf(task, i / urls.length, (i + 1) / urls.length),
      ),
    );
  const given = [...files];
  for (const [i, file] of given.entries()) {
    const data = await fetchData(file, urls[i], files, task);
    if (data) files.push(data);
  }
  return files;
}

/** The folder of an OME-Zarr image, from its own address or that of its metadata; null when an address is of none. */
function zarrFolder(address: URL): string | null {
  const metadata = /\/(zarr\.json|\.zattrs|\.zgroup|\.zarray)$/;
  const { pathname } = address;
  if (!metadata.test(pathname) && !/\.zarr\/?$/i.test(pathname)) return null;
  const folder = new URL(address);
  folder.pathname = pathname.replace(metadata, '').replace(/\/*$/, '/');
  folder.hash = '';
  return folder.href;
}

/**
 * Opens what lies at addresses that belong together, as `openFiles` does; or one OME-Zarr image, of which only what is
 * read is fetched.
 * @throws as `fetchFiles` and `openFiles`
 */
export async function openUrls(
  addresses: readonly string[],
  task: OpenOptions,
): Promise<Opened[]> {
  const folder =
    addresses.length === 1 && zarrFolder(readAddress(addresses[0]));
  if (folder) {
    const { openZarrUrl } = await import('./zarr.js');
    return openZarrUrl(folder, task);
  }
  const files = await fetchFiles(addresses, partOf(task, 0, 0.5));
  return openFiles(files, partOf(task, 0.5, 1));
}
