import type { ReferenceTable } from './reference-table.js';

/** References with a factor each. */
export interface Sum {
  readonly members: readonly number[];
  readonly factors: readonly number[];
}

/**
 * A sum of references, drawn over a spectrum: stretched, and where `shifts` also lifted, to come nearest to it by least squares over the
 * bands that count and that all members cover.
 * @param weights one a band, 0 leaves it out
 * @returns one value a band; NaN where a member has none
 */
export function drawnOver(
  { axis, values, from, to }: ReferenceTable,
  { members, factors }: Sum,
  spectrum: ArrayLike<number>,
  weights: ArrayLike<number>,
  shifts: boolean,
): Float32Array {
  const bands = axis.length;
  const first = Math.max(0, ...members.map((n) => from[n]));
  const end = Math.min(bands, ...members.map((n) => to[n]));
  const line = new Float32Array(bands).fill(NaN);
  let [w, x, xx, y, xy] = [0, 0, 0, 0, 0];
  for (let b = first; b < end; b++) {
    const value = members.reduce(
      (sum, n, i) => sum + factors[i] * values[n * bands + b],
      0,
    );
    line[b] = value;
    const square = weights[b] * weights[b];
    if (square === 0) continue;
    w += square;
    x += square * value;
    xx += square * value * value;
    y += square * spectrum[b];
    xy += square * value * spectrum[b];
  }
  const spread = shifts ? xx - (x * x) / w : xx;
  const along = shifts ? xy - (x * y) / w : xy;
  // What runs the other way is not turned over: it is drawn flat.
  const stretch = spread > 1e-12 * xx ? Math.max(0, along / spread) : 0;
  const lift = shifts && w > 0 ? (y - stretch * x) / w : 0;
  for (let b = first; b < end; b++) line[b] = stretch * line[b] + lift;
  return line;
}
