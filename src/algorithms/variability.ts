import { orthonormalRows, times, timesTransposed } from './dense.js';
import { inverse, symmetricEigen } from './small.js';
import { projectOut } from './subspace.js';

/** Weak directions are trusted less, by this share of the squared ratio of their singular values to the first. */
const noiseShare = 1e-5;
/** Keeps the coordinates of tilts apart that are nearly alike. */
const ridge = 1e-6;

/** R directions s of a signal span of K, whose tilted versions u∘s lie in the span as well. */
export interface Variability {
  readonly dimensions: number;
  /** R x K, orthonormal rows: the directions in coordinates of the span. */
  readonly steady: Float64Array;
  /** R x K: their tilted versions, as far as the span holds them. */
  readonly tilted: Float64Array;
  /** Squared distance of the worst of the tilted versions, of unit directions, to the span. */
  readonly distance: number;
  /** The same for the best of the directions that are not taken: near it, and the choice means nothing. */
  readonly nextDistance: number;
}

/**
 * If material r varies as s (1 + v u), with u linear along the axis and v different from place to place, the signal holds s
 * and u∘s. Its spectra are then those x in the span with u∘x in the span too, apart from baseline and gas: the lowest
 * eigenvectors of the squared distance of u∘x to it.
 * @param signal orthonormal rows, K x length
 * @param values K singular values
 * @param tilt u, one value a band
 * @param away rows that were projected out of the signal, any count x length
 */
export function steadyDirections(
  signal: Float64Array,
  values: Float64Array,
  tilt: Float64Array,
  away: Float64Array,
  want: number,
): Variability {
  const length = tilt.length;
  const K = values.length;
  const tiltRows = (rows: Float64Array): Float64Array =>
    rows.map((v, i) => v * tilt[i % length]);
  const known = Float64Array.from([...signal, ...away, ...tiltRows(away)]);
  const span = orthonormalRows(known, known.length / length, length, 1e-8);
  const turned = tiltRows(signal);
  const outside = turned.slice();
  projectOut(outside, K, length, span.rows);
  const distance = timesTransposed(outside, K, outside, K, length);
  for (let k = 0; k < K; k++)
    distance[k * (K + 1)] += noiseShare * (values[0] / values[k]) ** 2;
  const found = symmetricEigen(distance, K);
  const steady = found.vectors.slice((K - want) * K);
  const reach = timesTransposed(turned, K, signal, K, length);
  return {
    dimensions: K,
    steady,
    tilted: times(steady, want, reach, K, K),
    distance: found.values[K - want],
    nextDistance: found.values[K - want - 1],
  };
}

/** Coordinates of points (count x K) along the steady directions, beside the tilted ones: count x R. */
export function steadyScores(
  { dimensions: K, steady, tilted }: Variability,
  points: Float64Array,
  count: number,
): Float64Array {
  const want = steady.length / K;
  const both = Float64Array.from([...steady, ...tilted]);
  const size = 2 * want;
  const gram = timesTransposed(both, size, both, size, K);
  const solve = times(inverse(gram, size, ridge), size, both, size, K);
  return timesTransposed(points, count, solve.slice(0, want * K), want, K);
}
