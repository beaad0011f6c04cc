import { dot, times, timesTransposed, transposedTimes } from './dense.js';
import { laplacian, laplacianNoise } from './neighbours.js';
import type { RefitProblem } from './refit-problem.js';
import { inverse, inverseRoot, symmetricEigen } from './small.js';

/** Smallest share of what the weights tell that is left when their noise is taken off. */
const leastShare = 0.05;
const rounds = 4;
/** Pixels of a tile within which what is left of a field may be alike. */
const tileSide = 8;
/** Squared wavenumber where the spectrum of a field turns from flat to falling, before it is known. */
const firstTurn = 1e-3;

/** Regression of one field on the weights, with what is needed to apply it to others. */
export interface FieldRegression {
  /** One a column of the weights, R + V in all. */
  readonly coefficients: Float64Array;
  /** Of the coefficients, square. */
  readonly covariance: Float64Array;
}

/** The regression of fields about which nothing is known: coefficients = solve · instrumentsᵀ field. */
export interface Instruments {
  /** Square. */
  readonly solve: Float64Array;
  /** Kept pixels x (R + V). */
  readonly instruments: Float64Array;
}

/**
 * Regression of fields over the image on the weights, where each field is a mixture by the weights plus a smooth field of its
 * own: generalised least squares for a smooth field of spectrum 1 / (k⁴ + turn) (Whittle 1954), so that contrasts between neighbours
 * tell, and the weights themselves as far as the field is not smooth at all. The turn follows from the variances of the
 * field and of its Laplacian, ∫ d²k / (2π)² / (k⁴ + turn) = 1 / (8 √turn). Noise of the weights is taken off their
 * products (errors in variables, Fuller 1987). The covariance holds both chance from pixel to pixel and what neighbours miss together
 * (sums over tiles, Liang & Zeger 1986): fields smoother than the model are not trusted beyond their number of tiles.
 */
export function regressionOnWeights({
  cube,
  kept,
  free,
  endmembers,
  variations,
}: RefitProblem): {
  readonly regress: (field: Float64Array) => FieldRegression;
  readonly instruments: Instruments;
} {
  const R = endmembers + variations;
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

  const regress = (field: Float64Array): FieldRegression => {
    const bends = smoothed(field, 1);
    const seenJumps = transposedTimes(jumps, R, bends, 1, count);
    const seen = transposedTimes(weights, R, field, 1, count);
    const coefficientsOf = (solve: Float64Array, turn: number) =>
      times(
        solve,
        R,
        seenJumps.map((v, r) => v + turn * seen[r]),
        R,
        1,
      );
    let turn = firstTurn;
    let found = solveFor(turn);
    let coefficients = coefficientsOf(found.solve, turn);
    let rest = remainder(field, weights, coefficients);
    let restJumps = remainder(bends, jumps, coefficients);
    for (let round = 1; round < rounds && dot(rest, rest) > 0; round++) {
      turn = (dot(restJumps, restJumps) / (8 * dot(rest, rest))) ** 2;
      found = solveFor(turn);
      coefficients = coefficientsOf(found.solve, turn);
      rest = remainder(field, weights, coefficients);
      restJumps = remainder(bends, jumps, coefficients);
    }
    const chance = dot(restJumps, restJumps) / count;
    const misses = Float64Array.from(
      weights,
      (v, i) =>
        jumps[i] * restJumps[Math.floor(i / R)] +
        turn * v * rest[Math.floor(i / R)],
    );
    const together = tileProducts(misses, R, kept, cube.width);
    const beyond = times(
      times(found.solve, R, together, R, R),
      R,
      found.solve,
      R,
      R,
    );
    return {
      coefficients,
      covariance: found.spread.map((v, i) => v * chance + beyond[i]),
    };
  };
  return {
    regress,
    instruments: {
      solve: solveFor(firstTurn).solve,
      instruments: twice.map((v, i) => v + firstTurn * weights[i]),
    },
  };
}

/** Σ over square tiles of the image of t tᵀ, t the sum of the rows of pixels x width in the tile. */
function tileProducts(
  rows: Float64Array,
  width: number,
  kept: Uint32Array,
  imageWidth: number,
): Float64Array {
  const across = Math.ceil(imageWidth / tileSide);
  const last = kept[kept.length - 1];
  const down = Math.floor(Math.floor(last / imageWidth) / tileSide) + 1;
  const sums = new Float64Array(across * down * width);
  kept.forEach((n, i) => {
    const y = Math.floor(n / imageWidth / tileSide);
    const x = Math.floor((n % imageWidth) / tileSide);
    for (let r = 0; r < width; r++)
      sums[(y * across + x) * width + r] += rows[i * width + r];
  });
  return transposedTimes(sums, width, sums, width, across * down);
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
  { cube, kept, free, endmembers, variations }: RefitProblem,
  fields: Float64Array,
  count: number,
): Float64Array {
  const R = endmembers + variations;
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
