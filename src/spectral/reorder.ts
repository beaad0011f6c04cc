import { type Unmixing, endmemberName } from './unmixing.js';

/** Rows of `width` values in another order: row i is row order[i] of what is given. */
export function rowsInOrder(
  rows: Float32Array,
  order: readonly number[],
): Float32Array {
  const width = rows.length / order.length;
  const sorted = new Float32Array(rows.length);
  order.forEach((from, to) =>
    sorted.set(rows.subarray(from * width, (from + 1) * width), to * width),
  );
  return sorted;
}

/** Columns of a matrix in another order: column i is column order[i] of what is given. */
export function columnsInOrder(
  matrix: Float32Array,
  order: readonly number[],
): Float32Array {
  const count = order.length;
  const sorted = new Float32Array(matrix.length);
  for (let from = 0; from < matrix.length; from += count)
    for (let c = 0; c < count; c++) sorted[from + c] = matrix[from + order[c]];
  return sorted;
}

/**
 * The same unmixing with its endmembers in another order; those without a name of their own are named for their new place.
 * @param order R indices of endmembers: the one at order[i] comes to place i
 */
export function reordered(
  unmixing: Unmixing,
  order: readonly number[],
): Unmixing {
  if (order.every((from, to) => from === to)) return unmixing;
  const { names, spread } = unmixing;
  return {
    ...unmixing,
    names: order.map((from, to) =>
      names[from] === endmemberName(from) ? endmemberName(to) : names[from],
    ),
    endmembers: rowsInOrder(unmixing.endmembers, order),
    abundances: columnsInOrder(unmixing.abundances, order),
    spread: spread && {
      ...spread,
      endmembers: rowsInOrder(spread.endmembers, order),
      abundances: columnsInOrder(spread.abundances, order),
      angles: columnsInOrder(spread.angles, order),
    },
  };
}
