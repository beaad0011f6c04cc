/** Of the table that finds a level; more make it larger, not more exact. */
const bins = 4096;

/** Strengths as whole levels from 0 to `top`, by table: the same as rounding top · t ^ gamma, without a power for each value. */
export interface Levels {
  readonly low: number;
  /** Bins in a unit of the value. */
  readonly scale: number;
  /** Of the strength at the lower end of each bin. */
  readonly first: Uint8Array;
  /** Where each level begins, in bins; after the last nothing does. */
  readonly begins: Float64Array;
}

/**
 * @param top 0 to 255, with fractions: a strength of 1 is its nearest whole level
 * @param gamma above 0
 */
export function levelsOf(
  [low, high]: readonly [number, number],
  gamma: number,
  top: number,
): Levels {
  const count = Math.round(top);
  const begins = new Float64Array(count + 2);
  // top · t ^ gamma >= k - 0.5, from where on it rounds to k.
  for (let k = 1; k <= count; k++)
    begins[k] = bins * ((k - 0.5) / top) ** (1 / gamma);
  begins[count + 1] = Infinity;
  const first = new Uint8Array(bins + 1);
  let level = 0;
  for (let bin = 0; bin <= bins; bin++) {
    while (bin >= begins[level + 1]) level++;
    first[bin] = level;
  }
  return { low, scale: bins / (high - low), first, begins };
}

/** Level of a value that is a number. */
export function levelAt(
  { low, scale, first, begins }: Levels,
  value: number,
): number {
  const place = Math.min(bins, Math.max(0, (value - low) * scale));
  let level = first[place | 0];
  while (place >= begins[level + 1]) level++;
  return level;
}
