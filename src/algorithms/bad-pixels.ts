import { type Cube, pixelSpectrum } from '../spectral/cube.js';
import { median } from './order-statistics.js';

/** Pixels that would spoil a fit, and why. */
export interface BadPixels {
  /** One byte a pixel, 1 = leave out; holds the cube's own mask too. */
  readonly mask: Uint8Array;
  /** How many pixels were left out for each reason; each pixel counts once. */
  readonly counts: {
    readonly notFinite: number;
    readonly constant: number;
    readonly saturated: number;
    readonly given: number;
  };
}

/** When a pixel is bad. */
export interface BadPixelRule {
  /** Constant: std over the bands at most this share of the pixel's own rms. */
  readonly flatness: number;
  /** Saturated: at least this share of the bands (and 3) at the ceiling; 0 looks for none. */
  readonly pinned: number;
  /** In the unit of the data; 0 takes the largest value of the image. */
  readonly ceiling: number;
}

export const badPixelRule: BadPixelRule = Object.freeze({
  flatness: 1e-3,
  pinned: 0.1,
  ceiling: 0,
});

interface PixelFigures {
  /** NaN when any value is not finite. */
  readonly deviation: Float64Array;
  readonly rms: Float64Array;
  /** Largest magnitude. */
  readonly peak: Float64Array;
  /** Largest value. */
  readonly top: Float64Array;
}

function measurePixels(cube: Cube): PixelFigures {
  const bands = cube.axis.values.length;
  const pixels = cube.width * cube.height;
  const deviation = new Float64Array(pixels);
  const rms = new Float64Array(pixels);
  const peak = new Float64Array(pixels);
  const top = new Float64Array(pixels);
  const { data } = cube;
  for (let n = 0; n < pixels; n++) {
    const start = n * bands;
    const first = data[start];
    let sum = 0;
    let squares = 0;
    let low = first;
    let high = first;
    for (let i = start; i < start + bands; i++) {
      const value = data[i];
      // Shifted by the first value, so that a large offset does not drown a small spread.
      const shifted = value - first;
      sum += shifted;
      squares += shifted * shifted;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const mean = sum / bands;
    const variance = squares / bands - mean * mean;
    deviation[n] = Number.isFinite(sum)
      ? Math.sqrt(Math.max(0, variance))
      : NaN;
    rms[n] = Math.hypot(first + mean, deviation[n]);
    peak[n] = Math.max(Math.abs(low), Math.abs(high));
    top[n] = high;
  }
  return { deviation, rms, peak, top };
}

/** How many bands of pixel n lie at `ceiling` or above. */
function countFrom(cube: Cube, n: number, ceiling: number): number {
  let times = 0;
  for (const value of pixelSpectrum(cube, n)) if (value >= ceiling) times++;
  return times;
}

/**
 * Finds the pixels to leave out:
 * - not finite: any NaN or infinite value
 * - constant: std over bands ≤ 1e-6 of the image's median |x|max, or ≤ `flatness` of the pixel's own rms
 * - saturated: at least the share `pinned` of the bands (and 3) lie at the ceiling, or exactly at the largest value of the image
 *
 * Cubes of one or two bands have no shape to judge: only values that are not finite are found there.
 */
export function findBadPixels(
  cube: Cube,
  rule: BadPixelRule = badPixelRule,
): BadPixels {
  const bands = cube.axis.values.length;
  const pixels = cube.width * cube.height;
  const mask = new Uint8Array(pixels);
  const figures = measurePixels(cube);
  let given = 0;
  let notFinite = 0;
  let constant = 0;
  let saturated = 0;
  for (let n = 0; n < pixels; n++)
    if (cube.mask?.[n]) {
      mask[n] = 1;
      given++;
    } else if (Number.isNaN(figures.deviation[n])) {
      mask[n] = 1;
      notFinite++;
    }
  if (bands > 2) {
    const flat = 1e-6 * median(figures.peak.filter((_, n) => !mask[n]));
    for (let n = 0; n < pixels; n++) {
      const deviation = figures.deviation[n];
      if (
        !mask[n] &&
        (deviation <= flat || deviation <= rule.flatness * figures.rms[n])
      ) {
        mask[n] = 1;
        constant++;
      }
    }
    let largest = -Infinity;
    for (let n = 0; n < pixels; n++)
      if (!mask[n]) largest = Math.max(largest, figures.top[n]);
    const ceiling = rule.ceiling > 0 ? rule.ceiling : largest;
    const pinned = Math.max(3, rule.pinned * bands);
    for (let n = 0; n < pixels && rule.pinned > 0; n++)
      if (
        !mask[n] &&
        figures.top[n] >= ceiling &&
        countFrom(cube, n, ceiling) >= pinned
      ) {
        mask[n] = 1;
        saturated++;
      }
  }
  return { mask, counts: { notFinite, constant, saturated, given } };
}
