import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { spread } from './columns.js';
import {
  addTransposedTimes,
  orthonormalRows,
  times,
  timesTransposed,
} from './dense.js';
import { products, runsOf } from './products.js';
import { symmetricEigen } from './small.js';

/** A matrix of spectra that is never stored: row i is the spectrum of pixel `pixels[i]` on `bands`, times `weights`. */
export interface WeightedSpectra {
  readonly cube: Cube;
  readonly pixels: Uint32Array;
  /** Indices of the bands that take part, ascending. */
  readonly bands: Uint32Array;
  /** One factor for each entry of `bands`. */
  readonly weights: Float64Array;
}

/** X ≈ Z V: K orthonormal directions over the bands that take part, and what each pixel holds of them. */
export interface Subspace {
  readonly dimensions: number;
  /** K x bands, row k one direction, by falling singular value. */
  readonly directions: Float64Array;
  /** Pixels x K. */
  readonly scores: Float64Array;
  /** K singular values. */
  readonly values: Float64Array;
}

/** So many rows of some thousand bands stay in the cache while they are multiplied. */
const blockRows = 64;
/** Pixels that the first power iterations see: enough to find what stands above the noise, which the last one sharpens. */
const samples = [2048, 4096];

/** Reads the matrix in blocks of a few rows; the block is overwritten by the next, and by any other product's room. */
export async function forEachBlock(
  { cube, pixels, bands, weights }: WeightedSpectra,
  pace: Pace,
  visit: (block: Float64Array, rows: number, first: number) => void,
): Promise<void> {
  const all = cube.axis.values.length;
  const runs = runsOf(bands);
  for (let first = 0; first < pixels.length; first += blockRows) {
    const starts = Array.from(
      pixels.subarray(first, first + blockRows),
      (n) => n * all,
    );
    const block = products().room(starts.length * bands.length);
    products().weighRows(cube.data, starts, runs, weights, block);
    visit(block, starts.length, first);
    await pace();
  }
}

/** Coordinates of every pixel along the given rows: X Dᵀ, pixels x count. */
async function projectSpectra(
  source: WeightedSpectra,
  directions: Float64Array,
  count: number,
  pace: Pace,
): Promise<Float64Array> {
  const scores = new Float64Array(source.pixels.length * count);
  await forEachBlock(source, pace, (block, rows, first) => {
    timesTransposed(
      block,
      rows,
      directions,
      count,
      source.bands.length,
      scores.subarray(first * count, (first + rows) * count),
    );
  });
  return scores;
}

/** Takes the span of orthonormal `away` rows out of each row, in place. */
export function projectOut(
  rows: Float64Array,
  count: number,
  length: number,
  away: Float64Array,
): void {
  const awayCount = away.length / length;
  if (awayCount === 0) return;
  const along = timesTransposed(rows, count, away, awayCount, length);
  const inside = times(along, count, away, awayCount, length);
  for (let i = 0; i < rows.length; i++) rows[i] -= inside[i];
}

/** One step of the power iteration: an orthonormal basis of XᵀX Qᵀ, less `away`. */
async function powerStep(
  source: WeightedSpectra,
  basis: { readonly rows: Float64Array; readonly count: number },
  away: Float64Array,
  pace: Pace,
): Promise<{ readonly rows: Float64Array; readonly count: number }> {
  const length = source.bands.length;
  const next = new Float64Array(basis.count * length);
  await forEachBlock(source, pace, (block, rows) => {
    const scores = timesTransposed(
      block,
      rows,
      basis.rows,
      basis.count,
      length,
    );
    addTransposedTimes(scores, basis.count, block, length, rows, next);
  });
  projectOut(next, basis.count, length, away);
  return orthonormalRows(next, basis.count, length);
}

/** Turns a basis to the principal axes of the data in it (Rayleigh-Ritz) and keeps the first `keep`. */
export async function principalAxes(
  source: WeightedSpectra,
  basis: { readonly rows: Float64Array; readonly count: number },
  keep: number,
  pace: Pace,
): Promise<Subspace> {
  const { count } = basis;
  const length = source.bands.length;
  const pixels = source.pixels.length;
  const none = new Float64Array(0);
  if (count === 0)
    return { dimensions: 0, directions: none, scores: none, values: none };
  const raw = await projectSpectra(source, basis.rows, count, pace);
  const gram = addTransposedTimes(
    raw,
    count,
    raw,
    count,
    pixels,
    new Float64Array(count * count),
  );
  const { values, vectors } = symmetricEigen(gram, count);
  const dimensions = Math.min(keep, count);
  const turned = vectors.slice(0, dimensions * count);
  return {
    dimensions,
    directions: times(turned, dimensions, basis.rows, count, length),
    scores: timesTransposed(raw, pixels, turned, dimensions, count),
    values: Float64Array.from(values.subarray(0, dimensions), (v) =>
      Math.sqrt(Math.max(0, v)),
    ),
  };
}

/**
 * Leading singular directions by a randomised range finder with power iterations (Halko, Martinsson & Tropp 2011).
 * Work grows with pixels x bands x K; no bands x bands matrix is formed. The first two iterations
 * see even samples of the pixels, the last one sees all of them.
 * @param keep number of directions wanted; fewer come back when the data hold fewer
 * @param away orthonormal rows over the bands that the directions must not hold
 */
export async function leadingSubspace(
  source: WeightedSpectra,
  keep: number,
  away: Float64Array,
  random: Random,
  pace: Pace,
  onProgress?: (fraction: number) => void,
): Promise<Subspace> {
  const length = source.bands.length;
  const count = Math.min(
    keep,
    source.pixels.length,
    length - away.length / Math.max(1, length),
  );
  const start = Float64Array.from({ length: count * length }, () =>
    random.normal(),
  );
  projectOut(start, count, length, away);
  let basis = orthonormalRows(start, count, length);
  for (const most of samples) {
    const sample = { ...source, pixels: spread(source.pixels, most) };
    basis = await powerStep(sample, basis, away, pace);
  }
  onProgress?.(0.25);
  basis = await powerStep(source, basis, away, pace);
  onProgress?.(0.75);
  const found = await principalAxes(source, basis, keep, pace);
  onProgress?.(1);
  return found;
}
