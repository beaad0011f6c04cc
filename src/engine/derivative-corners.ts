import {
  derivativeRows,
  independentDirections,
  takeOutColumns,
} from '../algorithms/derivative-ica.js';
import type { Pace } from '../spectral/pace.js';
import { refineCorners, type RefineProblem } from '../algorithms/refine.js';
import { inverse } from '../algorithms/small.js';
import type { Random } from '../spectral/random.js';
import { candidates, someCandidates, type Points } from './extract.js';
import type { Prepared, StepTask } from './steps.js';

/** Distances in bands of the second differences that start and judge the search in derivative spectra. */
const startStep = 3;
const refineSteps = [3, 6];
/** So many neighbouring bands are one in the spectra that are held non-negative. */
const together = 3;
/** The baseline comes first among the nuisance terms, and its second differences are next to nothing. */
const smoothTerms = 3;
const refinePixels = 3000;
/** Penalty of negative weights at the end: coordinates told apart from a variation are less certain. */
const lastPenalty = { steady: 10, varying: 0.3 };

/** Nuisance terms over the included bands, terms x included. */
function includedTerms(
  { nuisance, weights }: Prepared,
  included: Uint32Array,
): Float64Array {
  const terms = nuisance?.spectra ?? new Float32Array(0);
  const rows: number[] = [];
  for (let m = 0; m < terms.length / weights.length; m++)
    for (const b of included) rows.push(terms[m * weights.length + b]);
  return Float64Array.from(rows);
}

/** Means of neighbouring values of each row; what is left over at the end is dropped. */
function binned(rows: Float64Array, length: number): Float64Array {
  const bins = Math.floor(length / together);
  return Float64Array.from(
    { length: (rows.length / length) * bins },
    (_, i) => {
      const from = Math.floor(i / bins) * length + (i % bins) * together;
      let sum = 0;
      for (let j = 0; j < together; j++) sum += rows[from + j];
      return sum / together;
    },
  );
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
 * corners must span the subspace. One direction more than there are materials does no harm: its corner ends as noise of
 * next to no weight.
 */
export const derivativesApply = ({
  cube,
  options,
  dimensions,
}: Prepared): boolean =>
  cube.axis.unit === 'cm-1' && dimensions === options.endmembers;

/**
 * Corners from what tells materials apart that are nowhere pure: moved to where weights and spectra are non-negative and
 * derivative spectra sparse and independent. Of two starts, the corners given and independent derivative spectra, the
 * one that ends at the least cost.
 * @param first order x order
 * @returns order x order
 */
export async function derivativeCorners(
  prepared: Prepared,
  points: Points,
  first: Float64Array,
  random: Random,
  pace: Pace,
  { stop, onProgress }: StepTask,
): Promise<Float64Array> {
  const { dimensions: order } = points;
  const bands = prepared.weights.length;
  const included = Uint32Array.from(prepared.weights, (_, b) => b).filter(
    (b) => prepared.weights[b] > 0,
  );
  const { length } = included;
  const physical = new Float64Array(order * length);
  for (let k = 0; k < order; k++)
    included.forEach((b, i) => {
      physical[k * length + i] =
        prepared.basis[k * bands + b] / prepared.weights[b];
    });
  const terms = includedTerms(prepared, included);
  const sharp = terms.slice(smoothTerms * length);
  const derivative = (step: number) => {
    const found = derivativeRows(physical, order, included, step);
    const count = sharp.length / length;
    const known = derivativeRows(sharp, count, included, step);
    takeOutColumns(found.rows, order, known.rows, count);
    return found;
  };
  const problem: RefineProblem = {
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
    spectra: {
      rows: binned(physical, length),
      length: Math.floor(length / together),
      terms: binned(terms, length),
    },
  };
  const independent = derivative(startStep);
  const starts = [
    first,
    independentDirections(independent.rows, independent.length, order, random),
  ];
  let best = { corners: first, cost: Infinity };
  for (const [i, start] of starts.entries()) {
    turnPositive(start, problem.points, problem.count, order);
    const found = await refineCorners(problem, start, pace, stop);
    if (found.cost < best.cost) best = found;
    onProgress?.((i + 1) / starts.length);
  }
  turnPositive(best.corners, problem.points, problem.count, order);
  return best.corners;
}
