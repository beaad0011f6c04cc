import type { Pace } from '../spectral/pace.js';
import {
  addTransposedTimes,
  norm,
  times,
  timesTransposed,
  transposedTimes,
} from './dense.js';
import { peakHeights } from './heights.js';
import { laplacian } from './neighbours.js';
import { settleOffsets } from './offsets.js';
import type { RefitProblem } from './refit-problem.js';
import { inverse } from './small.js';
import { forEachBlock } from './subspace.js';

export interface Refit {
  /** S: R x bands, not yet clipped at zero. */
  readonly spectra: Float64Array;
  /** C: kept pixels x terms. */
  readonly coefficients: Float64Array;
}

/** Little of the weights themselves beside their contrasts keeps the instrument's system solvable. */
const instrumentRidge = 1e-3;
/**
 * Contrasts of the shares between neighbouring pixels, as strong as the scaled weights themselves:
 * they see neither a smooth baseline nor a smooth gain.
 */
function instruments(
  { cube, kept, weights, endmembers }: RefitProblem,
  heights: Float64Array,
): Float64Array {
  const scaled = weights.map((v, i) => v * heights[i % endmembers]);
  const shares = new Float64Array(scaled.length);
  for (let start = 0; start < scaled.length; start += endmembers) {
    let total = 0;
    for (let i = start; i < start + endmembers; i++) total += scaled[i];
    if (total > 0)
      for (let i = start; i < start + endmembers; i++)
        shares[i] = scaled[i] / total;
  }
  const contrast = laplacian(shares, endmembers, kept, cube.width, cube.height);
  const factor = norm(scaled) / (norm(contrast) || 1);
  return contrast.map((v, i) => factor * v + instrumentRidge * scaled[i]);
}

/**
 * Endmembers in the unit of the data by least squares, with the part that least squares cannot know settled otherwise:
 * S + T B and C - G T tell the data equally well for every T. T comes from instrumental variables (contrasts between
 * neighbouring pixels, blind to smooth baselines). What contrasts cannot see, an offset along the baseline terms,
 * hugs the lower envelope of the spectra, held by a prior as wide as the instruments are uncertain:
 * where the data hold no baseline it stays zero.
 */
export async function refit(problem: RefitProblem, pace: Pace): Promise<Refit> {
  const { cube, kept, bandWeights, weights, terms, termCount } = problem;
  const R = problem.endmembers;
  const bands = bandWeights.length;
  const squared = terms.map((v, i) => v * bandWeights[i % bands] ** 2);
  const termGram = timesTransposed(squared, termCount, terms, termCount, bands);
  const termInverse = termCount > 0 ? inverse(termGram, termCount) : termGram;
  const everyBand = Uint32Array.from({ length: bands }, (_, b) => b);
  const seen = new Float64Array(R * bands);
  const along = new Float64Array(kept.length * termCount);
  await forEachBlock(
    {
      cube,
      pixels: kept,
      bands: everyBand,
      weights: new Float64Array(bands).fill(1),
    },
    pace,
    (block, rows, first) => {
      addTransposedTimes(
        weights.subarray(first * R, (first + rows) * R),
        R,
        block,
        bands,
        rows,
        seen,
      );
      along.set(
        timesTransposed(block, rows, squared, termCount, bands),
        first * termCount,
      );
    },
  );
  const gramInverse = inverse(
    transposedTimes(weights, R, weights, R, kept.length),
    R,
  );
  const spectra = times(gramInverse, R, seen, R, bands);
  if (termCount === 0) return { spectra, coefficients: along };

  const measured = times(along, kept.length, termInverse, termCount, termCount);
  const heights = peakHeights(spectra, R, bandWeights);
  const contrast = instruments(problem, heights);
  const solve = inverse(
    transposedTimes(contrast, R, weights, R, kept.length),
    R,
  );
  const settled = times(
    solve,
    R,
    transposedTimes(contrast, R, measured, termCount, kept.length),
    R,
    termCount,
  );
  const moveTo = (wanted: Float64Array): void => {
    const now = times(
      timesTransposed(spectra, R, squared, termCount, bands),
      R,
      termInverse,
      termCount,
      termCount,
    );
    for (let i = 0; i < now.length; i++) now[i] = wanted[i] - now[i];
    const shift = times(now, R, terms, termCount, bands);
    for (let i = 0; i < shift.length; i++) spectra[i] += shift[i];
  };
  moveTo(settled);
  await settleOpenBands(problem, spectra, contrast, solve, pace);
  settleOffsets(problem, spectra, settled, measured, contrast, solve);
  moveTo(settled);
  const told = times(weights, kept.length, settled, R, termCount);
  return { spectra, coefficients: measured.map((v, i) => v - told[i]) };
}

/**
 * Fills the bands that do not count in the fit by contrasts alone, so that what hangs over the whole image there,
 * such as carbon dioxide, does not enter the endmembers.
 */
async function settleOpenBands(
  { cube, kept, bandWeights, endmembers: R }: RefitProblem,
  spectra: Float64Array,
  contrast: Float64Array,
  solve: Float64Array,
  pace: Pace,
): Promise<void> {
  const bands = bandWeights.length;
  const open = Uint32Array.from(bandWeights, (_, b) => b).filter(
    (b) => !(bandWeights[b] > 0),
  );
  const seen = new Float64Array(R * open.length);
  await forEachBlock(
    {
      cube,
      pixels: kept,
      bands: open,
      weights: new Float64Array(open.length).fill(1),
    },
    pace,
    (block, rows, first) => {
      const part = contrast.subarray(first * R, (first + rows) * R);
      addTransposedTimes(part, R, block, open.length, rows, seen);
    },
  );
  const settled = times(solve, R, seen, R, open.length);
  for (let r = 0; r < R; r++)
    open.forEach((b, i) => {
      spectra[r * bands + b] = settled[r * open.length + i];
    });
}
