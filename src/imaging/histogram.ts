/** How often values occur, for the contrast control. */
export interface Histogram {
  /** Ends of the first and the last bin. */
  readonly range: readonly [number, number];
  readonly counts: Uint32Array;
  /** log(1 + count) over that of the fullest bin: 0 to 1, for drawing. */
  readonly heights: Float32Array;
}

/**
 * Counts the finite values of a map that are not masked, in bins of equal width; a value at the upper end falls in the last bin.
 * Without a range it runs from the smallest value to the largest, and from 0 to 1 when there is none.
 */
export function logHistogram(
  values: Float32Array,
  bins = 64,
  options: {
    readonly range?: readonly [number, number];
    readonly mask?: Uint8Array;
  } = {},
): Histogram {
  const { mask } = options;
  const range = options.range ?? extent(values, mask);
  const scale = bins / (range[1] - range[0] || 1);
  const counts = new Uint32Array(bins);
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    if (mask?.[n] || !(value >= range[0] && value <= range[1])) continue;
    counts[Math.min(bins - 1, Math.floor((value - range[0]) * scale))]++;
  }
  const top = Math.log1p(counts.reduce((a, b) => Math.max(a, b), 1));
  return {
    range,
    counts,
    heights: Float32Array.from(counts, (count) => Math.log1p(count) / top),
  };
}

/** Smallest and largest finite, unmasked value; 0 and 1 when there is none. */
function extent(
  values: Float32Array,
  mask?: Uint8Array,
): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let n = 0; n < values.length; n++) {
    if (mask?.[n] || !Number.isFinite(values[n])) continue;
    low = Math.min(low, values[n]);
    high = Math.max(high, values[n]);
  }
  return low <= high ? [low, high] : [0, 1];
}
