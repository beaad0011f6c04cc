import { weightSolver } from '../algorithms/abundances.js';
import { addTransposedTimes, timesTransposed } from '../algorithms/dense.js';
import { inverse } from '../algorithms/small.js';
import { forEachBlock } from '../algorithms/subspace.js';
import type { Pace } from '../spectral/pace.js';
import type { Prepared } from './steps.js';

export interface UnscaledFit {
  /** R x L in the unit of the data, non-negative. */
  readonly endmembers: Float32Array;
  /** One overall strength for each of the pixels given. */
  readonly gain: Float64Array;
  /** Share of negative values before the constraint, 0 to 1. */
  readonly negativeShare: number;
}

/**
 * Endmembers for given shares on the data as measured: x_n ≈ gain_n Σ_r a_nr s_r with s ≥ 0, by turns least squares for s (non-negative,
 * band by band) and for the gains, which an angle cannot tell.
 * @param shares N x R of the whole image
 * @param pixels those that take part
 */
export async function fitUnscaled(
  { cube, excludedBands }: Prepared,
  shares: Float32Array,
  pixels: Uint32Array,
  rounds: number,
  pace: Pace,
): Promise<UnscaledFit> {
  const bands = excludedBands.length;
  const order = shares.length / (cube.width * cube.height);
  const source = {
    cube,
    pixels,
    bands: Uint32Array.from(excludedBands.keys()),
    weights: new Float64Array(bands).fill(1),
  };
  const gain = new Float64Array(pixels.length).fill(1);
  let spectra = new Float64Array(0);
  let negative = 0;
  for (let round = 0; round < rounds; round++) {
    const gram = new Float64Array(order * order);
    const targets = new Float64Array(order * bands);
    const counted = spectra.map((v, i) => (excludedBands[i % bands] ? 0 : v));
    const products = timesTransposed(counted, order, counted, order, bands);
    await forEachBlock(source, pace, (block, rows, first) => {
      const weights = new Float64Array(rows * order);
      const along =
        round > 0 && timesTransposed(block, rows, counted, order, bands);
      for (let i = 0; i < rows; i++) {
        const at = pixels[first + i] * order;
        const share = shares.subarray(at, at + order);
        if (along)
          gain[first + i] = strength(
            share,
            along.subarray(i * order, (i + 1) * order),
            products,
          );
        for (let r = 0; r < order; r++)
          weights[i * order + r] = gain[first + i] * share[r];
      }
      addTransposedTimes(weights, order, weights, order, rows, gram);
      addTransposedTimes(weights, order, block, bands, rows, targets);
    });
    ({ spectra, negative } = solveBands(gram, targets, order));
  }
  return {
    endmembers: Float32Array.from(spectra),
    gain,
    negativeShare: negative,
  };
}

/** The gain that brings Σ a_r s_r closest to a pixel, from the products of spectra with the pixel and with each other. */
function strength(
  share: Float32Array,
  along: Float64Array,
  products: Float64Array,
): number {
  let xy = 0;
  let yy = 0;
  for (let r = 0; r < share.length; r++) {
    xy += share[r] * along[r];
    for (let q = 0; q < share.length; q++)
      yy += share[r] * share[q] * products[r * share.length + q];
  }
  return yy > 0 ? Math.max(0, xy / yy) : 0;
}

function solveBands(
  gram: Float64Array,
  targets: Float64Array,
  order: number,
): { spectra: Float64Array<ArrayBuffer>; negative: number } {
  const bands = targets.length / order;
  const solve = weightSolver(gram, order);
  const free = inverse(gram, order, 1e-9);
  const spectra = new Float64Array(targets.length);
  const target = new Float64Array(order);
  const column = new Float64Array(order);
  let below = 0;
  for (let b = 0; b < bands; b++) {
    for (let r = 0; r < order; r++) target[r] = targets[r * bands + b];
    for (let r = 0; r < order; r++) {
      let value = 0;
      for (let q = 0; q < order; q++) value += free[r * order + q] * target[q];
      if (value < 0) below++;
    }
    solve(target, column);
    for (let r = 0; r < order; r++) spectra[r * bands + b] = column[r];
  }
  return { spectra, negative: below / targets.length };
}
