import type { Cube } from '../spectral/cube.js';
import { forEachBand, keptPixels, spread } from './columns.js';
import { medianInPlace } from './order-statistics.js';

export interface ReliabilityOptions {
  /** One byte a band; 1 forces its weight to 0. */
  readonly excludedBands?: Uint8Array;
  /** Adds a third measure, spatial flatness. Named but not defined by the paper: this formula is ours. Default false. */
  readonly flatness?: boolean;
}

const epsilon = 1e-8;
const roughnessFactor = 0.75;
const flatnessFactor = 0.75;
/** Enough pixels for medians and correlations; more are sampled evenly. */
const mostPixels = 16384;

/** rz(v) = (v - median v) / (median |v - median v| + eps), without the factor 1.4826. */
function robustScore(values: Float64Array): Float64Array {
  const centre = medianInPlace(values.slice());
  const spreadOf = medianInPlace(values.map((v) => Math.abs(v - centre)));
  return values.map((v) => (v - centre) / (spreadOf + epsilon));
}

/** |v[b + 1] - 2 v[b] + v[b - 1]|; the two ends copy their neighbour. */
function roughness(values: Float64Array): Float64Array {
  const last = values.length - 1;
  const rough = values.map((v, b) =>
    b === 0 || b === last ? 0 : Math.abs(values[b + 1] - 2 * v + values[b - 1]),
  );
  if (last >= 2) {
    rough[0] = rough[1];
    rough[last] = rough[last - 1];
  }
  return rough;
}

/**
 * Reliability of each band, 0.05 to 1 (Pande et al. 2026, arXiv 2603.06673): low where a band does not go
 * with its neighbours over the image, or where the median spectrum is rough. Excluded bands are 0.
 *
 * The published z-scores (median and MAD, then mean and deviation) are affine per band, so the mean product
 * of neighbouring bands is their Pearson correlation and is computed as such.
 * @param mask one byte a pixel, 1 = left out
 */
export function bandReliability(
  cube: Cube,
  mask: Uint8Array,
  { excludedBands, flatness = false }: ReliabilityOptions = {},
): Float32Array {
  const bands = cube.axis.values.length;
  const pixels = spread(keptPixels(mask), mostPixels);
  const medians = new Float64Array(bands);
  const flat = new Float64Array(bands);
  const agreement = new Float64Array(bands); // between band b and b + 1
  let before: Float64Array = new Float64Array(pixels.length);
  let now: Float64Array = new Float64Array(pixels.length);
  forEachBand(cube, pixels, (b, values) => {
    let mean = 0;
    for (let i = 0; i < values.length; i++) mean += values[i];
    mean /= Math.max(1, values.length);
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      now[i] = values[i] - mean;
      squares += now[i] * now[i];
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    let product = 0;
    for (let i = 0; i < values.length; i++) {
      now[i] *= scale;
      product += now[i] * before[i];
    }
    if (b > 0) agreement[b - 1] = Math.max(-1, Math.min(1, product));
    [before, now] = [now, before];
    medians[b] = medianInPlace(values);
    if (flatness) {
      for (let i = 0; i < values.length; i++)
        values[i] = Math.abs(values[i] - medians[b]);
      flat[b] = -Math.log(medianInPlace(values) + epsilon);
    }
  });
  const last = bands - 1;
  const disagreement = robustScore(
    agreement.map(
      (_, b) =>
        1 -
        (bands === 1
          ? 1
          : Math.min(
              agreement[Math.max(0, b - 1)],
              agreement[Math.min(last - 1, b)],
            )),
    ),
  );
  const rough = robustScore(roughness(medians));
  const flatScore = flatness ? robustScore(flat) : null;
  return Float32Array.from(disagreement, (d, b) => {
    if (excludedBands?.[b]) return 0;
    const score =
      Math.max(d, 0) +
      roughnessFactor * Math.max(rough[b], 0) +
      (flatScore ? flatnessFactor * Math.max(flatScore[b], 0) : 0);
    return 0.05 + 0.95 / (1 + Math.exp(2 * (score - 3)));
  });
}
