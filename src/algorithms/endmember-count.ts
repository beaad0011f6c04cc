/**
 * Criteria from the literature for the number of endmembers.
 *
 * HySime and HFC are defined on matrices of bands x bands. Here both see the K leading coordinates of the spectra only: neither can count
 * more than K, and below K the counts stay the same, for the directions left out hold noise alone.
 */
import { transposedTimes } from './dense.js';
import { symmetricEigen } from './small.js';

/** Coordinates of N spectra along K orthonormal directions, by falling energy: value (n, k) at n * K + k. */
export interface Coordinates {
  readonly scores: Float64Array;
  readonly dimensions: number;
}

/** A normal variable lies above this with a probability of 1e-4. */
const falseAlarm = 3.719016;
/** A ratio of neighbouring singular values that is more than the slow decay of spectra that vary. */
const wideGap = 3;

const pixelsOf = ({ scores, dimensions }: Coordinates): number =>
  scores.length / dimensions;

/** K x K: mean of z zᵀ over the pixels. */
function correlation({ scores, dimensions }: Coordinates): Float64Array {
  const pixels = scores.length / dimensions;
  return transposedTimes(scores, dimensions, scores, dimensions, pixels).map(
    (v) => v / pixels,
  );
}

/**
 * HySime (Bioucas-Dias & Nascimento 2008): a dimension along the eigenvector e of the signal's correlation Ry - Rn is worth keeping
 * when it takes away more error than it lets noise in, 2 eᵀRn e < eᵀRy e. The paper finds the noise by regressing each
 * band on all others; here the spectra are whitened by a noise that is known, Rn = σ² I, so that e are the eigenvectors
 * of Ry and the criterion reads 2 σ² < λ. Noise alone reaches (1 + √(bands / pixels))² σ²: with less than six pixels a band
 * the count is too high.
 * @param sigma standard deviation of the noise along every direction
 */
export function hysime(data: Coordinates, sigma: number): number {
  const { values } = symmetricEigen(correlation(data), data.dimensions);
  return values.filter((lambda) => 2 * sigma ** 2 < lambda).length;
}

/**
 * HFC (Harsanyi, Farrand & Chang 1993): what is signal has a mean, noise has none, so eigenvalues of the correlation that
 * exceed those of the covariance by more than their scatter, 2 (λ̂² + λ²) / N, are signal; tested at a false alarm of 1e-4. On
 * whitened coordinates it is NWHFC (Chang & Du 2004). Both count low where materials vary about a common mean.
 */
export function harsanyiFarrandChang(data: Coordinates): number {
  const { scores, dimensions: K } = data;
  const pixels = pixelsOf(data);
  const R = correlation(data);
  const mean = new Float64Array(K);
  scores.forEach((v, i) => (mean[i % K] += v / pixels));
  const about = R.map((v, i) => v - mean[Math.floor(i / K)] * mean[i % K]);
  const withMean = symmetricEigen(R, K).values;
  const without = symmetricEigen(about, K).values;
  return withMean.filter(
    (l, k) =>
      l - without[k] >
      falseAlarm * Math.sqrt((2 * (l ** 2 + without[k] ** 2)) / pixels),
  ).length;
}

/** After how many values the last ratio above 3 between neighbours lies; null when there is none after the second. */
export function lastWideGap(values: ArrayLike<number>): number | null {
  for (let k = values.length - 1; k >= 2; k--)
    if (values[k - 1] > wideGap * values[k]) return k;
  return null;
}

/**
 * Mean angle between the spectra and what k dimensions keep of them, radians: entry k - 1 for k = 1 … K - 1. Both are seen in the K
 * dimensions, so noise outside them does not count. Pixels without energy count as angle 0.
 */
export function residualAngles(data: Coordinates): Float32Array {
  const { scores, dimensions: K } = data;
  const pixels = pixelsOf(data);
  const sums = new Float64Array(Math.max(0, K - 1));
  for (let n = 0; n < pixels; n++) {
    let rest = 0;
    let all = 0;
    for (let k = 0; k < K; k++) all += scores[n * K + k] ** 2;
    if (all === 0) continue;
    for (let k = K - 1; k > 0; k--) {
      rest += scores[n * K + k] ** 2;
      sums[k - 1] += Math.asin(Math.min(1, Math.sqrt(rest / all)));
    }
  }
  return Float32Array.from(sums, (sum) => sum / pixels);
}
