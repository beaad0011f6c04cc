import type { Baseline } from './each-spectrum.js';
import type { StepOf } from './steps.js';
import { whittaker } from './whittaker.js';

/**
 * Asymmetric least squares (Eilers & Boelens 2005): a Whittaker curve in which values above it weigh p and values
 * below it 1 - p, found by repeated fits until the weights stay.
 */
export function als(
  bands: number,
  { smoothness, asymmetry: p, iterations }: Omit<StepOf<'als'>, 'kind' | 'on'>,
): Baseline {
  const smooth = whittaker(bands, smoothness);
  const w = new Float64Array(bands);
  return (y, z) => {
    w.fill(1);
    for (let pass = 0; pass < iterations; pass++) {
      smooth(y, w, z);
      let changed = false;
      for (let b = 0; b < bands; b++) {
        const weight = y[b] > z[b] ? p : 1 - p;
        if (weight !== w[b]) changed = true;
        w[b] = weight;
      }
      if (!changed) break;
    }
  };
}
