import type { Cube } from '../spectral/cube.js';
import {
  addTransposedTimes,
  dot,
  norm,
  times,
  timesTransposed,
} from './dense.js';
import { laplacian } from './neighbours.js';
import type { Pace } from './pace.js';
import { inverse } from './small.js';
import { forEachBlock } from './subspace.js';

/** Model X ≈ G S + C B in the unit of the data: weights G, endmembers S, nuisance terms B with coefficients C. */
export interface RefitProblem {
  readonly cube: Cube;
  /** Pixels that take part, ascending. */
  readonly kept: Uint32Array;
  /** Whitening weight of each band, 0 = the band does not count in the fit. */
  readonly bandWeights: Float64Array;
  /** G: kept pixels x R. */
  readonly weights: Float64Array;
  readonly endmembers: number;
  /** B: terms x bands; the first `smooth` rows are the baseline. */
  readonly terms: Float64Array;
  readonly termCount: number;
  readonly smooth: number;
}

export interface Refit {
  /** S: R x bands, not yet clipped at zero. */
  readonly spectra: Float64Array;
  /** C: kept pixels x terms. */
  readonly coefficients: Float64Array;
}

/** Little of the weights themselves beside their contrasts keeps the instrument's system solvable. */
const instrumentRidge = 1e-3;
/** Least squares penalty below the line and above it, for the lower envelope of a spectrum. */
const envelope = { above: 0.1, below: 0.9, width: 0.02, strength: 60 };
/**
 * How much more than their random error the instruments may be wrong: they are biased for weak and broad materials,
 * and nearly blind to what all endmembers share. Chosen on phantoms.
 */
const ownVariance = 3e4;
const sharedVariance = 3e5;
const offsetRounds = 2;

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

/** Heights of the endmembers over the bands that count. */
export function peakHeights(
  spectra: Float64Array,
  endmembers: number,
  bandWeights: Float64Array,
): Float64Array {
  const bands = bandWeights.length;
  return Float64Array.from({ length: endmembers }, (_, r) => {
    let most = 0;
    for (let b = 0; b < bands; b++)
      if (bandWeights[b] > 0) most = Math.max(most, spectra[r * bands + b]);
    return most || 1;
  });
}

/** c with least `strength` · mean pinball(m - N c) + ½ cᵀ precision c, by iteratively re-weighted least squares. */
function lowerEnvelope(
  curve: Float64Array,
  terms: Float64Array,
  count: number,
  precision: Float64Array,
): Float64Array {
  const bands = curve.length;
  let line: Float64Array = new Float64Array(count);
  for (let round = 0; round < 40; round++) {
    const system = precision.slice();
    const right = new Float64Array(count);
    for (let b = 0; b < bands; b++) {
      let rest = curve[b];
      for (let k = 0; k < count; k++) rest -= line[k] * terms[k * bands + b];
      const side = rest >= 0 ? envelope.above : envelope.below;
      const weight =
        ((envelope.strength / (envelope.width * bands)) * side) /
        Math.max(Math.abs(rest), 1e-4);
      for (let k = 0; k < count; k++) {
        right[k] += weight * curve[b] * terms[k * bands + b];
        for (let j = 0; j < count; j++)
          system[k * count + j] +=
            weight * terms[k * bands + b] * terms[j * bands + b];
      }
    }
    line = times(inverse(system, count), count, right, count, 1);
  }
  return line;
}

