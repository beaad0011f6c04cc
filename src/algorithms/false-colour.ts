import { type Cube, type CubeImage, pixelSpectrum } from '../spectral/cube.js';
import { randomSource } from '../spectral/random.js';
import { keptPixels, spread } from './columns.js';
import {
  addTransposedTimes,
  orthonormalRows,
  timesTransposed,
} from './dense.js';
import { quantile } from './order-statistics.js';
import { symmetricEigen } from './small.js';

const samplePixels = 1500;
const sampleBands = 400;

/** Finite limits that differ, robust against a few extreme pixels; a constant channel lies in their middle. */
function displayLimits(
  values: Float32Array,
  channels: number,
  channel: number,
  kept: Uint32Array,
): readonly [number, number] {
  const seen = Float64Array.from(
    kept,
    (n) => values[n * channels + channel],
  ).filter(Number.isFinite);
  let low = quantile(seen, 0.02);
  let high = quantile(seen, 0.98);
  if (!(high > low)) {
    low = quantile(seen, 0);
    high = quantile(seen, 1);
  }
  const least = 1e-6 * Math.max(Math.abs(low), Math.abs(high)) || 0.5;
  return high - low >= least ? [low, high] : [low - least, high + least];
}

/** One band as it was measured; masked pixels show the lower limit. */
export function bandImage(
  cube: Cube,
  band: number,
  mask: Uint8Array,
): CubeImage {
  const bands = cube.axis.values.length;
  const values = Float32Array.from(mask, (_, n) => cube.data[n * bands + band]);
  const limits = displayLimits(values, 1, 0, keptPixels(mask));
  mask.forEach((masked, n) => {
    if (masked) values[n] = limits[0];
  });
  return { channels: 1, values, limits: [limits] };
}

/**
 * The leading principal directions of a sample of pixels over a sample of bands,
 * each turned so that most of its loading is positive.
 * @returns three directions of `bands.length` values; those without variance repeat the first
 */
function leadingDirections(
  centred: Float64Array,
  pixels: number,
  bands: number,
): Float64Array {
  const random = randomSource(1);
  const count = Math.min(8, pixels, bands);
  let rows: Float64Array = Float64Array.from({ length: count * bands }, () =>
    random.normal(),
  );
  for (let pass = 0; pass < 6; pass++) {
    const basis = orthonormalRows(rows, count, bands);
    const scores = timesTransposed(
      centred,
      pixels,
      basis.rows,
      basis.count,
      bands,
    );
    rows = addTransposedTimes(
      scores,
      basis.count,
      centred,
      bands,
      pixels,
      new Float64Array(count * bands),
    );
  }
  const basis = orthonormalRows(rows, count, bands);
  const directions = new Float64Array(3 * bands);
  if (basis.count === 0) return directions;
  const scores = timesTransposed(
    centred,
    pixels,
    basis.rows,
    basis.count,
    bands,
  );
  const gram = addTransposedTimes(
    scores,
    basis.count,
    scores,
    basis.count,
    pixels,
    new Float64Array(basis.count ** 2),
  );
  const { values, vectors } = symmetricEigen(gram, basis.count);
  for (let c = 0; c < 3; c++) {
    const k = c < basis.count && values[c] > 1e-9 * values[0] ? c : 0;
    const direction = directions.subarray(c * bands, (c + 1) * bands);
    let sum = 0;
    for (let b = 0; b < bands; b++) {
      for (let i = 0; i < basis.count; i++)
        direction[b] +=
          vectors[k * basis.count + i] * basis.rows[i * bands + b];
      sum += direction[b];
    }
    if (sum < 0) for (let b = 0; b < bands; b++) direction[b] = -direction[b];
  }
  return directions;
}

/**
 * Three leading directions of the image as red, green and blue: what differs most between pixels differs in colour.
 * Masked pixels show the lower limits.
 * @param weights one factor a band, such as the reliability, so that poor bands do not decide the colours
 */
export function falseColourImage(
  cube: Cube,
  mask: Uint8Array,
  weights?: ArrayLike<number>,
): CubeImage {
  const kept = keptPixels(mask);
  const sample = spread(kept, samplePixels);
  const bands = spread(
    Uint32Array.from(cube.axis.values, (_, b) => b),
    sampleBands,
  );
  const factors = Float64Array.from(bands, (b) => weights?.[b] ?? 1);
  const mean = new Float64Array(bands.length);
  const centred = new Float64Array(sample.length * bands.length);
  sample.forEach((n, i) => {
    const spectrum = pixelSpectrum(cube, n);
    for (let j = 0; j < bands.length; j++) {
      const value = spectrum[bands[j]] * factors[j];
      centred[i * bands.length + j] = value;
      mean[j] += value / sample.length;
    }
  });
  for (let i = 0; i < centred.length; i++) centred[i] -= mean[i % bands.length];
  const directions = leadingDirections(centred, sample.length, bands.length);
  const values = new Float32Array(mask.length * 3);
  for (const n of kept) {
    const spectrum = pixelSpectrum(cube, n);
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let j = 0; j < bands.length; j++)
        sum +=
          (spectrum[bands[j]] * factors[j] - mean[j]) *
          directions[c * bands.length + j];
      values[n * 3 + c] = sum;
    }
  }
  const limits = [0, 1, 2].map((c) => displayLimits(values, 3, c, kept));
  mask.forEach((masked, n) => {
    if (masked) limits.forEach(([low], c) => (values[n * 3 + c] = low));
  });
  return { channels: 3, values, limits };
}
