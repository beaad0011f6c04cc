import {
  derivativeRows,
  independentDirections,
  takeOutColumns,
} from '../algorithms/derivative-ica.js';
import type { Pace } from '../spectral/pace.js';
import { refineCorners } from '../algorithms/refine.js';
import { inverse } from '../algorithms/small.js';
import type { Random } from '../spectral/random.js';
import { candidates, someCandidates, type Points } from './extract.js';
import type { Prepared, StepTask } from './steps.js';

/** Distances in bands of the second differences that start and judge the search in derivative spectra. */
const startSteps = [2, 3, 4];
const refineSteps = [3, 6];
/** The baseline comes first among the nuisance terms, and its second differences are next to nothing. */
const smoothTerms = 3;
const refinePixels = 3000;
/** Penalty of negative weights at the end: coordinates told apart from a variation are less certain. */
const lastPenalty = { steady: 10, varying: 0.3 };

export const derivativeStarts = startSteps.length;

/** Fringes and gas over the included bands: what was projected out, and is sharp. */
function includedTerms(
  { nuisance, weights }: Prepared,
  included: Uint32Array,
): Float64Array {
  const terms = nuisance?.spectra ?? new Float32Array(0);
  const rows: number[] = [];
  for (let m = smoothTerms; m < terms.length / weights.length; m++)
    for (const b of included) rows.push(terms[m * weights.length + b]);
  return Float64Array.from(rows);
}

/** Turns corners whose weights are mostly negative around. */
function turnPositive(
  corners: Float64Array,
  points: Float64Array,
  count: number,
  order: number,
): void {
  const turned = inverse(corners, order);
  for (let r = 0; r < order; r++) {
    let sum = 0;
    for (let n = 0; n < count; n++)
      for (let k = 0; k < order; k++)
        sum += points[n * order + k] * turned[k * order + r];
    if (sum < 0) for (let k = 0; k < order; k++) corners[r * order + k] *= -1;
  }
}

/**
 * Whether derivative spectra can tell the endmembers apart: bands of a wavenumber axis are narrow against it, and the
 * corners must span the subspace without a direction of mere noise.
 */
export function derivativesApply({
  cube,
  options,
  dimensions,
  significantRank,
}: Prepared): boolean {
  return (
    cube.axis.unit === 'cm-1' &&
    dimensions === options.endmembers &&
    significantRank >= dimensions
  );
}

/**
 * Corners from what tells materials apart that are nowhere pure, one candidate after the other: independent derivative
 * spectra as starts, moved to where weights are non-negative and sparse.
 */
export async function* derivativeCorners(
  prepared: Prepared,
  points: Points,
  random: Random,
  pace: Pace,
  task: StepTask,
): AsyncGenerator<Float64Array> {
  const { dimensions: order } = points;
  const bands = prepared.weights.length;
  const included = Uint32Array.from(prepared.weights, (_, b) => b).filter(
    (b) => prepared.weights[b] > 0,
  );
  const physical = new Float64Array(order * included.length);
  for (let k = 0; k < order; k++)
    included.forEach((b, i) => {
      physical[k * included.length + i] =
        prepared.basis[k * bands + b] / prepared.weights[b];
    });
  const away = includedTerms(prepared, included);
  const derivative = (step: number) => {
    const found = derivativeRows(physical, order, included, step);
    const count = away.length / included.length;
    const known = derivativeRows(away, count, included, step);
    takeOutColumns(found.rows, order, known.rows, count);
    return found;
  };
  const problem = {
    ...someCandidates(
      candidates(points),
      points.count,
      order,
      refinePixels,
      random,
    ),
    order,
    lastPenalty: prepared.variability
      ? lastPenalty.varying
      : lastPenalty.steady,
    derivatives: refineSteps.map(derivative),
  };
  for (const step of startSteps) {
    const { rows, length } = derivative(step);
    const corners = independentDirections(rows, length, order, random);
    await pace();
    turnPositive(corners, problem.points, problem.count, order);
    const refined = await refineCorners(problem, corners, pace, task.stop);
    turnPositive(refined, problem.points, problem.count, order);
    yield refined;
  }
}
