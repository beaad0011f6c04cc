import { weightSolver } from './abundances.js';
import { times, timesTransposed, transposedTimes } from './dense.js';
import { projectOut } from './subspace.js';

/**
 * Data as a factorisation X ≈ G T sees them: whitened spectra X = Z V in the subspace, without what is no material. All costs follow
 * from Z, which has few columns; no pass over the cube is needed.
 */
export interface FactorData {
  /** Z: count x dimensions. */
  readonly scores: Float64Array;
  readonly count: number;
  readonly dimensions: number;
  /** V: dimensions x bands, orthonormal rows at right angles to `away`. */
  readonly directions: Float64Array;
  readonly bands: number;
  /** Orthonormal rows over the bands, baseline and gas: what a spectrum holds of them is not seen in the data. */
  readonly away: Float64Array;
}

/** What of the rows the data can see. */
export function visible(
  rows: Float64Array,
  { bands, away }: Pick<FactorData, 'bands' | 'away'>,
): Float64Array {
  const seen = rows.slice();
  projectOut(seen, rows.length / bands, bands, away);
  return seen;
}

export interface Weighed {
  /** G: count x R, non-negative. */
  readonly weights: Float64Array;
  /** Z Tᵀ in the subspace: count x R. */
  readonly targets: Float64Array;
  /** R x R products of the spectra with each other. */
  readonly gram: Float64Array;
  /** ½ |X - G T|² over all points. */
  readonly cost: number;
}

/**
 * The best weights for given spectra: non-negative least squares, on the simplex where asked for (closure).
 * @param seen R x bands, `visible`
 */
export function weigh(
  { scores, count, dimensions, directions, bands }: FactorData,
  seen: Float64Array,
  closure: boolean,
): Weighed {
  const order = seen.length / bands;
  const gram = timesTransposed(seen, order, seen, order, bands);
  const corners = timesTransposed(seen, order, directions, dimensions, bands);
  const targets = timesTransposed(scores, count, corners, order, dimensions);
  const solve = weightSolver(gram, order, closure);
  const weights = new Float64Array(count * order);
  let cost = 0;
  for (const v of scores) cost += (v * v) / 2;
  for (let start = 0; start < weights.length; start += order) {
    const target = targets.subarray(start, start + order);
    const row = weights.subarray(start, start + order);
    solve(target, row);
    for (let r = 0; r < order; r++) {
      if (row[r] === 0) continue;
      let told = 0;
      for (let q = 0; q < order; q++) told += gram[r * order + q] * row[q];
      cost += row[r] * (told / 2 - target[r]);
    }
  }
  return { weights, targets, gram, cost };
}

/** What least squares for the spectra depends on: GᵀG (R x R) and GᵀX (R x bands). */
export interface SpectraSystem {
  readonly overlap: Float64Array;
  readonly pull: Float64Array;
}

export function spectraSystem(
  { scores, count, dimensions, directions, bands }: FactorData,
  weights: Float64Array,
): SpectraSystem {
  const order = weights.length / count;
  const mixed = transposedTimes(weights, order, scores, dimensions, count);
  return {
    overlap: transposedTimes(weights, order, weights, order, count),
    pull: times(mixed, order, directions, dimensions, bands),
  };
}

/** GᵀX less what the other spectra tell of it: where row r alone would be best, times (GᵀG)_rr. */
export function wantedRow(
  { overlap, pull }: SpectraSystem,
  seen: Float64Array,
  r: number,
  bands: number,
): Float64Array {
  const order = seen.length / bands;
  const wanted = pull.slice(r * bands, (r + 1) * bands);
  for (let q = 0; q < order; q++) {
    const factor = overlap[r * order + q];
    if (q === r || factor === 0) continue;
    for (let b = 0; b < bands; b++) wanted[b] -= factor * seen[q * bands + b];
  }
  return wanted;
}

/** Of alternating minimisation: the spectra, and the cost after each round, which never rises. */
export interface Factorised {
  /** T: R x bands, non-negative. */
  readonly spectra: Float64Array;
  readonly costs: readonly number[];
}

/** Rounds end when they lower the cost by less than this share. */
const leastGain = 1e-5;

export const hasSettled = (costs: readonly number[]): boolean => {
  const [before, now] = costs.slice(-2);
  return costs.length > 1 && before - now <= leastGain * Math.abs(before);
};
