import type { Cube } from '../spectral/cube.js';
import { type Work, paced } from './work.js';

/** One band for each `size` neighbouring ones, the last maybe of fewer: mean of their finite values at the mean of their positions. */
export async function spectralBin(
  cube: Cube,
  size: number,
  { pace }: Work,
): Promise<Cube> {
  if (size === 1) return cube;
  const { values } = cube.axis;
  const pixels = cube.width * cube.height;
  const bands = Math.ceil(values.length / size);
  const data = new Float32Array(pixels * bands);
  await paced(pixels, values.length, pace, (n) => {
    const from = n * values.length;
    for (let b = 0; b < bands; b++)
      data[n * bands + b] = finiteMean(
        cube.data,
        from + b * size,
        from + Math.min(values.length, (b + 1) * size),
      );
  });
  const positions = Float64Array.from({ length: bands }, (_, b) =>
    finiteMean(values, b * size, Math.min(values.length, (b + 1) * size)),
  );
  return { ...cube, axis: { ...cube.axis, values: positions }, data };
}

/** NaN where nothing is finite. */
function finiteMean(
  values: Float32Array | Float64Array,
  from: number,
  to: number,
): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) continue;
    sum += values[i];
    count++;
  }
  return sum / count;
}
