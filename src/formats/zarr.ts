import * as zarr from 'zarrita';
import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { bandsAt, bandsOf, toCube } from './common/bands.js';
import { readDescription } from './common/description.js';
import { field, nameFrom } from './common/json.js';
import {
  type OmeZarr,
  geometryOf,
  omeOf,
  positionsOf,
  readOmeZarr,
} from './zarr/ome.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { toPicture } from './common/picture.js';
import { nameOf } from './url.js';
import { baseName, count } from './common/words.js';
import {
  type NumberArray,
  type Place,
  checkArray,
  readArray,
} from './zarr/chunks.js';
import { setCodecs } from './zarr/codecs.js';
import { folderOf } from './zarr/look.js';
import { type Store, counting, folderStore, webStore } from './zarr/store.js';

setCodecs();

/** Where an image comes from. */
interface Source {
  readonly name: string;
  readonly store: Store;
  /** Bytes and files there are; null when only the server knows. */
  readonly held: { readonly bytes: number; readonly files: number } | null;
}

const withoutEnding = (name: string): string =>
  name.replace(/(?<=.)(\.ome)?\.(zarr|ozx|zip)$/i, '');

/** The group with an image: the topmost, or the first of a folder of images as bioformats2raw lays them out. */
async function findImage(
  store: Store,
  name: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly group: zarr.Group<Store>; readonly image: OmeZarr }> {
  try {
    const root = await zarr.open(store, { kind: 'group', signal });
    const isFolder =
      field(omeOf(root.attrs), 'bioformats2raw.layout') !== undefined;
    const group = isFolder
      ? await zarr.open(root.resolve('0'), { kind: 'group', signal })
      : root;
    const image = readOmeZarr(group.attrs);
    if (image) return { group, image };
  } catch (cause) {
    if (!zarr.isZarritaError(cause, 'NotFoundError')) throw cause;
  }
  throw new UnmixingError(
    'file',
    `${name} holds no image of OME-Zarr (want a folder whose metadata has "multiscales").`,
  );
}

/** Which dimension is which; says which are taken as bands, and of which only the first is read. */
function placeOf(
  { axes }: OmeZarr,
  shape: readonly number[],
  name: string,
  warnings: string[],
): Place {
  const words = {
    spectral: 'channels',
    z: 'planes in depth',
    time: 'points of time',
  };
  const at = (kind: string): number =>
    axes.findIndex((axis) => axis.kind === kind);
  const [x, y] = [at('x'), at('y')];
  const spectral = axes.filter(({ kind }) => kind === 'spectral');
  if (axes.length !== shape.length || x < 0 || y < 0 || spectral.length > 1)
    throw new UnmixingError(
      'file',
      `${name} has an image of ${count(shape.length, 'dimension')} called ${axes
        .slice(0, 9)
        .map((axis) => `"${axis.name}"`)
        .join(', ')} (want y and x, one for channels, and z and t at most).`,
    );
  const band =
    ['spectral', 'z', 'time'].map(at).find((i) => i >= 0 && shape[i] > 1) ??
    null;
  for (const [i, { kind }] of axes.entries()) {
    if (kind === 'x' || kind === 'y' || shape[i] === 1) continue;
    if (i !== band)
      warnings.push(`Of ${shape[i]} ${words[kind]} the first is read.`);
    else if (kind !== 'spectral')
      warnings.push(`The ${shape[i]} ${words[kind]} are taken as bands.`);
  }
  return { x, y, band };
}

async function openArray(
  group: zarr.Group<Store>,
  { path }: OmeZarr,
  name: string,
  signal: AbortSignal | undefined,
): Promise<NumberArray> {
  const array = await zarr.open(group.resolve(path), { kind: 'array', signal });
  if (array.is('number') || array.is('bigint')) return array;
  throw new UnmixingError(
    'file',
    `${name} holds no numbers but ${nameFrom(array.dtype)}.`,
  );
}

