import type { Image } from 'itk-wasm';
import { type Geometry, type Picture, unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import { bandsOf, toCube } from './common/bands.js';
import { readDescription } from './common/description.js';
import { headBytes } from './head.js';
import { checkDeclared, namedData } from './itk/declared.js';
import { type ItkReader, runReader } from './itk/run.js';
import { type NrrdNotes, readNrrdNotes } from './itk/nrrd-notes.js';
import {
  type OpenOptions,
  type Opened,
  type Opener,
  partOf,
} from './opened.js';
import { toPicture } from './common/picture.js';
import { allocate, tilePixels } from './common/samples.js';
import { baseName, stem } from './common/words.js';

/** Names of the formats, as people know them. */
export const itkFormats: Readonly<Record<ItkReader, string>> = Object.freeze({
  nrrd: 'NRRD',
  meta: 'MetaImage',
  nifti: 'NIfTI',
  png: 'PNG',
  jpeg: 'JPEG',
});

/**
 * Where an image of 2 or 3 dimensions lies. itk-wasm keeps directions as we do: 3 x 3, row-major, a column an index axis.
 * The readers of medical formats give millimetres; a spacing of one everywhere is a file that says nothing.
 */
function geometryOf({
  origin,
  spacing,
  direction,
}: Pick<Image, 'origin' | 'spacing' | 'direction'>): Geometry {
  const dimension = spacing.length;
  const place = (values: readonly number[], fallback: number) =>
    [0, 1, 2].map((i) => (i < dimension ? values[i] : fallback));
  const [x, y, z] = place(origin, 0);
  const [dx, dy, dz] = place(spacing, 1);
  return {
    origin: [x, y, z],
    spacing: [dx, dy, dz],
    direction: unitGeometry.direction.map((unit, i) => {
      const row = Math.floor(i / 3);
      const column = i % 3;
      return row < dimension && column < dimension
        ? Number(direction[row * dimension + column])
        : unit;
    }),
    unit: dx === 1 && dy === 1 ? null : 'mm',
  };
}

/** Values of the image as 32-bit floats, band-interleaved by pixel. */
async function toBip(
  values: NonNullable<Image['data']>,
  pixels: number,
  bands: number,
  bandsLast: boolean,
  name: string,
  task: OpenOptions,
): Promise<Float32Array> {
  if (values instanceof Float32Array && !bandsLast) return values;
  const pace = keepPace(task.signal, task.onProgress);
  const out = allocate(values.length, name);
  const [bandStep, pixelStep] = bandsLast ? [pixels, 1] : [1, bands];
  for (let first = 0; first < pixels; first += tilePixels) {
    const end = Math.min(pixels, first + tilePixels);
    for (let b = 0; b < bands; b++)
      for (let n = first; n < end; n++)
        out[n * bands + b] = Number(values[b * bandStep + n * pixelStep]);
    await pace(end / pixels);
  }
  return out;
}

/**
 * Makes a cube or a picture of an image: flat with 1, 3 or 4 components (2 in a PNG) is a picture;
 * components of a flat image, or slices of a single component, are the bands of a cube.
 */
async function fromImage(
  image: Image,
  reader: ItkReader,
  fileName: string,
  notes: NrrdNotes | null,
  task: OpenOptions,
): Promise<Opened> {
  const name = stem(fileName);
  const { components } = image.imageType;
  const [width, height = 1, ...deeper] = image.size;
  const depth = deeper.reduce((all, size) => all * size, 1);
  const values = image.data;
  if (!values || values.length !== width * height * depth * components)
    throw new UnmixingError('file', `${fileName} holds no whole image.`);
  if (
    (components > 1 && depth > 1) ||
    deeper.filter((size) => size > 1).length > 1
  )
    throw new UnmixingError(
      'file',
      `${fileName} is a volume of ${image.size.join(' x ')} with ${components} components (want one slice, or one component with the bands as the third axis).`,
    );
  const warnings: string[] = [];
  const read = { type: itkFormats[reader], warnings };
  const bands = depth * components;
  const description = readDescription(notes?.description, bands, warnings);
  const placed = geometryOf(image);
  const geometry = description?.geometry ?? {
    ...placed,
    unit: notes?.unit === undefined ? placed.unit : notes.unit,
  };
  const isPicture =
    depth === 1 &&
    !description &&
    (components === 1 ||
      components === 3 ||
      components === 4 ||
      (components === 2 && reader === 'png'));
  if (isPicture) {
    const picture: Picture = {
      name,
      width,
      height,
      data: await toPicture(values, width * height, components, warnings, task),
      geometry,
    };
    return { kind: 'picture', ...read, picture };
  }
  const data = await toBip(
    values,
    width * height,
    bands,
    depth > 1,
    fileName,
    partOf(task, 0, 0.7),
  );
  return toCube(
    { name, width, height, data, geometry },
    bandsOf(bands, description, []),
    read,
    partOf(task, 0.7, 1),
  );
}

/** Opens images that itk-wasm reads with this reader; a header that stands apart comes with the file of its values. */
export const openerOf =
  (reader: ItkReader): Opener =>
  async ({ file, beside }, task) => {
    const bytesOf = async (blob: Blob): Promise<Uint8Array> =>
      new Uint8Array(await blob.arrayBuffer());
    const [data = file] = beside;
    const head = await bytesOf(file.slice(0, headBytes));
    checkDeclared(reader, head, file, data);
    const files = [{ path: baseName(file.name), data: await bytesOf(file) }];
    if (data !== file)
      files.push({
        // The name that the header has for it.
        path: namedData(reader, head) ?? baseName(data.name),
        data: await bytesOf(data),
      });
    task.onProgress?.(0.3);
    const image = await runReader(reader, itkFormats[reader], files, task);
    const notes = reader === 'nrrd' ? await readNrrdNotes(file) : null;
    return [
      await fromImage(image, reader, file.name, notes, partOf(task, 0.7, 1)),
    ];
  };
