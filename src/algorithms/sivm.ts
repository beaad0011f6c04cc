import { successiveProjections } from './spa.js';

/**
 * Simplex volume maximisation (Heylen, Burazerović & Scheunders 2011): each point taken enlarges the simplex of those before
 * it most. The volume grows by the distance to their affine hull, so that this is successive projection seen from the
 * first point, which is the one farthest from the mean.
 * @param points count x dimensions; rows of zero are never taken
 * @returns indices of `want` points, fewer when the points span fewer dimensions
 */
export function growSimplex(
  points: Float64Array,
  count: number,
  dimensions: number,
  want: number,
): number[] {
  const real: number[] = [];
  const mean = new Float64Array(dimensions);
  for (let n = 0; n < count; n++) {
    const row = points.subarray(n * dimensions, (n + 1) * dimensions);
    if (row.every((v) => v === 0)) continue;
    real.push(n);
    row.forEach((v, k) => (mean[k] += v));
  }
  const distance = (n: number, from: (k: number) => number): number => {
    let sum = 0;
    for (let k = 0; k < dimensions; k++)
      sum += (points[n * dimensions + k] - from(k)) ** 2;
    return sum;
  };
  const first = real.reduce(
    (far, n) => {
      const length = distance(n, (k) => mean[k] / real.length);
      return length > far.length ? { n, length } : far;
    },
    { n: -1, length: -1 },
  ).n;
  if (first < 0) return [];
  const seen = new Float64Array(points.length);
  for (const n of real)
    for (let k = 0; k < dimensions; k++)
      seen[n * dimensions + k] =
        points[n * dimensions + k] - points[first * dimensions + k];
  return [first, ...successiveProjections(seen, count, dimensions, want - 1)];
}