async function readImage(
  { name, store: source, held }: Source,
  task: OpenOptions,
): Promise<Opened> {
  const store = counting(source);
  const { group, image } = await findImage(store, name, task.signal);
  const array = await openArray(group, image, name, task.signal);
  const warnings: string[] = [];
  const place = placeOf(image, array.shape, name, warnings);
  checkArray(array, place, held, name);
  const { data, chunks } = await readArray(
    array,
    place,
    name,
    partOf(task, 0, 0.9),
  );
  if (store.found === 0)
    throw new UnmixingError(
      'file',
      `${name} holds no chunk of its image: it was not copied whole.`,
    );
  if (store.found < chunks)
    warnings.push(
      `${count(chunks - store.found, 'chunk')} of ${chunks} ${chunks - store.found === 1 ? 'is' : 'are'} absent and filled with ${String(array.fillValue)}.`,
    );
  if (image.images > 1)
    warnings.push(`Skipped: ${count(image.images - 1, 'more image')}.`);
  if (image.isWarped)
    warnings.push('What is said of its place is of a kind that is not used.');
  const [width, height] = [array.shape[place.x], array.shape[place.y]];
  const bands = data.length / (width * height);
  const description = readDescription(
    field(group.attrs, 'stratigraph'),
    bands,
    warnings,
  );
  const geometry =
    description?.geometry ??
    geometryOf(image.axes[place.x], image.axes[place.y]);
  const positions =
    place.band === null ? null : positionsOf(image.axes[place.band], bands);
  const read = { type: 'OME-Zarr', warnings };
  const rest = partOf(task, 0.9, 1);
  const stem = withoutEnding(name);
  const isBytes = array.dtype === 'uint8';
  if (!description && !positions && (bands === 1 || (bands === 3 && isBytes))) {
    const values = isBytes ? Uint8Array.from(data) : data;
    const shown = await toPicture(
      values,
      width * height,
      bands,
      warnings,
      rest,
    );
    return {
      kind: 'picture',
      ...read,
      picture: { name: stem, width, height, data: shown, geometry },
    };
  }
  const known =
    !description && positions
      ? bandsAt(positions)
      : bandsOf(bands, description, image.channels);
  return toCube(
    { name: stem, width, height, data, geometry },
    known,
    read,
    rest,
  );
}

/** What goes wrong inside the library becomes a sentence. */
async function open(source: Source, task: OpenOptions): Promise<Opened[]> {
  try {
    return [await readImage(source, task)];
  } catch (cause) {
    task.signal?.throwIfAborted();
    if (
      isUnmixingError(cause) ||
      (cause instanceof DOMException && cause.name === 'NotReadableError')
    )
      throw cause;
    throw new UnmixingError(
      'file',
      zarr.isZarritaError(cause, 'UnknownCodecError')
        ? `${source.name} is packed with "${nameFrom(cause.codec)}", which cannot be read.`
        : `${source.name} is damaged or cut short: it cannot be read as OME-Zarr.`,
      { cause },
    );
  }
}

/**
 * Opens a folder with an OME-Zarr image, of Zarr version 2 or 3: its full resolution, with channels, or else planes or
 * points of time, as bands.
 * @param group a metadata file at the top of the folder, and all files below it, with their paths in their names
 * @throws UnmixingError `file` when it is damaged or holds no image; `signal.reason` when aborted
 */
export async function openZarr(
  { file, beside }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const folder = folderOf(file.name);
  if (folder === '')
    throw new UnmixingError(
      'file',
      `${file.name} describes a folder of Zarr: open the folder that it lies in.`,
    );
  const files = [file, ...beside];
  const paths = new Map(
    files.map((one) => [one.name.slice(folder.length - 1), one]),
  );
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return open(
    {
      name: baseName(folder.slice(0, -1)),
      store: folderStore(paths),
      held: { bytes, files: files.length },
    },
    task,
  );
}

/**
 * Opens an OME-Zarr image at an address of the web, as `openZarr` does; only what is read is fetched.
 * @throws UnmixingError `file` when it cannot be fetched, is damaged or holds no image; `signal.reason` when aborted
 */
export async function openZarrUrl(
  url: string,
  task: OpenOptions,
): Promise<Opened[]> {
  const name = nameOf(new URL(url));
  return open({ name, store: webStore(url, name), held: null }, task);
}
