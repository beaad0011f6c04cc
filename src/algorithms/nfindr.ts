import { inverse } from './small.js';

const mostSweeps = 50;
/** A swap must enlarge the volume by this factor, so that rounding cannot make the search run in circles. */
const leastGain = 1 + 1e-9;

/**
 * N-FINDR (Winter 1999) for cones: swaps points until no single swap enlarges |det| of the chosen ones.
 * Replacing point r by z multiplies the determinant by (P⁻¹ z)_r, so that one inverse judges every pixel.
 * @param points count x dimensions
 * @param start indices of `dimensions` points that span the space, from another method
 */
export function largestSimplex(
  points: Float64Array,
  count: number,
  dimensions: number,
  start: readonly number[],
): number[] {
  const chosen = [...start];
  const corners = new Float64Array(dimensions * dimensions);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let swapped = false;
    for (let r = 0; r < dimensions; r++) {
      // Corners as rows: z = gᵀ C, hence g_r is z times column r of C⁻¹.
      chosen.forEach((n, i) =>
        corners.set(
          points.subarray(n * dimensions, (n + 1) * dimensions),
          i * dimensions,
        ),
      );
      const turned = inverse(corners, dimensions);
      let best = chosen[r];
      let most = leastGain;
      for (let n = 0; n < count; n++) {
        let gain = 0;
        for (let k = 0; k < dimensions; k++)
          gain += points[n * dimensions + k] * turned[k * dimensions + r];
        if (Math.abs(gain) > most) {
          most = Math.abs(gain);
          best = n;
        }
      }
      if (best !== chosen[r]) {
        chosen[r] = best;
        swapped = true;
      }
    }
    if (!swapped) break;
  }
  return chosen;
}
