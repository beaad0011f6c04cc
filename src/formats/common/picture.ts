import { keepPace } from '../../spectral/pace.js';
import type { OpenOptions } from '../opened.js';

type Values = ArrayLike<number | bigint> & {
  readonly BYTES_PER_ELEMENT: number;
};

/** Most values looked at to find the limits. */
const mostSampled = 2 ** 17;
/** Share of values left outside at each end, so that a few outliers do not darken the picture. */
const outside = 0.001;
const pieceValues = 2 ** 14;

/** Low and high limits of the colours between which nearly all values lie; alpha does not count. */
function robustLimits(
  values: Values,
  components: number,
  colours: number,
): [number, number] {
  const pixels = values.length / components;
  const step = Math.max(1, Math.floor((pixels * colours) / mostSampled));
  const sample: number[] = [];
  for (let n = 0; n < pixels; n += step)
    for (let c = 0; c < colours; c++) {
      const value = Number(values[n * components + c]);
      if (Number.isFinite(value)) sample.push(value);
    }
  const sorted = Float64Array.from(sample).sort();
  if (sorted.length === 0) return [0, 1];
  const at = (share: number): number =>
    sorted[Math.round(share * (sorted.length - 1))];
  const low = at(outside);
  const high = at(1 - outside);
  if (high > low) return [low, high];
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  return last > first ? [first, last] : [first - 1, first];
}

/**
 * 8-bit RGBA of an image with 1 (grey), 2 (grey, alpha), 3 or 4 components a pixel.
 * Unsigned bytes stay as they are; anything deeper is scaled between robust limits, with a warning that says so.
 */
export async function toPicture(
  values: Values,
  pixels: number,
  components: number,
  warnings: string[],
  task: OpenOptions,
): Promise<Uint8ClampedArray> {
  const pace = keepPace(task.signal, task.onProgress);
  const hasAlpha = components === 2 || components === 4;
  const colours = hasAlpha ? components - 1 : components;
  const isBytes =
    values instanceof Uint8Array || values instanceof Uint8ClampedArray;
  const [low, high] = isBytes
    ? [0, 255]
    : robustLimits(values, components, colours);
  if (!isBytes)
    warnings.push(`Brightness was scaled: ${low} is black, ${high} is white.`);
  const alphaMost = isBytes
    ? 255
    : values instanceof Uint16Array
      ? 65535
      : high;
  const data = new Uint8ClampedArray(4 * pixels);
  for (let n = 0; n < pixels; n++) {
    const at = n * components;
    for (let c = 0; c < 3; c++)
      data[4 * n + c] =
        ((Number(values[at + (colours === 1 ? 0 : c)]) - low) / (high - low)) *
        255;
    data[4 * n + 3] = hasAlpha
      ? (Number(values[at + colours]) / alphaMost) * 255
      : 255;
    if (n % pieceValues === 0) await pace(n / pixels);
  }
  return data;
}
