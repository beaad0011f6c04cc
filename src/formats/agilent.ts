import { type Geometry, unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import { type Description, readDescription } from './agilent/description.js';
import { arrangeTiles, readTiles, warnOfMissing } from './agilent/tiles.js';
import { readBytes } from './common/bytes.js';
import { evenAxis } from './common/even-axis.js';
import { decodeJpeg } from './common/jpeg.js';
import {
  type Group,
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from './opened.js';
import { tidy } from './common/values.js';
import {
  baseName,
  ending,
  listed,
  readQuantity,
  readUnit,
  stem,
} from './common/words.js';

const type = 'Agilent';
/** Where the instrument cuts absorbance off. */
const ceiling = 8;
/** Values between two looks at the clock. */
const pieceValues = 2 ** 16;

/** Says how many values stand at the ceiling: what is there was darker than can be measured. */
async function warnOfCeiling(
  data: Float32Array,
  warnings: string[],
  task: OpenOptions,
): Promise<void> {
  const pace = keepPace(task.signal, task.onProgress);
  let standing = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === ceiling) standing++;
    if (i % pieceValues === 0) await pace(i / data.length);
  }
  if (standing > 0)
    warnings.push(
      `${standing} of ${data.length} values stand at ${ceiling}, the instrument's ceiling.`,
    );
}

/** The photograph of a tile, its middle on the middle of the cube. */
async function openPicture(
  name: string,
  { picture, pixelSize, wholeField }: Description,
  cube: readonly [number, number],
  warnings: string[],
): Promise<Opened[]> {
  if (!picture) return [];
  const decoded = await decodeJpeg(picture.packed);
  if (!decoded) {
    warnings.push(
      'The picture in the file is damaged or in a form that is not known.',
    );
    return [];
  }
  const first = (points: number, pixels: number): number =>
    ((points - 1) * (pixelSize ?? 0)) / 2 -
    ((pixels - 1) * picture.pixelSize) / 2;
  return [
    {
      kind: 'picture',
      type,
      warnings:
        cube[0] === wholeField
          ? []
          : [
              `The picture shows ${wholeField} x ${wholeField} pixels of the detector, the cube holds ${cube[0]} x ${cube[1]}, and the file does not say which: their middles are laid on each other.`,
            ],
      picture: {
        name: `${name}, picture`,
        ...decoded,
        geometry: {
          ...unitGeometry,
          origin: [
            first(cube[0], decoded.width),
            first(cube[1], decoded.height),
            0,
          ],
          spacing: [picture.pixelSize, picture.pixelSize, 1],
          unit: 'µm',
        },
      },
    },
  ];
}

/**
 * Opens a tile or a mosaic of an Agilent microscope, and the photograph in it.
 * @throws UnmixingError `file`
 */
export async function openAgilent(
  { file, beside }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const description = readDescription(await readBytes(file));
  const { start, step, bands, labels, pixelSize } = description;
  if (bands < 1)
    throw new UnmixingError(
      'file',
      `${file.name} is damaged: it declares ${bands} bands.`,
    );
  const values = evenAxis(start * step, step, bands, file.name);
  const tiles = await arrangeTiles(file.name, beside, bands, description.tiles);
  const warnings: string[] = [];
  warnOfMissing(tiles, warnings);
  const interferograms = beside.filter(({ name }) =>
    ['seq', 'drd'].includes(ending(name)),
  );
  if (interferograms.length > 0)
    warnings.push(
      `Skipped, interferograms: ${listed(interferograms.map(({ name }) => baseName(name)))}.`,
    );
  const data = await readTiles(tiles, bands, partOf(task, 0, 0.8));
  const quantity =
    labels[1] === 'Response' ? 'intensity' : readQuantity(labels[1]);
  if (quantity === 'absorbance')
    await warnOfCeiling(data, warnings, partOf(task, 0.8, 0.9));
  const mask = await tidy(
    data,
    bands,
    { scale: 1, ignored: NaN, order: null },
    warnings,
    partOf(task, 0.9, 1),
  );
  const unit = readUnit(labels[0])?.unit ?? null;
  const missing: Missing[] = [];
  if (unit === null) missing.push('unit');
  if (quantity === null) missing.push('quantity');
  const geometry: Geometry =
    pixelSize === null
      ? unitGeometry
      : { ...unitGeometry, spacing: [pixelSize, pixelSize, 1], unit: 'µm' };
  const name = stem(file.name);
  const width = tiles.columns * tiles.width;
  const height = tiles.rows * tiles.height;
  const pictures = await openPicture(
    name,
    description,
    [width, height],
    warnings,
  );
  return [
    {
      kind: 'cube',
      type,
      warnings,
      missing,
      cube: {
        name,
        width,
        height,
        axis: { values, unit, quantity },
        data,
        geometry,
        ...(mask && { mask }),
      },
    },
    ...pictures,
  ];
}
