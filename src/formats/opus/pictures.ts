import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import { keepPace } from '../../spectral/pace.js';
import type { Bytes } from '../common/bytes.js';
import { type Canvas, jpegSize, unpackPicture } from '../common/jpeg.js';
import type { OpenOptions, Opened } from '../opened.js';
import { type Parameters, numberOf, readParameters } from './blocks.js';
import { count, stem } from '../common/words.js';

/** One photograph of the microscope's camera; several with one number were laid side by side. */
interface Frame {
  /** Number of the picture it is a part of. */
  readonly picture: number;
  /** Lower left corner, in pixels of the size below from the stage's origin; y runs upwards. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** µm; null when the file does not say where the photograph lies. */
  readonly pixelSize: readonly [number, number] | null;
  readonly packed: Uint8Array;
}

/** Bytes of an empty bitmap's head before the JPEG stream. */
const bitmapHead = 14;

/** Values of a table's heading by their labels without blanks and points: V00 is what H00 names. */
function labelled(parameters: Parameters): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [key, label] of parameters) {
    const value = numberOf(parameters, `V${key.slice(1)}`);
    if (key.startsWith('H') && value !== null)
      values.set(String(label).replace(/\W/g, ''), value);
  }
  return values;
}

/** The photograph of one table; null when it is none that can be read. */
function readFrame(table: Bytes, number: number): Frame | null {
  const parameters = readParameters(table);
  const values = labelled(parameters);
  const head = numberOf(parameters, 'SIZ') ?? 0;
  const packed = table.bytes.subarray(
    head + bitmapHead,
    head + (values.get('Bytes') ?? 0),
  );
  const size = jpegSize(packed);
  if (!size) return null;
  const [x, y, dx, dy] = ['PosX', 'PosY', 'PixelSizeX', 'PixelSizeY'].map(
    (label) => values.get(label) ?? NaN,
  );
  const isPlaced =
    [x, y].every((at) => Number.isInteger(at) && Math.abs(at) < 2 ** 31) &&
    dx > 0 &&
    dy > 0;
  return {
    picture: isPlaced ? (values.get('ImageID') ?? -number) : -number,
    x: isPlaced ? x : 0,
    y: isPlaced ? y : 0,
    width: size[0],
    height: size[1],
    pixelSize: isPlaced ? [dx, dy] : null,
    packed,
  };
}

/**
 * Reads a block of pictures: a report whose parameters F00, F01, … say where its tables begin. Each table holds one
 * photograph, "BM" with an empty head before a JPEG stream, as seen in a sample of 2012; positions as the scripts of
 * the Diamond Light Source read them; that y runs upwards shows in neighbouring photographs of that sample.
 */
function readFrames(block: Bytes): (Frame | null)[] {
  if (block.size < 12) return [];
  const heads = readParameters(block.part(12, block.size - 12));
  return [...heads.keys()]
    .filter((key) => /^F\d\d$/.test(key))
    .map((key, i) => {
      const at = numberOf(heads, key) ?? -1;
      return at > 0 && at < block.size
        ? readFrame(block.part(at, block.size - at), i + 1)
        : null;
    });
}

/** The rectangle that frames cover, in their pixels. */
function extentOf(frames: readonly Frame[]) {
  const left = Math.min(...frames.map(({ x }) => x));
  const bottom = Math.min(...frames.map(({ y }) => y));
  const top = Math.max(...frames.map(({ y, height }) => y + height));
  const right = Math.max(...frames.map(({ x, width }) => x + width));
  return { left, bottom, top, width: right - left, height: top - bottom };
}

/** Frames by the picture they belong to; one that its frames would hardly cover is left in its frames. */
function toPictures(frames: readonly Frame[]): Frame[][] {
  const pictures = new Map<number, Frame[]>();
  for (const frame of frames) {
    const parts = pictures.get(frame.picture) ?? [];
    pictures.set(frame.picture, [...parts, frame]);
  }
  return [...pictures.values()].flatMap((parts) => {
    const { width, height } = extentOf(parts);
    const covered = parts.reduce((sum, one) => sum + one.width * one.height, 0);
    return width * height <= 2 * covered ? [parts] : parts.map((one) => [one]);
  });
}

/** Lays the frames of a picture side by side; null when none can be unpacked. */
async function paint(
  parts: readonly Frame[],
  pace: () => Promise<void>,
): Promise<{ canvas: Canvas; unread: number } | null> {
  const { left, top, width, height } = extentOf(parts);
  let canvas: Canvas | null = null;
  let unread = 0;
  for (const frame of parts) {
    const unpacked = await unpackPicture(frame.packed);
    if (unpacked) {
      canvas ??= {
        width,
        height,
        data: new Uint8ClampedArray(4 * width * height),
      };
      unpacked.paintOn(canvas, frame.x - left, top - frame.y - frame.height);
    } else unread++;
    await pace();
  }
  return canvas && { canvas, unread };
}

/** Where a picture lies, by its frames. */
function geometryOf(parts: readonly Frame[]): Geometry {
  const { left, top } = extentOf(parts);
  const size = parts[0].pixelSize;
  if (!size) return unitGeometry;
  return {
    ...unitGeometry,
    origin: [(left + 0.5) * size[0], -(top - 0.5) * size[1], 0],
    spacing: [...size, 1],
    unit: 'µm',
  };
}

/** Opens the pictures of the microscope's camera, placed by the stage. */
export async function openPictures(
  blocks: readonly Bytes[],
  warnings: string[],
  task: OpenOptions,
): Promise<Opened[]> {
  const pace = keepPace(task.signal, task.onProgress);
  const all = blocks.flatMap(readFrames);
  const frames = all.filter((frame) => frame !== null);
  let unread = all.length - frames.length;
  let done = 0;
  const opened: Opened[] = [];
  for (const parts of toPictures(frames)) {
    const painted = await paint(parts, () => pace(++done / frames.length));
    unread += painted?.unread ?? parts.length;
    if (painted)
      opened.push({
        kind: 'picture',
        type: 'Bruker OPUS',
        warnings: [],
        picture: {
          name: `${stem(blocks[0].name)}, picture ${opened.length + 1}`,
          ...painted.canvas,
          geometry: geometryOf(parts),
        },
      });
  }
  if (unread > 0)
    warnings.push(
      `${count(unread, 'picture')} in the file ${unread === 1 ? 'is' : 'are'} damaged or in a form that is not known.`,
    );
  return opened;
}
