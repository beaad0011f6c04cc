import { dot, times, timesTransposed, transposedTimes } from './dense.js';
import { laplacian, laplacianNoise } from './neighbours.js';
import type { RefitProblem } from './refit-problem.js';
import { inverse, inverseRoot, symmetricEigen } from './small.js';

/** Smallest share of what the weights tell that is left when their noise is taken off. */
const leastShare = 0.05;
const rounds = 4;
/** Squared wavenumber where the spectrum of a field turns from flat to falling, before it is known. */
const firstTurn = 1e-3;

/** Regression of one field on the weights, with what is needed to apply it to others. */
export interface FieldRegression {
  /** R. */
  readonly coefficients: Float64Array;
  /** R x R. */
  readonly covariance: Float64Array;
  /** R x R: coefficients = solve · instrumentsᵀ field. */
  readonly solve: Float64Array;
  /** Kept pixels x R. */
  readonly instruments: Float64Array;
}

/**
 * Regression of fields over the image on the weights, where each field is a mixture by the weights plus a smooth field of its
 * own: generalised least squares for a smooth field of spectrum 1 / (k⁴ + turn) (Whittle 1954), so that contrasts between neighbours
 * tell, and the weights themselves as far as the field is not smooth at all. The turn follows from the variances of the
 * field and of its Laplacian, ∫ d²k / (2π)² / (k⁴ + turn) = 1 / (8 √turn). Noise of the weights is taken off their
 * products (errors in variables, Fuller 1987).
 */
export function regressionOnWeights({
  cube,
  kept,
  free,
  endmembers: R,
}: RefitProblem): (field: Float64Array) => FieldRegression {
  const count = kept.length;
  const { values: weights, noise } = free;
  const smoothed = (values: Float64Array, width: number) =>
    laplacian(values, width, kept, cube.width, cube.height);
  const jumps = smoothed(weights, R);
  const twice = smoothed(jumps, R);
  const contrasts = transposedTimes(jumps, R, jumps, R, count);
  const products = transposedTimes(weights, R, weights, R, count);
  const contrastNoise = laplacianNoise(kept, cube.width, cube.height);

  const solveFor = (turn: number) => {
    const seen = contrasts.map((v, i) => v + turn * products[i]);
    const root = inverseRoot(seen, R);
    const turned = (matrix: Float64Array) =>
      times(times(root, R, matrix, R, R), R, root, R, R);
    const { values, vectors } = symmetricEigen(
      turned(noise.map((v) => v * (contrastNoise + turn * count))),
      R,
    );
    const left = values.map((v) => Math.max(1 - v, leastShare));
    const inner = (power: number) => {
      const scaled = vectors.map(
        (v, i) => v / left[Math.floor(i / R)] ** power,
      );
      return turned(transposedTimes(vectors, R, scaled, R, R));
    };
    return { solve: inner(1), spread: inner(2) };
  };

  return (field) => {
    const bends = smoothed(field, 1);
    const seenJumps = transposedTimes(jumps, R, bends, 1, count);
    const seen = transposedTimes(weights, R, field, 1, count);
    let turn = firstTurn;
    let found = solveFor(turn);
    let coefficients = new Float64Array(R);
    let jumpVariance = 0;
    for (let round = 0; round < rounds; round++) {
      if (round > 0) found = solveFor(turn);
      coefficients = Float64Array.from(
        times(
          found.solve,
          R,
          seenJumps.map((v, r) => v + turn * seen[r]),
          R,
          1,
        ),
      );
      const rest = remainder(field, weights, coefficients);
      const restJumps = remainder(bends, jumps, coefficients);
      jumpVariance = dot(restJumps, restJumps) / count;
      const variance = dot(rest, rest) / count;
      if (!(variance > 0)) break;
      turn = (jumpVariance / (8 * variance)) ** 2;
    }
    return {
      coefficients,
      covariance: found.spread.map((v) => v * jumpVariance),
      solve: found.solve,
      instruments: twice.map((v, i) => v + turn * weights[i]),
    };
  };
}

function remainder(
  field: Float64Array,
  weights: Float64Array,
  coefficients: Float64Array,
): Float64Array {
  const told = timesTransposed(
    weights,
    field.length,
    coefficients,
    1,
    coefficients.length,
  );
  return field.map((v, i) => v - told[i]);
}

/** Turns fields (kept x count, the columns) so that what their Laplacians leave beside the weights is uncorrelated; rows are the new axes. */
export function independentFields(
  { cube, kept, free, endmembers: R }: RefitProblem,
  fields: Float64Array,
  count: number,
): Float64Array {
  const smoothed = (values: Float64Array, width: number) =>
    laplacian(values, width, kept, cube.width, cube.height);
  const jumps = smoothed(free.values, R);
  const bends = smoothed(fields, count);
  const gram = transposedTimes(jumps, R, jumps, R, kept.length);
  const along = transposedTimes(jumps, R, bends, count, kept.length);
  const told = times(inverse(gram, R), R, along, R, count);
  const left = times(jumps, kept.length, told, R, count).map(
    (v, i) => bends[i] - v,
  );
  return symmetricEigen(
    transposedTimes(left, count, left, count, kept.length),
    count,
  ).vectors;
}
