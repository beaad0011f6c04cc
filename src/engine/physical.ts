import { refit } from '../algorithms/refit.js';
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
  const { weights } = found;
  const { spectra, coefficients } = await refit(
    {
      cube,
      kept,
      bandWeights: Float64Array.from(prepared.weights),
      weights,
      endmembers,
      terms: Float64Array.from(nuisance?.spectra ?? []),
      termCount: terms,
      smooth: Math.min(3, terms),
    },
    pace,
  );
  // Without nuisance the corners of the data are the endmembers: least squares would only blunt them.
  if (!nuisance)
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
