import { times, timesTransposed } from './dense.js';
import { inverse } from './small.js';

/** Spectra of the subspace directions in the unit of the data, and what was projected out of them. */
export interface SpectraProblem {
  /** Order x length. */
  readonly rows: Float64Array;
  readonly length: number;
  /** Baseline, fringes and gas over the same bands, terms x length: any amount of them may be in an endmember. */
  readonly terms: Float64Array;
}

/** A spectrum of height 1 may reach so far below zero. */
const margin = 0.01;
const negativePenalty = 1000;
/** Weight of the mean height of the spectrum, and where the modulus is rounded. */
const areaPenalty = 1;
const rounding = 0.01;
/** Rounds of re-weighted least squares for the amounts: many at first, and few from where the last step left them. */
const rounds = { first: 15, next: 2 };

/** What each band of a spectrum costs: weights of a quadratic through the value, for re-weighted least squares. */
function pulls(value: number): { below: number; area: number } {
  return {
    below: value < -margin ? 2 * negativePenalty : 0,
    area: areaPenalty / Math.sqrt(value * value + rounding * rounding),
  };
}

/** Moves the amounts to where the spectrum with them costs least; each round lowers the cost, which is convex in them. */
function settle(
  spectrum: Float64Array,
  terms: Float64Array,
  amounts: Float64Array,
  most: number,
): void {
  const length = spectrum.length;
  const count = amounts.length;
  if (count === 0) return;
  for (let round = 0; round < most; round++) {
    const value = times(amounts, 1, terms, count, length);
    const weighted = new Float64Array(terms.length);
    const right = new Float64Array(count);
    for (let b = 0; b < length; b++) {
      const { below, area } = pulls(spectrum[b] + value[b]);
      const wanted = -below * (margin + spectrum[b]) - area * spectrum[b];
      for (let m = 0; m < count; m++) {
        right[m] += wanted * terms[m * length + b];
        weighted[m * length + b] = (below + area) * terms[m * length + b];
      }
    }
    const system = timesTransposed(weighted, count, terms, count, length);
    amounts.set(times(inverse(system, count, 1e-9), count, right, count, 1));
  }
}

/**
 * How far the spectra of the corners are from being non-negative with little area, each scaled to height 1 and with whatever
 * amount of baseline, fringes and gas suits it best.
 * @param corners order x order, rows
 * @param amounts order x terms, where the last call left them; settled anew in place, thoroughly when `fresh`
 * @param gradient order x order, takes the slope by the corners: the amounts are at their best, and their slopes zero
 */
export function judgeSpectra(
  { rows, length, terms }: SpectraProblem,
  corners: Float64Array,
  order: number,
  amounts: Float64Array,
  fresh: boolean,
  gradient: Float64Array,
): number {
  const count = terms.length / length;
  const spectra = times(corners, order, rows, order, length);
  const slopes = new Float64Array(spectra.length);
  let cost = 0;
  for (let r = 0; r < order; r++) {
    const spectrum = spectra.subarray(r * length, (r + 1) * length);
    const own = amounts.subarray(r * count, (r + 1) * count);
    const pulled = slopes.subarray(r * length, (r + 1) * length);
    let top = 0;
    for (let b = 0; b < length; b++)
      if (Math.abs(spectrum[b]) > Math.abs(spectrum[top])) top = b;
    const peak = spectrum[top];
    if (peak === 0) continue;
    const height = Math.abs(peak);
    for (let b = 0; b < length; b++) spectrum[b] /= height;
    settle(spectrum, terms, own, fresh ? rounds.first : rounds.next);
    const added = times(own, 1, terms, count, length);
    let along = 0;
    for (let b = 0; b < length; b++) {
      const value = spectrum[b] + added[b];
      const short = Math.max(0, -value - margin);
      const size = Math.sqrt(value * value + rounding * rounding);
      cost += (negativePenalty * short * short + areaPenalty * size) / length;
      const pull =
        ((areaPenalty * value) / size - 2 * negativePenalty * short) / length;
      pulled[b] = pull / height;
      along += (pull * spectrum[b]) / height;
    }
    pulled[top] -= Math.sign(peak) * along;
  }
  const slope = timesTransposed(slopes, order, rows, order, length);
  for (let i = 0; i < slope.length; i++) gradient[i] += slope[i];
  return cost;
}
