import { medianInPlace } from '../spectral/order-statistics.js';
import type { Correct } from './each-spectrum.js';
import type { StepOf } from './steps.js';

/** Standard deviation of normal noise over the median of its magnitude. */
const perMedian = 1 / 0.6745;

/**
 * Hampel's identifier along the bands: a value further from the median of its window than `threshold` times the spread there
 * becomes that median. The spread is that of the window, so that the tip of a narrow band is no spike, and at least that
 * of the whole spectrum around its medians, so that a window that happens to be calm finds none in the noise.
 * @param onSpike hears how many values of a spectrum were replaced
 */
export function despike(
  bands: number,
  { threshold, reach }: StepOf<'spikes'>,
  onSpike: (count: number) => void,
): Correct {
  const from = new Float64Array(bands);
  const medians = new Float64Array(bands);
  const distances = new Float64Array(bands);
  const window = new Float64Array(2 * reach + 1);
  /** Median of up to `reach` values on either side of band b. */
  const around = (b: number, of: (i: number) => number): number => {
    const first = Math.max(0, b - reach);
    const last = Math.min(bands - 1, b + reach);
    for (let i = first; i <= last; i++) window[i - first] = of(i);
    return medianInPlace(window, last - first + 1);
  };
  return (spectrum) => {
    from.set(spectrum);
    for (let b = 0; b < bands; b++) {
      medians[b] = around(b, (i) => from[i]);
      distances[b] = Math.abs(from[b] - medians[b]);
    }
    const whole = medianInPlace(distances.slice());
    let found = 0;
    for (let b = 0; b < bands; b++) {
      const far = distances[b] / (threshold * perMedian);
      if (far <= whole || far === 0) continue;
      if (far <= around(b, (i) => Math.abs(from[i] - medians[b]))) continue;
      spectrum[b] = medians[b];
      found++;
    }
    if (found > 0) onSpike(found);
    return true;
  };
}
