import { peakHeights } from '../algorithms/heights.js';
import { inverse } from '../algorithms/small.js';
import { smoothShares } from '../algorithms/smooth-shares.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution } from './steps.js';

/**
 * A solution whose maps are smoothed within the noise that the data's noise puts into them: at equal heights the shares of a pixel of
 * strength g err by σ² tr (S N⁻¹ Sᵀ)⁻¹ / g², N the noise of the bands. A single row or column of pixels stays as it is: it may be a list.
 */
export function smoothMaps(prepared: Prepared, solution: Solution): Solution {
  const { cube, mask, noise, excludedBands } = prepared;
  if (cube.width === 1 || cube.height === 1) return solution;
  const { endmembers, weights } = solution;
  const bands = excludedBands.length;
  const order = endmembers.length / bands;
  const heights = peakHeights(
    Float64Array.from(endmembers),
    order,
    Float64Array.from(excludedBands, (out) => 1 - out),
  );
  const gram = new Float64Array(order * order);
  for (let p = 0; p < order; p++)
    for (let q = 0; q < order; q++)
      for (let b = 0; b < bands; b++) {
        if (excludedBands[b] || !(noise[b] > 0)) continue;
        gram[p * order + q] +=
          (endmembers[p * bands + b] * endmembers[q * bands + b]) /
          (heights[p] * heights[q] * noise[b] ** 2);
      }
  const covariance = inverse(gram, order);
  let trace = 0;
  for (let r = 0; r < order; r++) trace += covariance[r * (order + 1)];
  if (!(trace > 0 && trace < Infinity)) return solution;
  const { shares, strength } = sharesOf(weights, heights, mask);
  const smooth = smoothShares(
    shares,
    cube.width,
    Array.from(strength, (g) => (g > 0 ? trace / g ** 2 : 0)),
    mask,
  );
  return {
    ...solution,
    weights: smooth.map(
      (share, i) =>
        (share * strength[Math.floor(i / order)]) / heights[i % order],
    ),
  };
}
