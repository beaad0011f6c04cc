import { weightSolver } from '../algorithms/abundances.js';
import { orthonormalRows, timesTransposed } from '../algorithms/dense.js';
import { peakHeights } from '../algorithms/heights.js';
import { inverse } from '../algorithms/small.js';
import { projectOut } from '../algorithms/subspace.js';
import type { Pace } from '../spectral/pace.js';
import {
  type Nuisance,
  type Unmixing,
  endmemberName,
} from '../spectral/unmixing.js';
import { residualOf } from './residual.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution } from './steps.js';

/** The model of every pixel: reconstruction = gain · Σ shares · endmembers + Σ coefficients · nuisance. */
export interface Model {
  readonly endmembers: Float32Array;
  readonly shares: Float32Array;
  readonly gain: Float32Array;
  readonly nuisance: Nuisance | null;
  /** R names, null where an endmember has none. */
  readonly names: readonly (string | null)[];
}

/** What a pixel holds of each part of the model. */
type Maps = Pick<Model, 'shares' | 'gain' | 'nuisance'>;

/** Order of the columns by falling mean over the kept pixels. */
export function byArea(
  shares: Float32Array,
  order: number,
  kept: Uint32Array,
): number[] {
  const area = new Float64Array(order);
  for (const n of kept)
    for (let r = 0; r < order; r++) area[r] += shares[n * order + r];
  return Array.from(area, (_, r) => r).sort((p, q) => area[q] - area[p]);
}

/** Shares on the simplex with gain 1 (FCLS), in whitened coordinates with the nuisance fitted freely. */
async function sumToOne(
  { cube, kept, weights, mask }: Prepared,
  endmembers: Float32Array,
  nuisance: Nuisance | null,
  pace: Pace,
): Promise<Maps> {
  const bands = weights.length;
  const order = endmembers.length / bands;
  const terms = nuisance?.names.length ?? 0;
  const whiten = (rows: Float32Array): Float64Array =>
    Float64Array.from(rows, (v, i) => v * weights[i % bands]);
  const termRows = whiten(nuisance?.spectra ?? new Float32Array(0));
  const away = orthonormalRows(termRows, terms, bands).rows;
  const rows = whiten(endmembers);
  projectOut(rows, order, bands, away);
  const solve = weightSolver(
    timesTransposed(rows, order, rows, order, bands),
    order,
    true,
  );
  const termGram = timesTransposed(termRows, terms, termRows, terms, bands);
  const termInverse = terms > 0 ? inverse(termGram, terms) : termGram;
  const shares = new Float32Array(mask.length * order);
  const coefficients = new Float32Array(mask.length * terms);
  const spectrum = new Float64Array(bands);
  const target = new Float64Array(order);
  const share = new Float64Array(order);
  const along = new Float64Array(terms);
  for (const n of kept) {
    await pace();
    for (let b = 0; b < bands; b++)
      spectrum[b] = weights[b] > 0 ? cube.data[n * bands + b] * weights[b] : 0;
    timesTransposed(rows, order, spectrum, 1, bands, target);
    solve(target, share);
    shares.set(share, n * order);
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
    shares,
    gain: unitGain(mask),
    nuisance: nuisance && { ...nuisance, coefficients },
  };
}

const unitGain = (mask: Uint8Array): Float32Array =>
  Float32Array.from(mask, (masked) => (masked ? 0 : 1));

/** Shares and gain of a pixel become its strengths, which tell the same with gain 1. */
function asStrengths({ shares, gain, nuisance }: Maps, mask: Uint8Array): Maps {
  const order = shares.length / mask.length;
  return {
    shares: shares.map((v, i) => v * gain[Math.floor(i / order)]),
    gain: unitGain(mask),
    nuisance,
  };
}

/**
 * Scales and orders a solution. All endmembers get the same maximum over the included bands, chosen
 * so that the gain is 1 on average; they are ordered by falling mean share. With the rule `nnls` the maps are strengths: shares
 * times gain. With `fcls` the shares are fitted anew at that scale with gain 1.
 */
export async function modelOf(
  prepared: Prepared,
  solution: Omit<Solution, 'warnings'>,
  pace: Pace,
): Promise<Model> {
  const { kept, mask, excludedBands, options } = prepared;
  const bands = excludedBands.length;
  const order = options.endmembers;
  const heights = peakHeights(
    Float64Array.from(solution.endmembers),
    order,
    Float64Array.from(excludedBands, (out) => 1 - out),
  );
  const scaled = sharesOf(solution.weights, heights, mask);
  const typical =
    kept.reduce((sum, n) => sum + scaled.strength[n], 0) / kept.length || 1;
  const tall = solution.endmembers.map(
    (v, i) => (v * typical) / heights[Math.floor(i / bands)],
  );
  const free: Maps = {
    shares: scaled.shares,
    gain: scaled.strength.map((v) => v / typical),
    nuisance: solution.nuisance,
  };
  const fitted =
    options.abundances === 'fcls'
      ? await sumToOne(prepared, tall, solution.nuisance, pace)
      : options.abundances === 'nnls'
        ? asStrengths(free, mask)
        : free;
  const ranking = byArea(fitted.shares, order, kept);
  const endmembers = new Float32Array(tall.length);
  ranking.forEach((from, to) =>
    endmembers.set(tall.subarray(from * bands, (from + 1) * bands), to * bands),
  );
  const shares = Float32Array.from(
    fitted.shares,
    (_, i) => fitted.shares[i - (i % order) + ranking[i % order]],
  );
  return {
    ...fitted,
    endmembers,
    shares,
    names: ranking.map((from) => solution.names?.[from] ?? null),
  };
}

/** Scales, orders, names and judges a solution. */
export async function finish(
  prepared: Prepared,
  solution: Solution,
  pace: Pace,
): Promise<Unmixing> {
  const { cube, mask, excludedBands } = prepared;
  const model = await modelOf(prepared, solution, pace);
  return {
    width: cube.width,
    height: cube.height,
    axis: cube.axis,
    names: model.names.map((name, r) => name ?? endmemberName(r)),
    endmembers: model.endmembers,
    abundances: model.shares,
    gain: model.gain,
    nuisance: model.nuisance,
    mask,
    excludedBands,
    residual: await residualOf(prepared, model, pace),
    spread: null,
    negativeShare: solution.negativeShare,
  };
}
