import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import { bridgeGaps } from './gaps.js';
import { paced } from './work.js';

/** Corrects one finite spectrum in place; false when it had to leave it as it was. */
export type Correct = (spectrum: Float32Array) => boolean;

/** A curve below a spectrum: reads the first, writes the second, both of one value a band. */
export type Baseline = (spectrum: Float64Array, baseline: Float64Array) => void;

/** Takes the baseline of each spectrum off it. */
export function subtract(baseline: Baseline, bands: number): Correct {
  const from = new Float64Array(bands);
  const curve = new Float64Array(bands);
  return (spectrum) => {
    from.set(spectrum);
    baseline(from, curve);
    for (let b = 0; b < bands; b++) spectrum[b] = from[b] - curve[b];
    return true;
  };
}

/**
 * Corrects the spectra of all pixels that are not masked in place, one by one; values that are not finite are NaN afterwards.
 * @returns how many spectra could not be corrected
 */
export async function eachSpectrum(
  cube: Cube,
  correct: Correct,
  pace: Pace,
): Promise<number> {
  const bands = cube.axis.values.length;
  const { skip, reopen } = await bridgeGaps(cube, pace);
  let left = 0;
  await paced(skip.length, bands, pace, (n) => {
    if (!skip[n] && !correct(cube.data.subarray(n * bands, (n + 1) * bands)))
      left++;
  });
  reopen();
  return left;
}
