import { bandNoise } from '../algorithms/noise.js';
import { median } from '../algorithms/order-statistics.js';
import type { WeightedSpectra } from '../algorithms/subspace.js';
import { checkCube, type Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import type { UnmixOptions } from './options.js';
import {
  aboveNoise,
  countSignal,
  removeNuisance,
  type Whitened,
} from './remove-nuisance.js';
import { excludeBands, keepPixels } from './usable.js';

/** A cube with white noise and without baseline, fringes and gas; whatever the number of endmembers. */
export interface WhitenedCube extends Whitened {
  /** One byte a pixel, 1 = left out. */
  readonly mask: Uint8Array;
  /** One byte a band, 1 = left out. */
  readonly excludedBands: Uint8Array;
  /** Noise standard deviation of each band, unit of the data. */
  readonly noise: Float32Array;
  /** Standard deviation of the noise in every whitened band. */
  readonly level: number;
  /** Singular values, largest first, in units of the noise edge. */
  readonly above: Float64Array;
  /** How many of them stand above it. */
  readonly significantRank: number;
}

/**
 * Finds bad pixels, noise, whitening weights, nuisance terms, the subspace of the signal and its rank.
 * @param warnings takes what was left out, as sentences
 * @throws UnmixingError `input` when there are too few usable pixels or bands
 */
export async function whiten(
  cube: Cube,
  options: UnmixOptions,
  warnings: string[],
  pace: Pace,
  onProgress?: (fraction: number) => void,
): Promise<WhitenedCube> {
  checkCube(cube);
  await pace();
  const { mask, kept } = keepPixels(cube, options, warnings);
  await pace();
  const excludedBands = excludeBands(cube, kept, options, warnings);
  await pace();
  const noise = await bandNoise(cube, mask, pace);
  await pace();
  onProgress?.(0.15);
  const included = Uint32Array.from(excludedBands, (_, b) => b).filter(
    (b) => !excludedBands[b],
  );
  const level = median(Float64Array.from(included, (b) => noise[b]));
  const source: WeightedSpectra = {
    cube,
    pixels: kept,
    bands: included,
    weights: Float64Array.from(included, (b) => level / noise[b]),
  };
  const whitened = await removeNuisance(source, level, pace, (fraction) =>
    onProgress?.(0.15 + 0.7 * fraction),
  );
  const above = aboveNoise(
    whitened.space.values,
    kept.length,
    included.length,
    level,
  );
  return {
    ...whitened,
    mask,
    excludedBands,
    noise,
    level,
    above,
    significantRank: countSignal(above),
  };
}
