import type { Baseline } from './each-spectrum.js';
import type { StepOf } from './steps.js';
import { whittaker } from './whittaker.js';

/** What lies below the curve may be this share of the whole spectrum (Zhang et al. 2010). */
const enough = 1e-3;

/**
 * Adaptive iteratively reweighted penalised least squares (Zhang et al. 2010): what lies above the curve weighs
 * nothing, what lies below it the more the deeper it lies and the later the pass; the ends always weigh.
 */
export function airpls(
  bands: number,
  { smoothness, iterations }: Omit<StepOf<'airpls'>, 'kind' | 'on'>,
): Baseline {
  const smooth = whittaker(bands, smoothness);
  const w = new Float64Array(bands);
  return (y, z) => {
    w.fill(1);
    let whole = 0;
    for (let b = 0; b < bands; b++) whole += Math.abs(y[b]);
    for (let pass = 1; ; pass++) {
      smooth(y, w, z);
      let depth = 0;
      let shallowest = -Infinity;
      for (let b = 0; b < bands; b++) {
        const d = y[b] - z[b];
        if (d >= 0) continue;
        depth -= d;
        shallowest = Math.max(shallowest, d);
      }
      if (depth < enough * whole || depth === 0 || pass >= iterations) break;
      for (let b = 0; b < bands; b++) {
        const d = y[b] - z[b];
        w[b] = d >= 0 ? 0 : Math.exp((-pass * d) / depth);
      }
      w[0] = Math.exp((pass * shallowest) / depth);
      w[bands - 1] = w[0];
    }
  };
}
