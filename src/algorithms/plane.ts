import { times, transposedTimes } from './dense.js';
import { inverse } from './small.js';

/**
 * The plane hᵀz = 1 nearest to the points. Mixtures whose shares sum to one lie on one, whatever the angles between their spectra; a
 * mixture g times as strong lies at hᵀz = g.
 * @param points count x dimensions
 * @returns h
 */
export function nearestPlane(
  points: Float64Array,
  count: number,
  dimensions: number,
): Float64Array {
  const ones = new Float64Array(count).fill(1);
  return times(
    inverse(
      transposedTimes(points, dimensions, points, dimensions, count),
      dimensions,
    ),
    dimensions,
    transposedTimes(points, dimensions, ones, 1, count),
    dimensions,
    1,
  );
}
