import { leadingColumns } from '../algorithms/columns.js';
import { times } from '../algorithms/dense.js';
import { median } from '../algorithms/order-statistics.js';
import { nearestPlane } from '../algorithms/plane.js';
import type { Points } from './extract.js';
import type { Scaling } from './options.js';
import type { Prepared } from './steps.js';

/** How strong pixels are to the search, once it is chosen. */
export type Strength = Exclude<Scaling, 'auto'>;

/** Below this variation of strength, pixels as measured lie on one plane, and making them alike would only raise noise. */
const leastVariation = 0.1;
/** Pixels weaker than this share of the usual one are not raised beyond it: their spectra are noise. */
const leastLength = 0.1;

/**
 * By how much, relatively, the strength of pixels varies beyond mixing and noise. Mixtures of R spectra whose shares sum to one lie on a
 * plane hᵀz = 1 of their R dimensions; a gain g puts them at hᵀz = g. So this is what is left of 1 - hᵀz at the best plane.
 */
export function strengthVariation(
  { basis, weights, noise, options }: Prepared,
  { values, count, dimensions }: Points,
): number {
  const order = Math.min(options.endmembers, dimensions);
  const bands = weights.length;
  const points = leadingColumns(values, count, dimensions, order);
  const plane = nearestPlane(points, count, order);
  const heights = times(points, count, plane, order, 1);
  const varies = heights.reduce((sum, v) => sum + (1 - v) ** 2, 0) / count;
  let byNoise = 0;
  for (let b = 0; b < bands; b++) {
    let along = 0;
    for (let k = 0; k < order; k++) along += plane[k] * basis[k * bands + b];
    byNoise += (along * weights[b] * noise[b]) ** 2;
  }
  return Math.sqrt(Math.max(0, varies - byNoise));
}

/** What the options say, or what the data do; then a sentence tells. */
export function chooseStrength(
  prepared: Prepared,
  points: Points,
  warnings: string[],
): Strength {
  const { scaling } = prepared.options;
  if (scaling !== 'auto') return scaling;
  const variation = strengthVariation(prepared, points);
  const percent = `${(100 * variation).toPrecision(2)} %`;
  if (variation < leastVariation) {
    warnings.push(
      `Pixels were compared as measured (scaling raw): beyond mixing, their strength varies by ${percent} only.`,
    );
    return 'raw';
  }
  warnings.push(
    `Pixels were compared at equal strength (scaling l2), because it varies by ${percent} beyond mixing.`,
  );
  return 'l2';
}

/** Points in units of the usual length, as measured or brought to about length one, and what they were divided by for that. */
export function levelled(
  { values, dimensions, lengths }: Points,
  strength: Strength,
): { readonly values: Float64Array; readonly lengths: Float64Array } {
  const usual = median(lengths) || 1;
  const divisors = lengths.map((v) =>
    strength === 'raw' ? 1 : Math.max(v / usual, leastLength),
  );
  return {
    values: values.map(
      (v, i) => v / usual / divisors[Math.floor(i / dimensions)],
    ),
    lengths: divisors,
  };
}
