import { weightSolver } from '../algorithms/abundances.js';
import { orthonormalRows, timesTransposed } from '../algorithms/dense.js';
import { inverse } from '../algorithms/small.js';
import { projectOut } from '../algorithms/subspace.js';
import type { Pace } from '../spectral/pace.js';
import type { Nuisance } from '../spectral/unmixing.js';
import type { Prepared } from './steps.js';

/** Least squares told the endmembers apart no better than this, relative to their squares. */
const ridge = 1e-9;

/** Weights of given endmembers in every pixel. */
export interface FittedShares {
  /** N x R, non-negative; 0 where masked. */
  readonly weights: Float32Array;
  readonly nuisance: Nuisance | null;
  /** Share of weights that would be negative without the constraint, 0 to 1. */
  readonly negative: number;
}

/**
 * Non-negative weights of given endmembers, R x L in the unit of the data, over all bands that count: in whitened coordinates, with the
 * nuisance terms fitted freely.
 * @param sumToOne holds the weights of each pixel to a sum of one (FCLS)
 */
export async function fitShares(
  { cube, kept, weights, mask }: Prepared,
  endmembers: Float32Array,
  nuisance: Pick<Nuisance, 'names' | 'spectra'> | null,
  sumToOne: boolean,
  pace: Pace,
): Promise<FittedShares> {
  const bands = weights.length;
  const order = endmembers.length / bands;
  const terms = nuisance?.names.length ?? 0;
  const whiten = (rows: Float32Array): Float64Array =>
    Float64Array.from(rows, (v, i) => v * weights[i % bands]);
  const termRows = whiten(nuisance?.spectra ?? new Float32Array(0));
  const away = orthonormalRows(termRows, terms, bands).rows;
  const rows = whiten(endmembers);
  projectOut(rows, order, bands, away);
  const gram = timesTransposed(rows, order, rows, order, bands);
  const solve = weightSolver(gram, order, sumToOne);
  const gramInverse = inverse(gram, order, ridge);
  const termGram = timesTransposed(termRows, terms, termRows, terms, bands);
  const termInverse = terms > 0 ? inverse(termGram, terms) : termGram;
  const shares = new Float32Array(mask.length * order);
  const coefficients = new Float32Array(mask.length * terms);
  const spectrum = new Float64Array(bands);
  const target = new Float64Array(order);
  const share = new Float64Array(order);
  const along = new Float64Array(terms);
  let negative = 0;
  for (const [i, n] of kept.entries()) {
    await pace(i / kept.length);
    for (let b = 0; b < bands; b++)
      spectrum[b] = weights[b] > 0 ? cube.data[n * bands + b] * weights[b] : 0;
    timesTransposed(rows, order, spectrum, 1, bands, target);
    solve(target, share);
    shares.set(share, n * order);
    for (let r = 0; r < order; r++) {
      let free = 0;
      for (let q = 0; q < order; q++)
        free += gramInverse[r * order + q] * target[q];
      if (free < 0) negative++;
    }
    if (terms === 0) continue;
    for (let r = 0; r < order; r++)
      for (let b = 0; b < bands; b++)
        spectrum[b] -= share[r] * endmembers[r * bands + b] * weights[b];
    timesTransposed(termRows, terms, spectrum, 1, bands, along);
    for (let m = 0; m < terms; m++)
      for (let k = 0; k < terms; k++)
        coefficients[n * terms + m] += termInverse[m * terms + k] * along[k];
  }
  return {
    weights: shares,
    nuisance: nuisance && { ...nuisance, coefficients },
    negative: negative / (kept.length * order),
  };
}
