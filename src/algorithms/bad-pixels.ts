import type { Cube } from '../spectral/cube.js';
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

/** A pixel is saturated when at least this share of its bands lies at the ceiling of the image. */
const pinnedShare = 0.1;

interface PixelFigures {
  /** NaN when any value is not finite. */
  readonly deviation: Float64Array;
  readonly rms: Float64Array;
  /** Largest magnitude. */
  readonly peak: Float64Array;
  /** Largest value and how many bands hold it. */
  readonly top: Float64Array;
  readonly atTop: Uint32Array;
}

function measurePixels(cube: Cube): PixelFigures {
  const bands = cube.axis.values.length;
  const pixels = cube.width * cube.height;
  const deviation = new Float64Array(pixels);
  const rms = new Float64Array(pixels);
  const peak = new Float64Array(pixels);
  const top = new Float64Array(pixels);
  const atTop = new Uint32Array(pixels);
  const { data } = cube;
  for (let n = 0; n < pixels; n++) {
    const start = n * bands;
    const first = data[start];
    let sum = 0;
    let squares = 0;
    let low = first;
    let high = first;
    let times = 0;
    for (let i = start; i < start + bands; i++) {
      const value = data[i];
      // Shifted by the first value, so that a large offset does not drown a small spread.
      const shifted = value - first;
      sum += shifted;
      squares += shifted * shifted;
      if (value < low) low = value;
      if (value > high) {
        high = value;
        times = 1;
      } else if (value === high) times++;
    }
    const mean = sum / bands;
    const variance = squares / bands - mean * mean;
    deviation[n] = Number.isFinite(sum)
      ? Math.sqrt(Math.max(0, variance))
      : NaN;
    rms[n] = Math.hypot(first + mean, deviation[n]);
    peak[n] = Math.max(Math.abs(low), Math.abs(high));
    top[n] = high;
    atTop[n] = times;
  }
  return { deviation, rms, peak, top, atTop };
}

/**
 * Finds the pixels to leave out:
 * - not finite: any NaN or infinite value
 * - constant: std over bands ≤ 1e-6 of the image's median |x|max, or ≤ 1e-3 of the pixel's own rms
 * - saturated: at least a tenth of the bands (and 3) lie exactly at the largest value of the image
 *
 * Cubes of one or two bands have no shape to judge: only values that are not finite are found there.
 */
export function findBadPixels(cube: Cube): BadPixels {
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
        (deviation <= flat || deviation <= 1e-3 * figures.rms[n])
      ) {
        mask[n] = 1;
        constant++;
      }
    }
    let ceiling = -Infinity;
    for (let n = 0; n < pixels; n++)
      if (!mask[n]) ceiling = Math.max(ceiling, figures.top[n]);
    const pinned = Math.max(3, pinnedShare * bands);
    for (let n = 0; n < pixels; n++)
      if (
        !mask[n] &&
        figures.top[n] === ceiling &&
        figures.atTop[n] >= pinned
      ) {
        mask[n] = 1;
        saturated++;
      }
  }
  return { mask, counts: { notFinite, constant, saturated, given } };
}
