import { products } from './products.js';

/** Products of dense row-major matrices on Float64Array. */

/** C = A Bᵀ: row i of A (rowsA x length) with row j of B (rowsB x length), into C (rowsA x rowsB). */
export function timesTransposed(
  a: Float64Array,
  rowsA: number,
  b: Float64Array,
  rowsB: number,
  length: number,
  out: Float64Array = new Float64Array(rowsA * rowsB),
): Float64Array {
  products().timesTransposed(a, rowsA, b, rowsB, length, out);
  return out;
}

/** C += Aᵀ B over `rows` rows, A rows x widthA, B rows x widthB, C widthA x widthB. */
export function addTransposedTimes(
  a: Float64Array,
  widthA: number,
  b: Float64Array,
  widthB: number,
  rows: number,
  out: Float64Array,
): Float64Array {
  products().addTransposedTimes(a, widthA, b, widthB, rows, out);
  return out;
}

/** Aᵀ B over `rows` rows. */
export function transposedTimes(
  a: Float64Array,
  widthA: number,
  b: Float64Array,
  widthB: number,
  rows: number,
): Float64Array {
  return addTransposedTimes(
    a,
    widthA,
    b,
    widthB,
    rows,
    new Float64Array(widthA * widthB),
  );
}

/** C = A B, A rows x inner, B inner x width. */
export function times(
  a: Float64Array,
  rows: number,
  b: Float64Array,
  inner: number,
  width: number,
): Float64Array {
  const out = new Float64Array(rows * width);
  products().addTimes(a, rows, b, inner, width, out);
  return out;
}

/**
 * Orthonormal rows that span the given rows (modified Gram-Schmidt, run twice); rows that depend on
 * earlier ones are left out.
 * @param rows count x length, not changed
 * @param least share of its length that a row must keep beside the earlier ones
 */
export function orthonormalRows(
  rows: Float64Array,
  count: number,
  length: number,
  least = 1e-10,
): { readonly rows: Float64Array; readonly count: number } {
  const out = new Float64Array(count * length);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = out.subarray(kept * length, (kept + 1) * length);
    row.set(rows.subarray(i * length, (i + 1) * length));
    const before = norm(row);
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < kept; j++) {
        const other = out.subarray(j * length, (j + 1) * length);
        const along = dot(row, other);
        for (let l = 0; l < length; l++) row[l] -= along * other[l];
      }
    const after = norm(row);
    if (!(after > least * before)) {
      row.fill(0);
      continue;
    }
    for (let l = 0; l < length; l++) row[l] /= after;
    kept++;
  }
  return { rows: out.slice(0, kept * length), count: kept };
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}
