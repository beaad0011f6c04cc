/**
 * The value that a full sort would put at index `k`, found by Hoare's selection.
 * Reorders `values[0 … length - 1]`: hand over scratch space, not the caller's data.
 */
export function selectInPlace(
  values: Float64Array,
  length: number,
  k: number,
): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swap = values[i];
        values[i++] = values[j];
        values[j--] = swap;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

/** Median of `values[0 … length - 1]`, mean of the two middle ones when even; reorders its argument. 0 when empty. */
export function medianInPlace(
  values: Float64Array,
  length = values.length,
): number {
  if (length === 0) return 0;
  const half = length >> 1;
  const upper = selectInPlace(values, length, half);
  if (length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let i = 0; i < half; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}

/** Sign, exponent and four bits of the fraction of a 32-bit float: for magnitudes they rise with the value. */
const bucketShift = 19;

/**
 * A function for the median of many lists of magnitudes (≥ 0): the floats are counted by their leading bits, and only those that
 * share the bits of the middle one are searched. Exact, and several times as fast as selection.
 * @param most longest list
 */
export function magnitudeMedian(
  most: number,
): (values: Float32Array, length: number) => number {
  const counts = new Uint32Array(2 ** (32 - bucketShift));
  const middle = new Float64Array(most);
  return (values, length) => {
    if (length === 0) return 0;
    const bits = new Uint32Array(values.buffer, values.byteOffset, length);
    counts.fill(0);
    for (let i = 0; i < length; i++) counts[bits[i] >>> bucketShift]++;
    const half = length >> 1;
    let bucket = 0;
    let before = 0;
    while (before + counts[bucket] <= half) before += counts[bucket++];
    let found = 0;
    let lower = 0;
    for (let i = 0; i < length; i++) {
      const own = bits[i] >>> bucketShift;
      if (own === bucket) middle[found++] = values[i];
      else if (own < bucket && values[i] > lower) lower = values[i];
    }
    const upper = selectInPlace(middle, found, half - before);
    if (length % 2 === 1) return upper;
    for (let i = 0; i < half - before; i++)
      if (middle[i] > lower) lower = middle[i];
    return (lower + upper) / 2;
  };
}

export function median(values: ArrayLike<number>): number {
  return medianInPlace(Float64Array.from(values));
}

/** Value below which the share `q` (0 to 1) of the values lies, linear between neighbours (numpy's default). 0 when empty. */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) return 0;
  const scratch = Float64Array.from(values);
  const position = Math.max(0, Math.min(1, q)) * (scratch.length - 1);
  const k = Math.floor(position);
  const lower = selectInPlace(scratch, scratch.length, k);
  if (k === position) return lower;
  let upper = Infinity;
  for (let i = k + 1; i < scratch.length; i++)
    if (scratch[i] < upper) upper = scratch[i];
  return lower + (position - k) * (upper - lower);
}
