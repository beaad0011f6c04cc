import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { rowsOf, spread } from './columns.js';
import {
  addTransposedTimes,
  norm,
  orthonormalRows,
  times,
  timesTransposed,
  transposedTimes,
} from './dense.js';
import { products, runsOf } from './products.js';
import { symmetricEigen } from './small.js';

/** A matrix of spectra that is never stored: row i is the spectrum of pixel `pixels[i]` on `bands`, times `weights`, less `offsets`. */
export interface WeightedSpectra {
  readonly cube: Cube;
  readonly pixels: Uint32Array;
  /** Indices of the bands that take part, ascending. */
  readonly bands: Uint32Array;
  /** One factor for each entry of `bands`. */
  readonly weights: Float64Array;
  /** One for each entry of `bands`; none when left out. */
  readonly offsets?: Float64Array;
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
/** A row shorter than this, of unit length before a projection, is rounding. */
const negligible = 1e-6;

function subtractFromRows(rows: Float64Array, row: Float64Array): void {
  for (let start = 0; start < rows.length; start += row.length)
    for (let b = 0; b < row.length; b++) rows[start + b] -= row[b];
}

/** Reads the matrix in blocks of a few rows; the block is overwritten by the next, and by any other product's room. */
export async function forEachBlock(
  { cube, pixels, bands, weights, offsets }: WeightedSpectra,
  pace: Pace,
  visit: (block: Float64Array, rows: number, first: number) => void,
): Promise<void> {
  const all = cube.axis.values.length;
  const runs = runsOf(bands, all);
  for (let first = 0; first < pixels.length; first += blockRows) {
    const starts = Array.from(
      pixels.subarray(first, first + blockRows),
      (n) => n * all,
    );
    const block = products().room(starts.length * bands.length);
    products().weighRows(cube.data, starts, runs, weights, block);
    if (offsets) subtractFromRows(block, offsets);
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
function principalAxes(
  basis: { readonly rows: Float64Array; readonly count: number },
  raw: Float64Array,
  pixels: number,
  length: number,
  keep: number,
): Subspace {
  const { count } = basis;
  const none = new Float64Array(0);
  if (count === 0)
    return { dimensions: 0, directions: none, scores: none, values: none };
  const gram = transposedTimes(raw, count, raw, count, pixels);
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
 * The subspace without what it holds of orthonormal `away` rows, turned to the principal axes of what is left. With directions D,
 * scores Z = X Dᵀ and M = D Aᵀ, the scores along D - M A are Z (1 - M Mᵀ) - P Mᵀ, where P are those along the part of A
 * that lies outside D: only if there is such a part are the data read, once and along few rows.
 */
export async function takeOut(
  source: WeightedSpectra,
  { directions, dimensions, scores, values }: Subspace,
  away: Float64Array,
  pace: Pace,
): Promise<Subspace> {
  const length = source.bands.length;
  const pixels = source.pixels.length;
  const { rows, count } = rowsThatMeet(away, directions, dimensions, length);
  const met = timesTransposed(directions, dimensions, rows, count, length); // M
  const rest = directions.slice();
  projectOut(rest, dimensions, length, rows);
  const kept = timesTransposed(met, dimensions, met, dimensions, count).map(
    (v, i) => (i % (dimensions + 1) === 0 ? 1 : 0) - v,
  );
  const along = times(scores, pixels, kept, dimensions, dimensions);
  const outside = rows.slice();
  projectOut(outside, count, length, directions);
  if (norm(outside) > negligible) {
    const beside = await projectSpectra(source, outside, count, pace);
    const taken = timesTransposed(beside, pixels, met, dimensions, count);
    for (let i = 0; i < along.length; i++) along[i] -= taken[i];
  }
  // The rows of `rest` have the products `kept` with each other: orthonormal ones follow from its eigenvectors.
  const { values: squares, vectors } = symmetricEigen(kept, dimensions);
  const left = squares.filter((v) => v > negligible ** 2).length;
  const turned = Float64Array.from(
    vectors.subarray(0, left * dimensions),
    (v, i) => v / Math.sqrt(squares[Math.floor(i / dimensions)]),
  );
  return principalAxes(
    { rows: times(turned, left, rest, dimensions, length), count: left },
    timesTransposed(along, pixels, turned, left, dimensions),
    pixels,
    length,
    values.length,
  );
}

/** Those of orthonormal rows that are not at right angles to all directions. */
function rowsThatMeet(
  rows: Float64Array,
  directions: Float64Array,
  dimensions: number,
  length: number,
): { readonly rows: Float64Array; readonly count: number } {
  const all = rows.length / length;
  const met = timesTransposed(rows, all, directions, dimensions, length);
  const meeting = Array.from({ length: all }, (_, m) => m).filter(
    (m) =>
      norm(met.subarray(m * dimensions, (m + 1) * dimensions)) > negligible,
  );
  return { rows: rowsOf(rows, meeting, length), count: meeting.length };
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
  const raw = await projectSpectra(source, basis.rows, basis.count, pace);
  const found = principalAxes(basis, raw, source.pixels.length, length, keep);
  onProgress?.(1);
  return found;
}
