import { addTransposedTimes, times, timesTransposed } from './dense.js';
import { determinant, inverse } from './small.js';

/** Second differences of the subspace directions along the bands: one row a band, length x order. */
export interface DerivativeProblem {
  readonly rows: Float64Array;
  readonly length: number;
}

/** Weight of either term, and where the modulus of a derivative spectrum of unit root mean square is rounded. */
const share = 0.5;
const rounding = 0.1;

/**
 * How far the derivative spectra of the corners are from sparse and independent: Σ log mean|y| - ½ log det corr y, each y of
 * unit root mean square.
 * @param corners order x order, rows
 * @param gradient order x order, takes the slope by the corners
 */
export function judgeDerivatives(
  { rows, length }: DerivativeProblem,
  corners: Float64Array,
  order: number,
  gradient: Float64Array,
): number {
  const values = timesTransposed(rows, length, corners, order, order);
  const rms = new Float64Array(order);
  for (let i = 0; i < values.length; i++)
    rms[i % order] += values[i] ** 2 / length;
  for (let i = 0; i < order; i++) rms[i] = Math.sqrt(rms[i]) || 1;
  for (let i = 0; i < values.length; i++) values[i] /= rms[i % order];
  const correlation = addTransposedTimes(
    values,
    order,
    values,
    order,
    length,
    new Float64Array(order * order),
  ).map((v) => v / length);
  const slope = times(
    values,
    length,
    inverse(correlation, order).map((v) => (-share * v) / length),
    order,
    order,
  );
  let cost = -0.5 * share * Math.log(Math.abs(determinant(correlation, order)));
  const sizes = values.map((v) => Math.sqrt(v * v + rounding * rounding));
  const mean = new Float64Array(order);
  for (let i = 0; i < sizes.length; i++)
    mean[i % order] += (sizes[i] - 0.9 * rounding) / length;
  for (let i = 0; i < order; i++) cost += share * Math.log(mean[i]);
  const along = new Float64Array(order);
  for (let i = 0; i < values.length; i++) {
    slope[i] += (share * values[i]) / sizes[i] / mean[i % order] / length;
    along[i % order] += (slope[i] * values[i]) / length;
  }
  for (let i = 0; i < values.length; i++)
    slope[i] = (slope[i] - along[i % order] * values[i]) / rms[i % order];
  addTransposedTimes(slope, order, rows, order, length, gradient);
  return cost;
}
