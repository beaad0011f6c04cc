import { medianInPlace } from '../algorithms/order-statistics.js';
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
  const size = Math.min(bands, 2 * reach + 1);
  const window = new Float64Array(size);
  /** Median over the window around band b, which at the ends is the first or the last full one. */
  const around = (b: number, of: (i: number) => number): number => {
    const first = Math.max(0, Math.min(bands - size, b - reach));
    for (let k = 0; k < size; k++) window[k] = of(first + k);
    return medianInPlace(window);
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
