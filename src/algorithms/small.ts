import { addTransposedTimes } from './dense.js';
import { EigenvalueDecomposition, LuDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues, largest first, and unit eigenvectors: row k of `vectors` (n x n) belongs to value k. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Of a symmetric matrix n x n; asymmetry by rounding is averaged away. */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const symmetric = new Matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      symmetric.set(i, j, (matrix[i * n + j] + matrix[j * n + i]) / 2);
  const found = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const order = found.realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((x, y) => y.value - x.value);
  const vectors = new Float64Array(n * n);
  order.forEach(({ index }, k) => {
    for (let i = 0; i < n; i++)
      vectors[k * n + i] = found.eigenvectorMatrix.get(i, index);
  });
  return { values: Float64Array.from(order, ({ value }) => value), vectors };
}

/** Inverse of A + ridge · (mean diagonal of |A|) · I, n x n. */
export function inverse(
  matrix: Float64Array,
  n: number,
  ridge = 1e-12,
): Float64Array {
  const a = new Matrix(n, n);
  let scale = 0;
  for (let i = 0; i < n; i++) scale += Math.abs(matrix[i * n + i]) / n;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      a.set(i, j, matrix[i * n + j] + (i === j ? ridge * (scale || 1) : 0));
  const solved = new LuDecomposition(a).solve(Matrix.eye(n));
  return Float64Array.from(solved.to1DArray());
}

export function determinant(matrix: Float64Array, n: number): number {
  return new LuDecomposition(Matrix.from1DArray(n, n, Array.from(matrix)))
    .determinant;
}

/** M^(-1/2) of a symmetric positive matrix. */
export function inverseRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const least = 1e-12 * values[0];
  const scaled = vectors.map(
    (v, i) => v / Math.max(values[Math.floor(i / n)], least) ** 0.25,
  );
  return addTransposedTimes(scaled, n, scaled, n, n, new Float64Array(n * n));
}
