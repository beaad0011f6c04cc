import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import { spread } from './columns.js';
import { magnitudeMedian, median } from './order-statistics.js';

const mostPairs = 8000;
/** Median of |x| over the standard deviation of a normal variable. */
const normalMedian = 0.6745;
/** So many bands at a time are gathered: long stretches of a spectrum are read in a row, and the scratch stays small. */
const together = 128;
const filterHalf = 4; // a running median over 9 bands
const leastShare = 0.3;
/** Below this share of the image's rms the noise is rounding of 32-bit floats. */
const rounding = 1e-6;

/** Left pixels of neighbouring unmasked pairs `step` apart: within a row for step 1, within a column for step = width. */
function neighbourPairs(
  { width, height }: Cube,
  mask: Uint8Array,
  step: number,
): Uint32Array {
  const pairs: number[] = [];
  for (let n = 0; n + step < width * height; n++)
    if (
      !mask[n] &&
      !mask[n + step] &&
      (step === width || (n + 1) % width !== 0)
    )
      pairs.push(n);
  return Uint32Array.from(pairs);
}

function runningMedian(values: Float64Array, half: number): Float64Array {
  return values.map((_, b) =>
    median(
      values.subarray(
        Math.max(0, b - half),
        Math.min(values.length, b + half + 1),
      ),
    ),
  );
}

/**
 * Standard deviation of the noise of each band, in the unit of the data. The difference of neighbouring pixels
 * removes the scene, its second difference along the bands removes what is smooth in the spectrum, and the
 * median over pairs ignores edges between materials. Cubes with fewer than 3 bands use the first difference alone.
 * @param mask one byte a pixel, 1 = left out
 */
export async function bandNoise(
  cube: Cube,
  mask: Uint8Array,
  pace: Pace,
): Promise<Float32Array> {
  const bands = cube.axis.values.length;
  const { data } = cube;
  const across = neighbourPairs(cube, mask, 1);
  const step = across.length > 0 ? 1 : cube.width;
  const pairs = spread(
    across.length > 0 ? across : neighbourPairs(cube, mask, step),
    mostPairs,
  );
  const raw = new Float64Array(bands);
  const columns = new Float32Array(Math.min(together, bands) * pairs.length);
  const middle = magnitudeMedian(pairs.length);
  // The first and the last band have a neighbour on one side only, and take its figure.
  const edge = bands >= 3 ? 1 : 0;
  const scale = Math.SQRT1_2 / (edge > 0 ? Math.sqrt(6) : 1);
  let squares = 0;
  for (let start = edge; start < bands - edge; start += together) {
    const width = Math.min(together, bands - edge - start);
    for (let i = 0; i < pairs.length; i++) {
      const left = pairs[i] * bands + start;
      const right = left + step * bands;
      for (let j = 0; j < width; j++) {
        let h = data[right + j] - data[left + j];
        if (edge > 0)
          h =
            data[right + j + 1] -
            data[left + j + 1] -
            2 * h +
            data[right + j - 1] -
            data[left + j - 1];
        columns[j * pairs.length + i] = Math.abs(h * scale);
        squares += data[left + j] * data[left + j];
      }
    }
    await pace();
    for (let j = 0; j < width; j++) {
      const column = columns.subarray(j * pairs.length, (j + 1) * pairs.length);
      raw[start + j] = middle(column, pairs.length) / normalMedian;
    }
    await pace();
  }
  if (edge > 0) {
    raw[0] = raw[1];
    raw[bands - 1] = raw[bands - 2];
  }
  const rms = Math.sqrt(squares / Math.max(1, pairs.length * bands));
  const filtered = runningMedian(raw, filterHalf);
  const floor =
    Math.max(leastShare * median(filtered), rounding * rms) || Number.MIN_VALUE;
  return Float32Array.from(filtered, (v) => Math.max(v, floor));
}
