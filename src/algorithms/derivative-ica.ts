import type { Random } from '../spectral/random.js';
import {
  addTransposedTimes,
  dot,
  times,
  timesTransposed,
  transposedTimes,
} from './dense.js';
import { inverse, inverseRoot } from './small.js';

/**
 * Second differences of step h along the bands, transposed for products: one row a band, K columns.
 * Rows whose three bands are not evenly spaced neighbours (windows were cut out) are left out.
 * @param rows K x bands
 * @param indices position of each band on the full axis
 */
export function derivativeRows(
  rows: Float64Array,
  count: number,
  indices: Uint32Array,
  step: number,
): { readonly rows: Float64Array; readonly length: number } {
  const bands = indices.length;
  const middle: number[] = [];
  for (let b = step; b < bands - step; b++)
    if (indices[b + step] - indices[b - step] === 2 * step) middle.push(b);
  const out = new Float64Array(middle.length * count);
  middle.forEach((b, i) => {
    for (let k = 0; k < count; k++) {
      const at = k * bands + b;
      out[i * count + k] = rows[at + step] - 2 * rows[at] + rows[at - step];
    }
  });
  return { rows: out, length: middle.length };
}

/** Takes out of the columns of `rows` (length x count) what the columns of `known` (length x knownCount) tell of them. */
export function takeOutColumns(
  rows: Float64Array,
  count: number,
  known: Float64Array,
  knownCount: number,
): void {
  if (knownCount === 0) return;
  const length = rows.length / count;
  const gram = transposedTimes(known, knownCount, known, knownCount, length);
  const along = transposedTimes(known, knownCount, rows, count, length);
  const factors = times(
    inverse(gram, knownCount),
    knownCount,
    along,
    knownCount,
    count,
  );
  const told = times(known, length, factors, knownCount, count);
  for (let i = 0; i < rows.length; i++) rows[i] -= told[i];
}

/**
 * Symmetric FastICA with tanh (Hyvärinen 1999) on derivative spectra: bands are the samples. Spectra of different
 * materials are nearly independent there, even when the materials are nowhere pure in the image.
 * @param samples length x count second differences of subspace directions
 * @returns count x count, row i the combination of directions that is one component, unit length, sign open
 */
export function independentDirections(
  samples: Float64Array,
  length: number,
  count: number,
  random: Random,
): Float64Array {
  const gram = addTransposedTimes(
    samples,
    count,
    samples,
    count,
    length,
    new Float64Array(count * count),
  ).map((v) => v / length);
  const white = inverseRoot(gram, count);
  const points = times(samples, length, white, count, count);
  const orthonormal = (w: Float64Array) =>
    times(
      inverseRoot(timesTransposed(w, count, w, count, count), count),
      count,
      w,
      count,
      count,
    );
  let rotation = orthonormal(
    Float64Array.from({ length: count * count }, () => random.normal()),
  );
  for (let round = 0; round < 200; round++) {
    const reach = timesTransposed(points, length, rotation, count, count);
    const slope = new Float64Array(count);
    for (let i = 0; i < reach.length; i++) {
      reach[i] = Math.tanh(reach[i]);
      slope[i % count] += (1 - reach[i] ** 2) / length;
    }
    const pulled = addTransposedTimes(
      reach,
      count,
      points,
      count,
      length,
      new Float64Array(count * count),
    );
    const next = orthonormal(
      pulled.map(
        (v, i) => v / length - slope[Math.floor(i / count)] * rotation[i],
      ),
    );
    let change = 0;
    for (let r = 0; r < count; r++)
      change = Math.max(
        change,
        1 -
          Math.abs(
            dot(
              next.subarray(r * count, (r + 1) * count),
              rotation.subarray(r * count, (r + 1) * count),
            ),
          ),
      );
    rotation = next;
    if (change < 1e-8) break;
  }
  const found = times(rotation, count, white, count, count);
  for (let r = 0; r < count; r++) {
    const row = found.subarray(r * count, (r + 1) * count);
    const size = Math.sqrt(dot(row, row));
    for (let k = 0; k < count; k++) row[k] /= size;
  }
  return found;
}
