import { dot, norm } from './dense.js';

/**
 * Successive projection algorithm (Araújo et al. 2001; Gillis & Vavasis 2014): takes the point farthest from
 * the span of those taken before, again and again.
 * @param points count x dimensions; rows of zero are never taken
 * @returns indices of `want` points, fewer when the points span fewer dimensions
 */
export function successiveProjections(
  points: Float64Array,
  count: number,
  dimensions: number,
  want: number,
): number[] {
  const residual = points.slice();
  const taken: number[] = [];
  let first = 0;
  while (taken.length < want) {
    let best = -1;
    let most = 0;
    for (let n = 0; n < count; n++) {
      let length = 0;
      for (let k = 0; k < dimensions; k++)
        length += residual[n * dimensions + k] ** 2;
      if (length > most) {
        most = length;
        best = n;
      }
    }
    if (taken.length === 0) first = most;
    if (best < 0 || most <= 1e-20 * first) break;
    taken.push(best);
    const away = residual.slice(best * dimensions, (best + 1) * dimensions);
    const length = norm(away);
    for (let k = 0; k < dimensions; k++) away[k] /= length;
    for (let n = 0; n < count; n++) {
      const row = residual.subarray(n * dimensions, (n + 1) * dimensions);
      const along = dot(row, away);
      for (let k = 0; k < dimensions; k++) row[k] -= along * away[k];
    }
  }
  return taken;
}
