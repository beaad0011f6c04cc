import { keepPace } from '../../spectral/pace.js';
import type { OpenOptions } from '../opened.js';
import { count } from './words.js';

/** What to do with every value of a cube once it is read. */
export interface Tidying {
  /** Values divide by it. */
  readonly scale: number;
  /** This value means "not measured"; NaN is allowed. */
  readonly ignored: number | null;
  /** The band that belongs at each place, where bands must be sorted. */
  readonly order: Uint32Array | null;
}

/** Nothing to change: pixels without a number are masked, and other values that are not finite are counted. */
export const asTheyAre: Tidying = Object.freeze({
  scale: 1,
  ignored: NaN,
  order: null,
});

/**
 * Sorts, scales and counts the values of a cube in place (it was just read and nobody else holds it).
 * A pixel without any measured value is masked; a value missing elsewhere becomes NaN.
 * @returns the mask, where there is one pixel to mask
 */
export async function tidy(
  data: Float32Array,
  bands: number,
  { scale, ignored, order }: Tidying,
  warnings: string[],
  task: OpenOptions,
): Promise<Uint8Array | undefined> {
  const pace = keepPace(task.signal, task.onProgress);
  const pixels = data.length / bands;
  const mask = new Uint8Array(pixels);
  const spectrum = new Float32Array(bands);
  const missing = ignored === null ? null : Math.fround(ignored);
  let masked = 0;
  let notNumbers = 0;
  let infinite = 0;
  for (let n = 0; n < pixels; n++) {
    const at = n * bands;
    if (order) {
      spectrum.set(data.subarray(at, at + bands));
      for (let b = 0; b < bands; b++) data[at + b] = spectrum[order[b]];
    }
    let absent = 0;
    let odd = 0;
    for (let i = at; i < at + bands; i++) {
      const value = data[i];
      if (missing !== null && Object.is(value + 0, missing + 0)) {
        data[i] = NaN;
        absent++;
      } else if (value - value !== 0) odd++;
      else if (scale !== 1) data[i] = value / scale;
    }
    if (absent === bands) {
      mask[n] = 1;
      masked++;
    } else if (absent + odd > 0)
      for (let i = at; i < at + bands; i++) {
        if (Number.isNaN(data[i])) notNumbers++;
        else if (!Number.isFinite(data[i])) infinite++;
      }
    await pace(n / pixels);
  }
  if (scale !== 1) warnings.push(`Values were divided by ${scale}.`);
  if (masked > 0)
    warnings.push(
      `${count(masked, 'pixel')} of ${pixels} without a measured value ${masked === 1 ? 'is' : 'are'} left out.`,
    );
  for (const [number, what] of [
    [notNumbers, 'not a number'],
    [infinite, 'infinite'],
  ] as const)
    if (number > 0)
      warnings.push(
        `${count(number, 'value')} of ${data.length} ${number === 1 ? 'is' : 'are'} ${what}.`,
      );
  return masked > 0 ? mask : undefined;
}
