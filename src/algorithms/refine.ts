import { judgeDerivatives, type DerivativeProblem } from './derivative-cost.js';
import { addTransposedTimes, times, timesTransposed } from './dense.js';
import type { Pace } from '../spectral/pace.js';
import { inverse } from './small.js';
import { judgeSpectra, type SpectraProblem } from './spectra-cost.js';

/** What the corners are judged by: pixels, derivative spectra, and spectra. */
export interface RefineProblem {
  /** Pixels x order, of about unit length. */
  readonly points: Float64Array;
  readonly count: number;
  readonly order: number;
  /** Penalty of negative weights at the end; less where the points are uncertain themselves. */
  readonly lastPenalty: number;
  readonly derivatives: readonly DerivativeProblem[];
  readonly spectra: SpectraProblem;
}

const steps = 250;
const learning = { first: 0.03, last: 0.001 };
/** Penalty of negative weights, falling over the first 60 % of the steps. */
const penalty = { first: 300, fallsUntil: 0.6 };
/** Weights nearer to zero than this count as none, and how much fewer of others are worth. */
const weightScale = 0.02;
const sparsity = 0.1;

/**
 * What weights W = Z C⁻¹ of the pixels cost: Σ_r mean(μ min(w, 0)² + sparsity · log(1 + (w/s)²)), and its slope dF/dC = -Wᵀ S C⁻ᵀ
 * added to `gradient`, S = dF/dW.
 */
function judgeWeights(
  { points, count, order }: RefineProblem,
  corners: Float64Array,
  negativePenalty: number,
  gradient: Float64Array,
): number {
  const turned = inverse(corners, order, 0);
  const weights = times(points, count, turned, order, order);
  const slope = new Float64Array(weights.length);
  let cost = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i];
    const square = w * w + weightScale * weightScale;
    cost += sparsity * Math.log(square / (weightScale * weightScale));
    slope[i] = (2 * sparsity * w) / square / count;
    if (w < 0) {
      cost += negativePenalty * w * w;
      slope[i] += (2 * negativePenalty * w) / count;
    }
  }
  const products = addTransposedTimes(
    weights,
    order,
    slope,
    order,
    count,
    new Float64Array(order * order),
  );
  const back = timesTransposed(products, order, turned, order, order);
  for (let i = 0; i < back.length; i++) gradient[i] -= back[i];
  return cost / count;
}

/**
 * Cost of the corners (rows of `corners`, order x order, unit length) and its gradient.
 * @param amounts order x terms of the spectra; see `judgeSpectra`
 */
export function judgeCorners(
  problem: RefineProblem,
  corners: Float64Array,
  negativePenalty: number,
  amounts: Float64Array,
  fresh: boolean,
): { cost: number; gradient: Float64Array } {
  const { order, derivatives, spectra } = problem;
  const gradient = new Float64Array(order * order);
  let cost = judgeWeights(problem, corners, negativePenalty, gradient);
  for (const derivative of derivatives)
    cost += judgeDerivatives(derivative, corners, order, gradient);
  cost += judgeSpectra(spectra, corners, order, amounts, fresh, gradient);
  return { cost, gradient };
}

function normaliseRows(rows: Float64Array, order: number): void {
  for (let i = 0; i < order; i++) {
    let squares = 0;
    for (let k = 0; k < order; k++) squares += rows[i * order + k] ** 2;
    for (let k = 0; k < order; k++) rows[i * order + k] /= Math.sqrt(squares);
  }
}

/**
 * Moves the corners of a simplex of full rank to where weights are non-negative and mostly none, derivative spectra are
 * sparse and independent, and spectra non-negative and of little area. Adam on the unit rows, each step told in the
 * corners of the moment (relative gradient, Cardoso & Laheld 1996): in coordinates of the data, whose directions
 * differ in strength a hundredfold, it does not arrive.
 * @param start order x order
 * @returns order x order, unit rows, and what they cost at the last penalty
 */
export async function refineCorners(
  problem: RefineProblem,
  start: Float64Array,
  pace: Pace,
  stop?: AbortSignal,
): Promise<{ readonly corners: Float64Array; readonly cost: number }> {
  const { order, lastPenalty, spectra } = problem;
  const corners = start.slice();
  normaliseRows(corners, order);
  const amounts = new Float64Array(
    (order * spectra.terms.length) / spectra.length,
  );
  const first = new Float64Array(corners.length);
  const second = new Float64Array(corners.length);
  for (let step = 1; step <= steps && !stop?.aborted; step++) {
    const done = (step - 1) / steps;
    const weight =
      penalty.first *
      (lastPenalty / penalty.first) ** Math.min(1, done / penalty.fallsUntil);
    const { gradient } = judgeCorners(
      problem,
      corners,
      weight,
      amounts,
      step === 1,
    );
    const relative = timesTransposed(gradient, order, corners, order, order);
    const rate =
      learning.last +
      (learning.first - learning.last) * 0.5 * (1 + Math.cos(Math.PI * done));
    const move = relative.map((slope, i) => {
      first[i] = 0.9 * first[i] + 0.1 * slope;
      second[i] = 0.999 * second[i] + 0.001 * slope ** 2;
      return (
        (rate * (first[i] / (1 - 0.9 ** step))) /
        (Math.sqrt(second[i] / (1 - 0.999 ** step)) + 1e-8)
      );
    });
    const moved = times(move, order, corners, order, order);
    for (let i = 0; i < corners.length; i++) corners[i] -= moved[i];
    normaliseRows(corners, order);
    await pace();
  }
  const { cost } = judgeCorners(problem, corners, lastPenalty, amounts, true);
  return { corners, cost };
}
