import { addTransposedTimes, times, timesTransposed } from './dense.js';
import type { Pace } from '../spectral/pace.js';
import { determinant, inverse } from './small.js';

/** What the corners are judged by: pixels, and derivative rows of the subspace directions. */
export interface RefineProblem {
  /** Pixels x order, of about unit length. */
  readonly points: Float64Array;
  readonly count: number;
  readonly order: number;
  /** Penalty of negative weights at the end; less where the points are uncertain themselves. */
  readonly lastPenalty: number;
  readonly derivatives: readonly {
    readonly rows: Float64Array;
    readonly length: number;
  }[];
}

const steps = 300;
const learning = { first: 0.02, last: 0.001 };
/** Penalty of negative weights, falling over the first 60 % of the steps. */
const penalty = { first: 300, fallsUntil: 0.6 };
const sparsity = 0.2;
const weightScale = 0.02;
const derivativeScale = 0.1;

/** log mean(√(v² + s²) - .9 s) of column i, and its gradient added to `gradient` times `factor`. */
function logSmoothAbsolute(
  values: Float64Array,
  gradient: Float64Array,
  count: number,
  order: number,
  scale: number,
  factor: number,
): number {
  let total = 0;
  for (let i = 0; i < order; i++) {
    let mean = 0;
    for (let n = i; n < count * order; n += order)
      mean += Math.sqrt(values[n] ** 2 + scale ** 2) - 0.9 * scale;
    total += factor * Math.log(mean / count);
    for (let n = i; n < count * order; n += order)
      gradient[n] +=
        (factor * values[n]) / Math.sqrt(values[n] ** 2 + scale ** 2) / mean;
  }
  return total;
}

/** Cost of the corners (rows of `corners`, order x order, unit length) and its gradient. */
export function judgeCorners(
  { points, count, order, derivatives }: Omit<RefineProblem, 'lastPenalty'>,
  corners: Float64Array,
  negativePenalty: number,
): { cost: number; gradient: Float64Array } {
  const turned = inverse(corners, order, 0);
  const weights = times(points, count, turned, order, order);
  const slope = new Float64Array(weights.length);
  let cost = logSmoothAbsolute(
    weights,
    slope,
    count,
    order,
    weightScale,
    sparsity,
  );
  for (let i = 0; i < weights.length; i++)
    if (weights[i] < 0) {
      cost += (negativePenalty / count) * weights[i] ** 2;
      slope[i] += ((2 * negativePenalty) / count) * weights[i];
    }
  cost += sparsity * Math.log(Math.abs(determinant(corners, order)));
  // Weights W = Z C⁻¹ with slope S = dF/dW give dF/dC = -Wᵀ S C⁻ᵀ.
  const products = addTransposedTimes(
    weights,
    order,
    slope,
    order,
    count,
    new Float64Array(order * order),
  );
  const gradient = timesTransposed(products, order, turned, order, order);
  for (let i = 0; i < order; i++)
    for (let k = 0; k < order; k++)
      gradient[i * order + k] =
        sparsity * turned[k * order + i] - gradient[i * order + k];
  for (const derivative of derivatives)
    cost += judgeDerivative(derivative, corners, order, gradient);
  return { cost, gradient };
}

function judgeDerivative(
  { rows, length }: RefineProblem['derivatives'][number],
  corners: Float64Array,
  order: number,
  gradient: Float64Array,
): number {
  const share = 0.5;
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
  cost += logSmoothAbsolute(
    values,
    slope,
    length,
    order,
    derivativeScale,
    share,
  );
  const along = new Float64Array(order);
  for (let i = 0; i < values.length; i++)
    along[i % order] += (slope[i] * values[i]) / length;
  for (let i = 0; i < values.length; i++)
    slope[i] = (slope[i] - along[i % order] * values[i]) / rms[i % order];
  const back = addTransposedTimes(
    slope,
    order,
    rows,
    order,
    length,
    new Float64Array(order * order),
  );
  for (let i = 0; i < gradient.length; i++) gradient[i] += back[i];
  return cost;
}

function normaliseRows(rows: Float64Array, order: number): void {
  for (let i = 0; i < order; i++) {
    let squares = 0;
    for (let k = 0; k < order; k++) squares += rows[i * order + k] ** 2;
    for (let k = 0; k < order; k++) rows[i * order + k] /= Math.sqrt(squares);
  }
}

/**
 * Moves the corners of a simplex of full rank to where weights are non-negative and sparse, the simplex is small,
 * and derivative spectra are sparse and independent; Adam on the unit rows.
 * @param start order x order
 * @returns order x order, unit rows
 */
export async function refineCorners(
  problem: RefineProblem,
  start: Float64Array,
  pace: Pace,
  stop?: AbortSignal,
): Promise<Float64Array> {
  const { order } = problem;
  const corners = start.slice();
  normaliseRows(corners, order);
  const first = new Float64Array(corners.length);
  const second = new Float64Array(corners.length);
  for (let step = 1; step <= steps && !stop?.aborted; step++) {
    const done = (step - 1) / steps;
    const weight =
      penalty.first *
      (problem.lastPenalty / penalty.first) **
        Math.min(1, done / penalty.fallsUntil);
    const { gradient } = judgeCorners(problem, corners, weight);
    const rate =
      learning.last +
      (learning.first - learning.last) * 0.5 * (1 + Math.cos(Math.PI * done));
    for (let i = 0; i < corners.length; i++) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] ** 2;
      corners[i] -=
        (rate * (first[i] / (1 - 0.9 ** step))) /
        (Math.sqrt(second[i] / (1 - 0.999 ** step)) + 1e-8);
    }
    normaliseRows(corners, order);
    await pace();
  }
  return corners;
}
