import type { Random } from '../spectral/random.js';
import { norm, orthonormalRows } from './dense.js';
import { projectOut } from './subspace.js';

/**
 * Vertex component analysis (Nascimento & Bioucas-Dias 2005): takes the point that reaches farthest along a
 * random direction at right angles to the points taken before.
 * @param points count x dimensions, already in the signal subspace
 * @returns indices of `want` points, fewer when the points span fewer dimensions
 */
export function vertexComponents(
  points: Float64Array,
  count: number,
  dimensions: number,
  want: number,
  random: Random,
): number[] {
  const taken: number[] = [];
  while (taken.length < Math.min(want, dimensions)) {
    const corners = new Float64Array(taken.length * dimensions);
    taken.forEach((n, i) =>
      corners.set(
        points.subarray(n * dimensions, (n + 1) * dimensions),
        i * dimensions,
      ),
    );
    const direction = Float64Array.from({ length: dimensions }, () =>
      random.normal(),
    );
    projectOut(
      direction,
      1,
      dimensions,
      orthonormalRows(corners, taken.length, dimensions).rows,
    );
    const length = norm(direction);
    let best = -1;
    let most = 1e-10 * length;
    for (let n = 0; n < count; n++) {
      let reach = 0;
      for (let k = 0; k < dimensions; k++)
        reach += points[n * dimensions + k] * direction[k];
      if (Math.abs(reach) > most) {
        most = Math.abs(reach);
        best = n;
      }
    }
    if (best < 0 || taken.includes(best)) break;
    taken.push(best);
  }
  return taken;
}
