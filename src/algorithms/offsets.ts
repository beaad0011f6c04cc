import { dot, times } from './dense.js';
import { median } from './order-statistics.js';
import { peakHeights } from './heights.js';
import { inverse } from './small.js';

/** Penalty of a spectrum above the line and below it, and how much it counts against what is known of the line. */
const envelope = { above: 0.1, below: 0.9, strength: 3000 };
const leastDistance = 1e-4;
/**
 * Corners are never quite right: offsets are so many times less certain than the regression would have it, and one that all
 * share, to which contrasts are all but blind, more so.
 */
const ownVariance = 10;
const sharedVariance = 1000;
const heightRounds = 3;
const mostSteps = 60;

/**
 * How far each spectrum is to be lowered along the baseline terms: where the lower envelopes of the spectra, at equal heights, are
 * near zero, as far as what is known of their offsets allows. Least of `strength` · Σ_r mean pinball((S_r - D_r B) / h_r) +
 * ½ Σ_k D_kᵀ V_k⁻¹ D_k, by iteratively re-weighted least squares. What the contrasts of the image see is kept, so that a
 * material as broad as a baseline keeps its own; what they do not, an offset that all endmembers share, is told by all.
 * @param spectra R x bands
 * @param terms count x bands
 * @param covariances V_k of the offsets along each term, R x R
 * @param bandWeights 0 = the band does not count
 * @returns D: R x count
 */
export function commonEnvelope(
  spectra: Float64Array,
  endmembers: number,
  terms: Float64Array,
  covariances: readonly Float64Array[],
  bandWeights: Float64Array,
): Float64Array {
  const R = endmembers;
  const bands = bandWeights.length;
  const count = covariances.length;
  const included = Uint32Array.from(bandWeights, (_, b) => b).filter(
    (b) => bandWeights[b] > 0,
  );
  const pick = (rows: Float64Array): Float64Array =>
    Float64Array.from(
      { length: (rows.length / bands) * included.length },
      (_, i) =>
        rows[
          Math.floor(i / included.length) * bands +
            included[i % included.length]
        ],
    );
  const curves = pick(spectra);
  const lines = pick(terms);
  let offsets: Float64Array = new Float64Array(R * count);
  for (let round = 0; round < heightRounds; round++) {
    const heights = peakHeights(
      lowered(spectra, terms, offsets, count, bands),
      R,
      bandWeights,
    );
    const least = 0.01 * median(heights);
    const safe = heights.map((h) => Math.max(h, least));
    offsets = descend(
      curves,
      lines,
      safe,
      blocks(covariances.map((v) => inverse(widened(v, safe), R))),
      offsets,
    );
  }
  return offsets;
}

/** Covariance of the offsets, loosened, most of all along one offset that spectra of equal heights share. */
function widened(
  covariance: Float64Array,
  heights: Float64Array,
): Float64Array {
  const R = heights.length;
  const precision = inverse(covariance, R);
  const shared =
    sharedVariance / dot(heights, times(precision, R, heights, R, 1));
  return covariance.map(
    (v, i) =>
      ownVariance * v + shared * heights[Math.floor(i / R)] * heights[i % R],
  );
}

/** Square matrices of one size along the diagonal of a larger one. */
function blocks(matrices: readonly Float64Array[]): Float64Array {
  const order = Math.sqrt(matrices[0]?.length ?? 0);
  const size = order * matrices.length;
  const out = new Float64Array(size * size);
  matrices.forEach((matrix, k) => {
    matrix.forEach((v, i) => {
      const row = k * order + Math.floor(i / order);
      out[row * size + k * order + (i % order)] = v;
    });
  });
  return out;
}

/** S - D B. */
export function lowered(
  spectra: Float64Array,
  terms: Float64Array,
  offsets: Float64Array,
  count: number,
  bands: number,
): Float64Array {
  const away = times(offsets, spectra.length / bands, terms, count, bands);
  return spectra.map((v, i) => v - away[i]);
}

function descend(
  curves: Float64Array,
  lines: Float64Array,
  heights: Float64Array,
  known: Float64Array,
  start: Float64Array,
): Float64Array {
  const R = heights.length;
  const bands = curves.length / R;
  const count = lines.length / bands;
  const size = R * count;
  let offsets = start;
  for (let step = 0; step < mostSteps; step++) {
    const system = known.slice();
    const right = new Float64Array(size);
    const rest = lowered(curves, lines, offsets, count, bands);
    for (let r = 0; r < R; r++)
      for (let b = 0; b < bands; b++) {
        const i = r * bands + b;
        const distance = rest[i] / heights[r];
        const side = distance >= 0 ? envelope.above : envelope.below;
        const weight =
          (envelope.strength * side) /
          (bands * Math.max(Math.abs(distance), leastDistance)) /
          heights[r] ** 2;
        for (let k = 0; k < count; k++) {
          const factor = weight * lines[k * bands + b];
          right[k * R + r] += factor * curves[i];
          for (let j = 0; j < count; j++)
            system[(k * R + r) * size + j * R + r] +=
              factor * lines[j * bands + b];
        }
      }
    const solved = times(inverse(system, size), size, right, size, 1);
    let change = 0;
    let reach = 0;
    const next = new Float64Array(size);
    for (let r = 0; r < R; r++)
      for (let k = 0; k < count; k++) {
        const at = r * count + k;
        next[at] = solved[k * R + r];
        change = Math.max(change, Math.abs(next[at] - offsets[at]));
        reach = Math.max(reach, Math.abs(next[at]));
      }
    offsets = next;
    if (change <= 1e-7 * reach) break;
  }
  return offsets;
}
