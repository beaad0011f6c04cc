import { weightSolver } from './abundances.js';
import type { ReferenceTable } from './reference-table.js';

/** References that together come nearest to a spectrum. */
export interface Mixture {
  /** Each once, in the order of `candidates`. */
  readonly members: readonly number[];
  /** Share of each in the length of the sum, by its own length; they add up to 1. */
  readonly shares: readonly number[];
  /** Factor of each reference in the fit. */
  readonly factors: readonly number[];
  /** Spectral angle between the spectrum and the fit, radians. */
  readonly angle: number;
}

/** All ways to take `size` of `count`. */
function* choices(count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else
    for (let first = from; first <= count - size; first++)
      for (const rest of choices(count, size - 1, first + 1))
        yield [first, ...rest];
}

/**
 * The best fit of a spectrum by one, two, … references with factors that are not negative, by least squares over the bands that count
 * and that all candidates cover. A larger number is left out where one of its members gets nothing.
 * @param candidates references to choose from; every combination is tried, so a few dozen
 * @param weights one a band, 0 leaves it out
 * @returns the best of each size, the smallest first
 */
export function bestMixtures(
  table: ReferenceTable,
  candidates: readonly number[],
  spectrum: ArrayLike<number>,
  weights: ArrayLike<number>,
  most = 3,
): Mixture[] {
  const bands = table.axis.length;
  const from = Math.max(0, ...candidates.map((n) => table.from[n]));
  const to = Math.min(bands, ...candidates.map((n) => table.to[n]));
  const count = candidates.length;
  const gram = new Float64Array(count * count);
  const target = new Float64Array(count);
  let length = 0;
  for (let b = from; b < to; b++) {
    const square = weights[b] * weights[b];
    if (square === 0) continue;
    length += square * spectrum[b] * spectrum[b];
    for (let i = 0; i < count; i++) {
      const x = square * table.values[candidates[i] * bands + b];
      target[i] += x * spectrum[b];
      for (let j = 0; j <= i; j++)
        gram[i * count + j] += x * table.values[candidates[j] * bands + b];
    }
  }
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) gram[j * count + i] = gram[i * count + j];
  if (!(length > 0)) return [];

  const best: Mixture[] = [];
  for (let size = 1; size <= Math.min(most, count); size++) {
    let found: Mixture | null = null;
    for (const chosen of choices(count, size)) {
      const own = Float64Array.from(
        chosen.flatMap((i) => chosen.map((j) => gram[i * count + j])),
      );
      const along = Float64Array.from(chosen, (i) => target[i]);
      const factors = new Float64Array(size);
      weightSolver(own, size)(along, factors);
      if (!factors.every((factor) => factor > 0)) continue;
      let xy = 0;
      let xx = 0;
      for (let i = 0; i < size; i++) {
        xy += factors[i] * along[i];
        for (let j = 0; j < size; j++)
          xx += factors[i] * factors[j] * own[i * size + j];
      }
      const angle = Math.acos(Math.min(1, xy / Math.sqrt(xx * length)));
      if (found && angle >= found.angle) continue;
      const lengths = Array.from(
        factors,
        (factor, i) => factor * Math.sqrt(own[i * size + i]),
      );
      const sum = lengths.reduce((a, b) => a + b, 0);
      found = {
        members: chosen.map((i) => candidates[i]),
        shares: lengths.map((one) => one / sum),
        factors: Array.from(factors),
        angle,
      };
    }
    if (found) best.push(found);
  }
  return best;
}
