import { dot, times, transposedTimes } from './dense.js';
import { peakHeights } from './heights.js';
import { laplacian } from './neighbours.js';
import { median } from './order-statistics.js';
import type { RefitProblem } from './refit-problem.js';
import { inverse } from './small.js';

/** Least squares penalty below the line and above it, for the lower envelope of a spectrum. */
const envelope = { above: 0.1, below: 0.9, width: 0.02, strength: 60 };
/**
 * How much more than their random error the instruments may be wrong: they are biased for weak and broad materials,
 * and nearly blind to what all endmembers share. Chosen on phantoms.
 */
const ownVariance = 3e4;
const sharedVariance = 3e5;
const offsetRounds = 2;
/** Endmembers whose error is so many times the middle one are hardly there, and have no say in what all share. */
const mostError = 100;

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

/**
 * Moves the baseline part of `settled` (R x terms) to where the lower envelopes of the spectra are near zero, as far
 * as the uncertainty of the instruments allows: first each endmember by itself, then all of them by one
 * common offset, which contrasts see least.
 */
export function settleOffsets(
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
  const spread = transposedTimes(jumps, smooth, jumps, smooth, kept.length);
  for (let i = 0; i < spread.length; i++) spread[i] /= kept.length * 20;
  const heights = peakHeights(spectra, R, bandWeights);
  const response = solve.map((v, i) => v / heights[Math.floor(i / R)]);
  const instrumentGram = transposedTimes(contrast, R, contrast, R, kept.length);
  const errorOf = (row: Float64Array): number =>
    dot(row, times(row, 1, instrumentGram, R, R));
  const errors = Float64Array.from({ length: R }, (_, r) =>
    errorOf(response.subarray(r * R, (r + 1) * R)),
  );
  const mostTrusted = mostError * median(errors);
  const present = errors.map((error) => Number(error <= mostTrusted));
  const presentCount = present.reduce((sum, v) => sum + v, 0);
  const shared = new Float64Array(R);
  for (let i = 0; i < response.length; i++)
    shared[i % R] += (present[Math.floor(i / R)] * response[i]) / presentCount;
  const own = response.map((v, i) => v - shared[i % R]);
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
  const trusted = curves.filter((_, r) => present[r]);
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
      Math.min(...trusted.map((curve) => curve[i])),
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
