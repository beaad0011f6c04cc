import type { Cube } from '../spectral/cube.js';
import { startAt } from './crop.js';
import { type Work, counted, paced } from './work.js';

/**
 * One pixel for each square of `size` x `size` (less across an image that is narrower): the mean of its pixels that are
 * not masked, band by band over what is finite. Pixels at the far edges that fill no square are left out.
 */
export async function spatialBin(
  cube: Cube,
  size: number,
  { pace, note }: Work,
): Promise<Cube> {
  const across = Math.min(size, cube.width);
  const down = Math.min(size, cube.height);
  if (across * down === 1) return cube;
  const width = Math.floor(cube.width / across);
  const height = Math.floor(cube.height / down);
  const bands = cube.axis.values.length;
  const data = new Float32Array(width * height * bands);
  const mask = new Uint8Array(width * height);
  const sum = new Float64Array(bands);
  const count = new Uint32Array(bands);
  await paced(width * height, bands * across * down, pace, (n) => {
    const left = (n % width) * across;
    const top = Math.floor(n / width) * down;
    sum.fill(0);
    count.fill(0);
    mask[n] = 1;
    for (let y = top; y < top + down; y++)
      for (let x = left; x < left + across; x++) {
        const pixel = y * cube.width + x;
        if (cube.mask?.[pixel]) continue;
        mask[n] = 0;
        for (let b = 0; b < bands; b++) {
          const value = cube.data[pixel * bands + b];
          if (!Number.isFinite(value)) continue;
          sum[b] += value;
          count[b]++;
        }
      }
    for (let b = 0; b < bands; b++) data[n * bands + b] = sum[b] / count[b];
    // A masked pixel holds numbers too: zeros, as nothing was measured there.
    if (mask[n]) data.fill(0, n * bands, (n + 1) * bands);
  });
  const restX = cube.width - width * across;
  const restY = cube.height - height * down;
  if (restX + restY > 0)
    note(
      `${counted(restX, 'column')} and ${counted(restY, 'row')} at the edge fill no bin and are left out.`,
    );
  const { spacing } = cube.geometry;
  const centred = startAt(cube.geometry, (across - 1) / 2, (down - 1) / 2);
  return {
    ...cube,
    width,
    height,
    data,
    geometry: {
      ...centred,
      spacing: [spacing[0] * across, spacing[1] * down, spacing[2]],
    },
    mask: mask.includes(1) ? mask : undefined,
  };
}
