import { bridgeGaps } from '../algorithms/bridge.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import { refit } from '../algorithms/refit.js';
import type { FreeWeights } from '../algorithms/refit-problem.js';
import { inverse } from '../algorithms/small.js';
import type { Pace } from '../spectral/pace.js';
import type { Prepared, Solution } from './steps.js';

/** Rows of the kept pixels, put where the pixels are; zero rows elsewhere. */
export function scatterRows(
  rows: ArrayLike<number> & Iterable<number>,
  kept: Uint32Array,
  pixels: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(pixels * columns);
  kept.forEach((n, i) => {
    for (let k = 0; k < columns; k++)
      out[n * columns + k] = rows[i * columns + k];
  });
  return out;
}

/** What an unmixing in whitened coordinates has found. */
export interface Found {
  /** R x bands in the unit of the data, without baseline and gas: the endmembers where no re-fit is needed. */
  readonly spectra: Float64Array;
  /** Kept pixels x R, non-negative. */
  readonly weights: Float64Array;
  /** Share of negative weights before the constraint, 0 to 1. */
  readonly negativeWeights: number;
  /** Weights of as many spectra by which the endmembers vary, kept pixels x R; none when left out. */
  readonly variations?: Float64Array;
  /** All weights before that constraint; those of the spectra in the subspace when left out. */
  readonly free?: FreeWeights;
}

/** Weights of all points along given corners, order x dimensions, without constraint, and their noise. */
export function weightsAlong(
  prepared: Prepared,
  points: Float64Array,
  corners: Float64Array,
  order: number,
): FreeWeights {
  const { noise, weights } = prepared;
  const dimensions = corners.length / order;
  const count = prepared.kept.length;
  const gram = timesTransposed(corners, order, corners, order, dimensions);
  const gramInverse = inverse(gram, order, 1e-9);
  const targets = timesTransposed(points, count, corners, order, dimensions);
  const band = weights.findIndex((w) => w > 0);
  const variance = (noise[band] * weights[band]) ** 2;
  return {
    values: times(targets, count, gramInverse, order, order),
    noise: gramInverse.map((v) => v * variance),
  };
}

/** Two matrices of equal width side by side. */
const beside = (
  left: Float64Array,
  right: Float64Array,
  width: number,
): Float64Array =>
  Float64Array.from({ length: 2 * left.length }, (_, i) => {
    const column = i % (2 * width);
    const start = Math.floor(i / (2 * width)) * width;
    return column < width
      ? left[start + column]
      : right[start + column - width];
  });

/** The same along spectra in the unit of the data, order x bands, as the subspace sees them. */
export function freeWeights(
  prepared: Prepared,
  spectra: Float64Array,
  order: number,
): FreeWeights {
  const { basis, dimensions, scores, weights } = prepared;
  const bands = weights.length;
  const corners = timesTransposed(
    spectra.map((v, i) => v * weights[i % bands]),
    order,
    Float64Array.from(basis),
    dimensions,
    bands,
  );
  return weightsAlong(prepared, Float64Array.from(scores), corners, order);
}

/** Re-fits endmembers and nuisance in the unit of the data, weights given. */
export async function fitPhysical(
  prepared: Prepared,
  found: Found,
  warnings: readonly string[],
  pace: Pace,
): Promise<Solution> {
  const { cube, kept, excludedBands, nuisance } = prepared;
  const bands = excludedBands.length;
  const pixels = cube.width * cube.height;
  const endmembers = prepared.options.endmembers;
  const terms = nuisance?.names.length ?? 0;
  const { weights, variations } = found;
  const fitted = await refit(
    {
      cube,
      kept,
      bandWeights: Float64Array.from(prepared.weights),
      weights: variations ? beside(weights, variations, endmembers) : weights,
      variations: variations ? endmembers : 0,
      free: found.free ?? freeWeights(prepared, found.spectra, endmembers),
      endmembers,
      terms: Float64Array.from(nuisance?.spectra ?? []),
      termCount: terms,
      smooth: Math.min(3, terms),
    },
    pace,
  );
  const { coefficients } = fitted;
  const spectra = fitted.spectra.slice(0, endmembers * bands);
  // Without nuisance the corners of the data are the endmembers: least squares would only blunt them.
  if (nuisance) bridgeGaps(spectra, excludedBands, prepared.noise);
  else
    for (let i = 0; i < spectra.length; i++)
      if (!excludedBands[i % bands]) spectra[i] = found.spectra[i];
  let below = 0;
  for (let i = 0; i < spectra.length; i++)
    if (spectra[i] < 0) {
      if (!excludedBands[i % bands]) below++;
      spectra[i] = 0;
    }
  const included = excludedBands.filter((out) => !out).length;
  return {
    endmembers: Float32Array.from(spectra),
    weights: scatterRows(weights, kept, pixels, endmembers),
    nuisance: nuisance && {
      ...nuisance,
      coefficients: scatterRows(coefficients, kept, pixels, terms),
    },
    negativeShare: {
      endmembers: below / (endmembers * included),
      abundances: found.negativeWeights,
    },
    warnings,
  };
}
