import { dot, orthonormalRows } from './dense.js';
import { projectOut } from './subspace.js';

/**
 * Angle of each row to the span of the others, radians: near zero, and least squares cannot tell their weights apart, for the variance of
 * a weight grows by 1 / sin² of it (the variance inflation factor, Marquardt 1970). A row of zeros, and a single row, stand at π/2.
 * @param rows R x length
 */
export function anglesToOthers(
  rows: Float64Array,
  count: number,
  length: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, r) => {
    const own = rows.slice(r * length, (r + 1) * length);
    const size = dot(own, own);
    if (size === 0) return Math.PI / 2;
    const others = new Float64Array((count - 1) * length);
    others.set(rows.subarray(0, r * length));
    others.set(rows.subarray((r + 1) * length), r * length);
    projectOut(own, 1, length, orthonormalRows(others, count - 1, length).rows);
    return Math.asin(Math.min(1, Math.sqrt(dot(own, own) / size)));
  });
}
