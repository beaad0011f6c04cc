import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import { paced } from './work.js';

/** The good ones among the up to eight pixels around pixel n. */
function goodAround(
  n: number,
  { width, height }: Cube,
  mask: Uint8Array,
): number[] {
  const x = n % width;
  const y = Math.floor(n / width);
  const around: number[] = [];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
      if (!mask[v * width + u]) around.push(v * width + u);
  return around;
}

/**
 * Gives bad pixels the mean of their good neighbours, in place, ring by ring from the rim of a cluster inwards; band by band
 * over what is finite.
 * @param cube its mask holds the bad pixels
 * @param bad one byte a pixel, 1 = fill
 * @returns the cube without the filled pixels in its mask
 */
export async function fillPixels(
  cube: Cube,
  bad: Uint8Array,
  pace: Pace,
): Promise<Cube> {
  const bands = cube.axis.values.length;
  const { data } = cube;
  const mask = cube.mask?.slice() ?? bad.slice();
  let waiting = [...bad.keys()].filter((n) => bad[n]);
  while (waiting.length > 0) {
    const ring = waiting
      .map((n) => ({ n, around: goodAround(n, cube, mask) }))
      .filter(({ around }) => around.length > 0);
    if (ring.length === 0) break;
    await paced(ring.length, 8 * bands, pace, (i) => {
      const { n, around } = ring[i];
      for (let b = 0; b < bands; b++) {
        const values = around
          .map((m) => data[m * bands + b])
          .filter(Number.isFinite);
        data[n * bands + b] =
          values.reduce((sum, value) => sum + value, 0) / values.length;
      }
    });
    for (const { n } of ring) mask[n] = 0;
    waiting = waiting.filter((n) => mask[n]);
  }
  return { ...cube, mask: mask.includes(1) ? mask : undefined };
}
