import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import { paced } from './work.js';

/** What was done to values that are not finite, so that a correction need not know of them. */
export interface Gaps {
  /** One byte a pixel, 1 = nothing to correct: masked, or without any finite value. */
  readonly skip: Uint8Array;
  /** Makes the bridged values NaN again. */
  readonly reopen: () => void;
}

const isOdd = (value: number): boolean => value - value !== 0;

/** Puts a straight line over each gap, level at the ends; false when there is no finite value to start from. */
function bridge(spectrum: Float32Array, positions: Float64Array): boolean {
  const first = spectrum.findIndex((value) => !isOdd(value));
  if (first < 0) return false;
  spectrum.fill(spectrum[first], 0, first);
  let last = first;
  for (let b = first + 1; b < spectrum.length; b++) {
    if (isOdd(spectrum[b])) continue;
    const slope =
      (spectrum[b] - spectrum[last]) / (positions[b] - positions[last]);
    for (let gap = last + 1; gap < b; gap++)
      spectrum[gap] =
        spectrum[last] + slope * (positions[gap] - positions[last]);
    last = b;
  }
  spectrum.fill(spectrum[last], last + 1);
  return true;
}

/**
 * Bridges values that are not finite along the bands, in place, until `reopen` is called:
 * one of them then spoils neither its own spectrum nor the image.
 */
export async function bridgeGaps(
  { axis, data, mask, width, height }: Cube,
  pace: Pace,
): Promise<Gaps> {
  const bands = axis.values.length;
  const skip = mask?.slice() ?? new Uint8Array(width * height);
  const found: Uint32Array[] = [];
  await paced(skip.length, bands, pace, (n) => {
    if (skip[n]) return;
    const spectrum = data.subarray(n * bands, (n + 1) * bands);
    let odd = 0;
    for (let b = 0; b < bands; b++) if (isOdd(spectrum[b])) odd++;
    if (odd === 0) return;
    const gaps = new Uint32Array(odd);
    for (let b = 0; b < bands; b++)
      if (isOdd(spectrum[b])) gaps[--odd] = n * bands + b;
    if (bridge(spectrum, axis.values)) found.push(gaps);
    else skip[n] = 1;
  });
  return {
    skip,
    reopen: () => {
      for (const gaps of found) for (const i of gaps) data[i] = NaN;
    },
  };
}
