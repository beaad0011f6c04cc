import type { Pace } from '../spectral/pace.js';
import { leadingColumns } from './columns.js';
import {
  addTransposedTimes,
  times,
  timesTransposed,
  transposedTimes,
} from './dense.js';
import {
  type Instruments,
  independentFields,
  regressionOnWeights,
} from './field-regression.js';
import { commonEnvelope } from './offsets.js';
import { median } from './order-statistics.js';
import type { RefitProblem } from './refit-problem.js';
import { inverse } from './small.js';
import { forEachBlock } from './subspace.js';

export interface Refit {
  /** S: (R + V) x bands, not yet clipped at zero. */
  readonly spectra: Float64Array;
  /** C: kept pixels x terms. */
  readonly coefficients: Float64Array;
}

/** Endmembers whose error is so many times the middle one are hardly there, and have no say in what all share. */
const mostError = 100;

/**
 * Endmembers in the unit of the data by least squares, with the part that least squares cannot know settled otherwise:
 * S + T B and C - G T tell the data equally well for every T. T comes from a regression on the weights that takes what is
 * left for smooth fields, so that contrasts between neighbouring pixels decide. What contrasts hardly see, an offset along
 * the baseline terms that all endmembers share, hugs the lower envelope of the spectra, as far as the regression
 * leaves it open: where the data hold no baseline it stays zero.
 */
export async function refit(problem: RefitProblem, pace: Pace): Promise<Refit> {
  const { cube, kept, bandWeights, weights, terms, termCount, smooth } =
    problem;
  const R = problem.endmembers + problem.variations;
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
  const own = Float64Array.from({ length: smooth * bands }, (_, i) => terms[i]);
  const column = (values: Float64Array, width: number, k: number) =>
    Float64Array.from(kept, (_, i) => values[i * width + k]);
  const smoothFields = Float64Array.from(
    { length: kept.length * smooth },
    (_, i) => measured[Math.floor(i / smooth) * termCount + (i % smooth)],
  );
  const axes = independentFields(problem, smoothFields, smooth);
  const turnedFields = timesTransposed(
    smoothFields,
    kept.length,
    axes,
    smooth,
    smooth,
  );
  const { regress, instruments } = regressionOnWeights(problem);
  const baseline = Array.from({ length: smooth }, (_, k) =>
    regress(column(turnedFields, smooth, k)),
  );
  const others = Array.from({ length: termCount - smooth }, (_, k) =>
    regress(column(measured, termCount, smooth + k)),
  );
  const settle = (turned: Float64Array): Float64Array => {
    const straight = times(turned, R, axes, smooth, smooth);
    return Float64Array.from({ length: R * termCount }, (_, i) => {
      const r = Math.floor(i / termCount);
      const k = i % termCount;
      return k < smooth
        ? straight[r * smooth + k]
        : others[k - smooth].coefficients[r];
    });
  };
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
  const turned = Float64Array.from(
    { length: R * smooth },
    (_, i) => baseline[i % smooth].coefficients[Math.floor(i / smooth)],
  );
  moveTo(settle(turned));
  const materials = problem.endmembers;
  const lines = times(axes, smooth, own, smooth, bands);
  const offsets =
    smooth > 0
      ? commonEnvelope(
          spectra.slice(0, materials * bands),
          materials,
          lines,
          baseline.map(({ covariance }) =>
            leadingColumns(covariance, materials, R, materials),
          ),
          bandWeights,
        )
      : new Float64Array(0);
  offsets.forEach((v, i) => (turned[i] -= v));
  const settled = settle(turned);
  moveTo(settled);
  if (smooth > 0)
    await settleOpenBands(
      problem,
      spectra,
      times(offsets, materials, lines, smooth, bands),
      instruments,
      baseline[0].covariance,
      pace,
    );
  const told = times(weights, kept.length, settled, R, termCount);
  return { spectra, coefficients: measured.map((v, i) => v - told[i]) };
}

/**
 * Fills the bands that do not count in the fit by the same regression as a baseline, less the same offsets, and less what all
 * endmembers then share: it hangs over the whole image, as carbon dioxide does, and contrasts do not see it.
 * @param offsets endmembers x bands
 */
async function settleOpenBands(
  { cube, kept, bandWeights, weights, endmembers, variations }: RefitProblem,
  spectra: Float64Array,
  offsets: Float64Array,
  { instruments, solve }: Instruments,
  covariance: Float64Array,
  pace: Pace,
): Promise<void> {
  const bands = bandWeights.length;
  const R = endmembers + variations;
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
      const part = instruments.subarray(first * R, (first + rows) * R);
      addTransposedTimes(part, R, block, open.length, rows, seen);
    },
  );
  const settled = times(solve, R, seen, R, open.length);
  for (let r = 0; r < endmembers; r++)
    open.forEach(
      (b, i) => (settled[r * open.length + i] -= offsets[r * bands + b]),
    );
  // What a field of ones over the image adds to each endmember.
  const level = times(
    inverse(transposedTimes(weights, R, weights, R, kept.length), R),
    R,
    transposedTimes(
      weights,
      R,
      new Float64Array(kept.length).fill(1),
      1,
      kept.length,
    ),
    R,
    1,
  );
  const errors = Float64Array.from(
    level.subarray(0, endmembers),
    (v, r) => covariance[r * (R + 1)] / v ** 2,
  );
  const mostTrusted = mostError * median(errors);
  const told = Array.from(errors.keys()).filter(
    (r) => level[r] > 0 && errors[r] <= mostTrusted,
  );
  open.forEach((b, i) => {
    const shared = Math.max(
      0,
      Math.min(...told.map((r) => settled[r * open.length + i] / level[r])),
    );
    for (let r = 0; r < R; r++)
      spectra[r * bands + b] =
        settled[r * open.length + i] -
        (told.length > 0 ? shared * level[r] : 0);
  });
}
