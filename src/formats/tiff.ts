import { type Geometry, unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { bandsOf, toCube } from './common/bands.js';
import { readDescription } from './common/description.js';
import { parseJson } from './common/json.js';
import { type Dimension, type OmeImage, readOmeXml } from './tiff/ome-xml.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { allocate, tilePixels } from './common/samples.js';
import { type PageValues, checkPages, readPage } from './tiff/blocks.js';
import { type TiffPage, readTiffPages } from './tiff/pages.js';
import { isColoured, pictureOf } from './tiff/picture.js';
import { count, stem } from './common/words.js';

/** A resolution of so many pixels an inch or fewer says how large a picture is to be printed, not what it shows. */
const printed = 600;
const inch = 25_400;

/** Units of ImageJ in µm. */
const microns: ReadonlyMap<string, number> = new Map([
  ['nm', 1e-3],
  ['um', 1],
  ['micron', 1],
  ['microns', 1],
  ['mm', 1e3],
  ['cm', 1e4],
  ['inch', inch],
]);

/**
 * Size of a pixel in µm: as ImageJ writes it, pixels a unit as resolution and the unit in the description, or by the
 * resolution alone; null when it is not said.
 */
function spacingOf({
  description,
  resolution,
  resolutionUnit,
}: TiffPage): readonly [number, number] | null {
  if (!resolution) return null;
  const said = description.startsWith('ImageJ=')
    ? /^unit=(.*)$/m.exec(description)?.[1].trim()
    : undefined;
  const unit =
    said === undefined
      ? new Map([
          [2, inch],
          [3, 1e4],
        ]).get(resolutionUnit)
      : microns.get(said.replace(/^(\\u00B5|[µμ])/, 'u'));
  if (unit === undefined) return null;
  const [x, y] = [unit / resolution[0], unit / resolution[1]];
  return said === undefined && x >= inch / printed ? null : [x, y];
}

const geometryOf = (spacing: readonly [number, number] | null): Geometry =>
  spacing
    ? {
        ...unitGeometry,
        spacing: [spacing[0], spacing[1], 1],
        unit: 'µm',
      }
    : unitGeometry;

const isLike = (a: TiffPage, b: TiffPage): boolean =>
  a.width === b.width && a.height === b.height && a.samples === b.samples;

/** The pictures whose samples are the bands: all that are like the first; of a picture in colours only the first. */
function plainPlanes(
  pages: readonly TiffPage[],
  warnings: string[],
): readonly TiffPage[] {
  const whole = pages.filter(({ isExtra }) => !isExtra);
  const first = whole[0] ?? pages[0];
  const taken = isColoured(first)
    ? [first]
    : whole.filter((page) => isLike(page, first));
  const others = whole.length - taken.length;
  if (others > 0)
    warnings.push(
      `Skipped: ${count(others, 'more picture')} in the file${isColoured(first) ? '' : ', of another size'}.`,
    );
  return taken;
}

/** The pictures that are the bands of an OME image: its channels, or planes or points of time where it has one channel. */
function omePlanes(
  ome: OmeImage,
  pages: readonly TiffPage[],
  name: string,
  warnings: string[],
): readonly TiffPage[] {
  const { sizes, images } = ome;
  const words = { C: 'channels', Z: 'planes in depth', T: 'points of time' };
  const dimensions: readonly Dimension[] = ['C', 'Z', 'T'];
  const hasChannels = sizes.C > 1 || pages[0].samples > 1;
  const along = hasChannels
    ? 'C'
    : (dimensions.find((dimension) => sizes[dimension] > 1) ?? 'C');
  if (along !== 'C')
    warnings.push(`The ${sizes[along]} ${words[along]} are taken as bands.`);
  for (const dimension of dimensions)
    if (dimension !== along && sizes[dimension] > 1)
      warnings.push(
        `Of ${sizes[dimension]} ${words[dimension]} the first is read.`,
      );
  if (images > 1)
    warnings.push(`Skipped: ${count(images - 1, 'more image')} in the file.`);
  const length = Math.min(sizes[along], pages.length + 1);
  return Array.from({ length }, (_, i) => {
    const at = ome.pageOf({ C: 0, Z: 0, T: 0, [along]: i });
    const page = at === null ? undefined : pages[at];
    if (!page || !isLike(page, pages[ome.pageOf({ C: 0, Z: 0, T: 0 }) ?? 0]))
      throw new UnmixingError(
        'file',
        `${name} does not hold all ${sizes[along]} ${words[along]} of its image in one size: it is damaged, or the others lie in further files.`,
      );
    return page;
  });
}

/** Pages whose values are put into the cube together, so that whole lines of the processor's cache are written. */
const pagesTogether = 16;

/** All samples of all pages, band-interleaved by pixel. */
async function readPlanes(
  file: File,
  pages: readonly TiffPage[],
  task: OpenOptions,
): Promise<Float32Array> {
  const [{ width, height, samples }] = pages;
  const pixels = width * height;
  const bands = pages.length * samples;
  let data = new Float32Array(0);
  let held: PageValues[] = [];
  for (const [i, page] of pages.entries()) {
    const part = partOf(task, i / pages.length, (i + 1) / pages.length);
    held.push(await readPage(file, page, part));
    if (i === 0) data = allocate(pixels * bands, file.name);
    if (held.length < pagesTogether && i < pages.length - 1) continue;
    const first = (i + 1 - held.length) * samples;
    for (let left = 0; left < pixels; left += tilePixels) {
      const right = Math.min(pixels, left + tilePixels);
      held.forEach((values, p) => {
        for (let n = left; n < right; n++)
          for (let s = 0; s < samples; s++)
            data[n * bands + first + p * samples + s] = Number(
              values[n * samples + s],
            );
      });
    }
    held = [];
  }
  return data;
}

const nameOf = (file: File): string =>
  stem(file.name).replace(/(?<=.)\.ome$/i, '');

/**
 * Opens a TIFF, BigTIFF or OME-TIFF file. A single page in grey or colours is a picture; pages, channels or samples are
 * the bands of a cube, in the order in which they lie in the file or in which its OME-XML names them.
 * @throws UnmixingError `file` when it is damaged or holds what cannot be read; `signal.reason` when aborted
 */
export async function openTiff(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const pages = await readTiffPages(file);
  if (pages.length === 0)
    throw new UnmixingError('file', `${file.name} holds no picture.`);
  const warnings: string[] = [];
  const ome = readOmeXml(pages[0].description, pages.length);
  const planes = ome
    ? omePlanes(ome, pages, file.name, warnings)
    : plainPlanes(pages, warnings);
  checkPages(planes, file);
  const [page] = planes;
  const { width, height } = page;
  const name = nameOf(file);
  const bands = planes.length * page.samples;
  const note = ome?.note ?? null;
  const description =
    note === null
      ? null
      : readDescription(parseJson(note) ?? null, bands, warnings);
  const geometry =
    description?.geometry ?? geometryOf(ome?.spacing ?? spacingOf(page));
  const read = { type: ome ? 'OME-TIFF' : 'TIFF', warnings };
  const isGrey = page.samples === 1 || (page.samples === 2 && page.hasAlpha);
  if (planes.length === 1 && !description && (isColoured(page) || isGrey)) {
    const values = await readPage(file, page, partOf(task, 0, 0.7));
    const data = await pictureOf(
      values,
      page,
      file.name,
      warnings,
      partOf(task, 0.7, 1),
    );
    const picture = { name, width, height, data, geometry };
    return [{ kind: 'picture', ...read, picture }];
  }
  const known = bandsOf(bands, description, ome?.channels ?? []);
  const data = await readPlanes(file, planes, partOf(task, 0, 0.9));
  const image = { name, width, height, data, geometry };
  return [await toCube(image, known, read, partOf(task, 0.9, 1))];
}