const sum = (
  left: Float64Array,
  widthLeft: number,
  right: Float64Array,
  widthRight: number,
  rows: number,
) =>
  addTransposedTimes(
    left,
    widthLeft,
    right,
    widthRight,
    rows,
    new Float64Array(widthLeft * widthRight),
  );

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
  const gramInverse = inverse(sum(weights, R, weights, R, kept.length), R);
  const spectra = times(gramInverse, R, seen, R, bands);
  if (termCount === 0) return { spectra, coefficients: along };

  const measured = times(along, kept.length, termInverse, termCount, termCount);
  const heights = peakHeights(spectra, R, bandWeights);
  const contrast = instruments(problem, heights);
  const solve = inverse(sum(contrast, R, weights, R, kept.length), R);
  const settled = times(
    solve,
    R,
    sum(contrast, R, measured, termCount, kept.length),
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
  settleOffsets(problem, spectra, settled, measured, contrast, solve);
  moveTo(settled);
  const told = times(weights, kept.length, settled, R, termCount);
  return { spectra, coefficients: measured.map((v, i) => v - told[i]) };
}

/**
 * Moves the baseline part of `settled` (R x terms) to where the lower envelopes of the spectra are near zero, as far
 * as the uncertainty of the instruments allows: first each endmember by itself, then all of them by one
 * common offset, which contrasts see least.
 */
function settleOffsets(
  problem: RefitProblem,
  spectra: Float64Array,
  settled: Float64Array,
  measured: Float64Array,
  contrast: Float64Array,
  solve: Float64Array,
): void {
  const { cube, kept, weights, terms, termCount, smooth, bandWeights } =
    problem;
  if (smooth === 0) return;
  const R = problem.endmembers;
  const bands = bandWeights.length;
  const told = times(weights, kept.length, settled, R, termCount);
  const rest = new Float64Array(kept.length * smooth);
  for (let i = 0; i < kept.length; i++)
    for (let k = 0; k < smooth; k++)
      rest[i * smooth + k] =
        measured[i * termCount + k] - told[i * termCount + k];
  const jumps = laplacian(rest, smooth, kept, cube.width, cube.height);
  const spread = sum(jumps, smooth, jumps, smooth, kept.length);
  for (let i = 0; i < spread.length; i++) spread[i] /= kept.length * 20;
  const heights = peakHeights(spectra, R, bandWeights);
  const response = solve.map((v, i) => v / heights[Math.floor(i / R)]);
  const shared = new Float64Array(R);
  for (let i = 0; i < response.length; i++) shared[i % R] += response[i] / R;
  const own = response.map((v, i) => v - shared[i % R]);
  const instrumentGram = sum(contrast, R, contrast, R, kept.length);
  const errorOf = (row: Float64Array): number =>
    dot(row, times(row, 1, instrumentGram, R, R));
  const priorOf = (error: number): Float64Array =>
    inverse(
      spread.map((v) => error * v),
      smooth,
      1e-9,
    );
  const included = Uint32Array.from(bandWeights, (_, b) => b).filter(
    (b) => bandWeights[b] > 0,
  );
  const lines = Float64Array.from(
    { length: smooth * included.length },
    (_, i) =>
      terms[
        Math.floor(i / included.length) * bands + included[i % included.length]
      ],
  );
  const curves = Array.from({ length: R }, (_, r) =>
    Float64Array.from(included, (b) => spectra[r * bands + b] / heights[r]),
  );
  const lower = (r: number, offset: Float64Array): void => {
    for (let k = 0; k < smooth; k++) {
      settled[r * termCount + k] -= offset[k] * heights[r];
      for (let i = 0; i < included.length; i++)
        curves[r][i] -= offset[k] * lines[k * included.length + i];
    }
  };
  for (let round = 0; round < offsetRounds; round++) {
    curves.forEach((curve, r) => {
      const prior = priorOf(
        ownVariance * errorOf(own.subarray(r * R, (r + 1) * R)),
      );
      lower(r, lowerEnvelope(curve, lines, smooth, prior));
    });
    const least = Float64Array.from(included, (_, i) =>
      Math.min(...curves.map((curve) => curve[i])),
    );
    const common = lowerEnvelope(
      least,
      lines,
      smooth,
      priorOf(sharedVariance * errorOf(shared)),
    );
    for (let r = 0; r < R; r++) lower(r, common);
  }
}
