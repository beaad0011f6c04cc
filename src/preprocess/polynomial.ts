import type { SpectralAxis } from '../spectral/axis.js';
import { orthonormalRows } from '../algorithms/dense.js';
import type { Baseline } from './each-spectrum.js';
import type { StepOf } from './steps.js';

/** Share of its size by which a curve may still change. */
const settled = 1e-3;

/**
 * Modified polynomial fit (Lieber & Mahadevan-Jansen 2003): what lies above the fit is cut down to it, and fitted
 * again, until the fit stays.
 */
export function polynomial(
  { values }: SpectralAxis,
  { degree, iterations }: Omit<StepOf<'polynomial'>, 'kind' | 'on'>,
): Baseline {
  const bands = values.length;
  const terms = orthonormalPolynomials(values, degree);
  const low = new Float64Array(bands);
  const fit = new Float64Array(terms.length / bands);
  const next = fit.slice();
  return (y, z) => {
    low.set(y);
    fit.fill(0);
    for (let pass = 0; pass < iterations; pass++) {
      project(terms, low, next);
      // The polynomials are orthonormal, so curves are as far apart as their coefficients.
      let change = 0;
      let size = 0;
      for (let k = 0; k < fit.length; k++) {
        change += (next[k] - fit[k]) ** 2;
        size += next[k] ** 2;
        fit[k] = next[k];
      }
      combine(terms, fit, z);
      if (change <= settled ** 2 * size) break;
      for (let b = 0; b < bands; b++) if (z[b] < low[b]) low[b] = z[b];
    }
  };
}

/** Polynomials orthonormal over the bands, degree after degree, and zeros up to a multiple of four of them. */
function orthonormalPolynomials(
  values: Float64Array,
  degree: number,
): Float64Array {
  const bands = values.length;
  const first = values[0];
  const span = values[bands - 1] - first || 1;
  const powers = new Float64Array((degree + 1) * bands);
  for (let b = 0; b < bands; b++) {
    const t = (2 * (values[b] - first)) / span - 1;
    for (let k = 0; k <= degree; k++) powers[k * bands + b] = t ** k;
  }
  const { rows, count } = orthonormalRows(powers, degree + 1, bands);
  const terms = new Float64Array(4 * Math.ceil(count / 4) * bands);
  terms.set(rows);
  return terms;
}

/** Products of each row with `values`, four rows at a time in registers. */
function project(
  rows: Float64Array,
  values: Float64Array,
  out: Float64Array,
): void {
  const length = values.length;
  for (let k = 0; k < out.length; k += 4) {
    const r0 = k * length;
    const r1 = r0 + length;
    const r2 = r1 + length;
    const r3 = r2 + length;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let p3 = 0;
    for (let b = 0; b < length; b++) {
      const value = values[b];
      p0 += rows[r0 + b] * value;
      p1 += rows[r1 + b] * value;
      p2 += rows[r2 + b] * value;
      p3 += rows[r3 + b] * value;
    }
    out[k] = p0;
    out[k + 1] = p1;
    out[k + 2] = p2;
    out[k + 3] = p3;
  }
}

/** Sum of the rows times their factors, four rows at a time. */
function combine(
  rows: Float64Array,
  factors: Float64Array,
  out: Float64Array,
): void {
  const length = out.length;
  for (let k = 0; k < factors.length; k += 4) {
    const r0 = k * length;
    const r1 = r0 + length;
    const r2 = r1 + length;
    const r3 = r2 + length;
    const f0 = factors[k];
    const f1 = factors[k + 1];
    const f2 = factors[k + 2];
    const f3 = factors[k + 3];
    for (let b = 0; b < length; b++) {
      const sum =
        rows[r0 + b] * f0 +
        rows[r1 + b] * f1 +
        rows[r2 + b] * f2 +
        rows[r3 + b] * f3;
      out[b] = k === 0 ? sum : out[b] + sum;
    }
  }
}
