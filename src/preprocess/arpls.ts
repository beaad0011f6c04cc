import type { Baseline } from './each-spectrum.js';
import type { StepOf } from './steps.js';
import { whittaker } from './whittaker.js';

/**
 * Asymmetrically reweighted penalised least squares (Baek et al. 2015): a value weighs by a logistic function of its
 * distance to the curve, whose place and width are those of the noise below the curve, until the weights stay.
 */
export function arpls(
  bands: number,
  { smoothness, tolerance, iterations }: Omit<StepOf<'arpls'>, 'kind' | 'on'>,
): Baseline {
  const smooth = whittaker(bands, smoothness);
  const w = new Float64Array(bands);
  return (y, z) => {
    w.fill(1);
    for (let pass = 0; pass < iterations; pass++) {
      smooth(y, w, z);
      const { mean, deviation } = below(y, z);
      if (!(deviation > 0)) break;
      const middle = 2 * deviation - mean;
      const steepness = 2 / deviation;
      let change = 0;
      let size = 0;
      for (let b = 0; b < bands; b++) {
        const weight = 1 / (1 + Math.exp(steepness * (y[b] - z[b] - middle)));
        change += (w[b] - weight) ** 2;
        size += w[b] ** 2;
        w[b] = weight;
      }
      if (change < tolerance ** 2 * size) break;
    }
  };
}

/** Mean and standard deviation (n - 1) of the values below the curve, taken from it; 0 where there are fewer than two. */
function below(
  y: Float64Array,
  z: Float64Array,
): { readonly mean: number; readonly deviation: number } {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let b = 0; b < y.length; b++) {
    const d = y[b] - z[b];
    if (d >= 0) continue;
    count++;
    sum += d;
    squares += d * d;
  }
  if (count < 2) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  const variance = (squares - count * mean * mean) / (count - 1);
  return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
}
