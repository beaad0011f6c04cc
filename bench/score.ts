import { matchSpectra, spectralAngle } from '../src/spectral/metrics.js';
import type { Unmixing } from '../src/spectral/unmixing.js';

/** What is known of an image of N pixels. */
export interface Truth {
  /** R spectra. */
  readonly endmembers: readonly Float64Array[];
  /** N x R, rows sum to one. */
  readonly abundances: Float64Array;
  /** Bands and pixels that do not count. */
  readonly bandsOut: ReadonlySet<number>;
  readonly pixelsOut: ReadonlySet<number>;
}

export interface Score {
  /** Mean spectral angle over the pairs, radians. */
  readonly angle: number;
  /** Root mean square error of the shares of the pairs. */
  readonly rmse: number;
  /** Total variation of the maps found over that of the true ones: 1 as smooth, above 1 rougher. */
  readonly roughness: number;
  /** For each true endmember the number of its estimate, -1 where there are fewer estimates than materials. */
  readonly match: readonly number[];
  /** Spectral angle of each true endmember, NaN where it has no estimate. */
  readonly angles: readonly number[];
}

export type Scored = Pick<
  Unmixing,
  'width' | 'height' | 'axis' | 'endmembers' | 'abundances'
>;

/**
 * Pairs true endmembers with found ones by least sum of angles, one to one and as many as there are of either, and holds the pairs
 * against each other. Maps are compared as shares: each pixel divided by its sum.
 */
export function score(found: Scored, truth: Truth): Score {
  const { width, axis, endmembers } = found;
  const bands = axis.values.length;
  const counted = Array.from(axis.values.keys()).filter(
    (b) => !truth.bandsOut.has(b),
  );
  const estimates = Array.from({ length: endmembers.length / bands }, (_, r) =>
    counted.map((b) => endmembers[r * bands + b]),
  );
  const spectra = truth.endmembers.map((s) => counted.map((b) => s[b]));
  const match = matchEither(spectra, estimates);
  const angles = match.map((e, r) =>
    e < 0 ? NaN : spectralAngle(spectra[r], estimates[e]),
  );
  const shares = asShares(found.abundances, estimates.length);
  const pairs = Array.from(match.entries()).filter(([, e]) => e >= 0);
  let squares = 0;
  let pixels = 0;
  let roughFound = 0;
  let roughTrue = 0;
  for (let n = 0; n < shares.length / estimates.length; n++) {
    if (truth.pixelsOut.has(n)) continue;
    pixels++;
    const neighbours = [
      ...((n + 1) % width === 0 ? [] : [n + 1]),
      n + width,
    ].filter((m) => m < width * found.height && !truth.pixelsOut.has(m));
    for (const [r, e] of pairs) {
      const isNow = shares[n * estimates.length + e];
      const isTrue = truth.abundances[n * match.length + r];
      squares += (isNow - isTrue) ** 2;
      for (const m of neighbours) {
        roughFound += Math.abs(shares[m * estimates.length + e] - isNow);
        roughTrue += Math.abs(truth.abundances[m * match.length + r] - isTrue);
      }
    }
  }
  return {
    angle: pairs.reduce((sum, [r]) => sum + angles[r], 0) / pairs.length,
    rmse: Math.sqrt(squares / (pixels * pairs.length)),
    roughness: roughFound / roughTrue,
    match,
    angles,
  };
}

/** `matchSpectra` also where there are fewer estimates than true spectra; those without one get -1. */
function matchEither(spectra: number[][], estimates: number[][]): number[] {
  if (estimates.length >= spectra.length)
    return matchSpectra(spectra, estimates);
  const match = new Array<number>(spectra.length).fill(-1);
  matchSpectra(estimates, spectra).forEach((r, e) => (match[r] = e));
  return match;
}

function asShares(abundances: Float32Array, order: number): Float32Array {
  const shares = abundances.slice();
  for (let at = 0; at < shares.length; at += order) {
    let sum = 0;
    for (let r = 0; r < order; r++) sum += shares[at + r];
    if (sum > 0) for (let r = 0; r < order; r++) shares[at + r] /= sum;
  }
  return shares;
}
