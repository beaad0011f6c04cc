/** Places of positions from the lowest to the highest; of equal ones the first comes first. Those that rise or fall need no sorting. */
function risingOrder(positions: ArrayLike<number>): Uint32Array {
  const count = positions.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let [rises, falls] = [true, true];
  for (let i = 1; i < count; i++) {
    if (!(positions[i] >= positions[i - 1])) rises = false;
    if (!(positions[i] < positions[i - 1])) falls = false;
  }
  if (rises) return order;
  return falls
    ? order.reverse()
    : order.sort((i, j) => positions[i] - positions[j] || i - j);
}

/**
 * A spectrum at other positions, straight between neighbours: enough for a library that is at least as fine as the instrument. Up to
 * `reach` beyond its ends it keeps its last value; farther out it is NaN.
 * @param positions at least one, in any order; of equal ones the first counts
 * @param values one a position
 */
export function resample(
  positions: ArrayLike<number>,
  values: ArrayLike<number>,
  at: ArrayLike<number>,
  reach = 0,
): Float64Array {
  const order = risingOrder(positions);
  const first = order[0];
  const last = order[order.length - 1];
  return Float64Array.from(at, (x) => {
    if (x < positions[first] - reach || x > positions[last] + reach) return NaN;
    let low = 0;
    let high = order.length - 1;
    // The first position that is not below x.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (positions[order[middle]] < x) low = middle + 1;
      else high = middle;
    }
    const right = order[low];
    const left = order[Math.max(0, low - 1)];
    const width = positions[right] - positions[left];
    if (x <= positions[first] || width === 0) return values[right];
    if (x >= positions[last]) return values[last];
    const share = (x - positions[left]) / width;
    return (1 - share) * values[left] + share * values[right];
  });
}
