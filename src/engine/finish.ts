import { peakHeights } from '../algorithms/heights.js';
import type { Pace } from '../spectral/pace.js';
import {
  type Nuisance,
  type Unmixing,
  endmemberName,
} from '../spectral/unmixing.js';
import { fitShares } from './fit-shares.js';
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
export type Maps = Pick<Model, 'shares' | 'gain' | 'nuisance'>;

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
 * Maps under the rule of the options.
 * @param free shares that sum to one, with the gain
 */
export async function mapsByRule(
  prepared: Prepared,
  endmembers: Float32Array,
  free: Maps,
  pace: Pace,
): Promise<Maps> {
  const { mask, options } = prepared;
  switch (options.abundances) {
    case 'scaled':
      return free;
    case 'nnls':
      return asStrengths(free, mask);
    case 'fcls': {
      const { weights, nuisance } = await fitShares(
        prepared,
        endmembers,
        free.nuisance,
        true,
        pace,
      );
      return { shares: weights, gain: unitGain(mask), nuisance };
    }
  }
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
  const fitted = await mapsByRule(prepared, tall, free, pace);
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
  const model = await modelOf(prepared, solution, pace);
  return judged(prepared, model, solution.negativeShare, pace);
}

/** A model as an unmixing, with what it leaves of the data. */
export async function judged(
  prepared: Prepared,
  model: Model,
  negativeShare: Unmixing['negativeShare'],
  pace: Pace,
): Promise<Unmixing> {
  const { cube, mask, excludedBands } = prepared;
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
    negativeShare,
  };
}
