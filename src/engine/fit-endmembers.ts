import { peakHeights } from '../algorithms/heights.js';
import type { Pace } from '../spectral/pace.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { judged, mapsByRule } from './finish.js';
import { fitShares } from './fit-shares.js';
import { sharesOf } from './shares.js';
import { smoothMaps } from './smooth-maps.js';
import type { Prepared } from './steps.js';

/**
 * Spectra at one height over the bands that count; those at it already stay as they are.
 * @param spectra R x L
 * @param height the greatest of theirs when left out
 */
export function atOneHeight(
  spectra: Float32Array,
  excludedBands: Uint8Array,
  height?: number,
): Float32Array {
  const bands = excludedBands.length;
  const heights = heightsOf(spectra, excludedBands);
  const to = height ?? Math.max(...heights);
  return spectra.map((v, i) => {
    const factor = to / heights[Math.floor(i / bands)];
    return Math.abs(factor - 1) < 1e-6 ? v : v * factor;
  });
}

export const heightsOf = (
  spectra: Float32Array,
  excludedBands: Uint8Array,
): Float64Array =>
  peakHeights(
    Float64Array.from(spectra),
    spectra.length / excludedBands.length,
    Float64Array.from(excludedBands, (out) => 1 - out),
  );

/**
 * Maps of given endmembers, with the rule, nuisance terms and excluded bands of a run, and what that leaves of the data. Unlike a
 * run it keeps order and height of the endmembers: spectra that stay are the same to the last digit.
 * @param prepared by the options of the run
 * @param endmembers R x L in the unit of the data, R at least 1
 * @param names R
 * @throws `signal.reason` of the pace
 */
export async function fitEndmembers(
  prepared: Prepared,
  endmembers: Float32Array,
  names: readonly string[],
  pace: Pace,
): Promise<Unmixing> {
  const { mask, excludedBands, options, cube } = prepared;
  const spectra = atOneHeight(endmembers, excludedBands);
  const order = names.length;
  const heights = heightsOf(spectra, excludedBands);
  const fitted = await fitShares(
    prepared,
    spectra,
    prepared.nuisance,
    false,
    pace,
  );
  const { nuisance } = fitted;
  const included = excludedBands.filter((out) => !out).length;
  const below = spectra.filter(
    (v, i) => v < 0 && !excludedBands[i % cube.axis.values.length],
  ).length;
  const negativeShare = {
    endmembers: below / (order * included),
    abundances: fitted.negative,
  };
  const { weights } =
    options.preset === 'network'
      ? smoothMaps(prepared, {
          endmembers: spectra,
          weights: fitted.weights,
          nuisance,
          negativeShare,
          warnings: [],
        })
      : fitted;
  const { shares, strength } = sharesOf(weights, heights, mask);
  const height = Math.max(...heights);
  const maps = await mapsByRule(
    prepared,
    spectra,
    { shares, gain: strength.map((v) => v / height), nuisance },
    pace,
  );
  return judged(
    prepared,
    { ...maps, endmembers: spectra, names },
    negativeShare,
    pace,
  );
}
