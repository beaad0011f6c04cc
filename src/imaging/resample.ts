import type { Geometry } from '../spectral/cube.js';
import { indexToWorld, worldToIndex } from './geometry.js';

/** Pixels and where they lie. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly geometry: Geometry;
}

/** Values on a grid, `channels` a pixel: value (x, y, c) lies at (y * width + x) * channels + c. */
export interface Sampled extends Grid {
  readonly values: ArrayLike<number>;
  readonly channels: number;
}

/** Of places on the edge between two pixels: rounding must not send neighbours to different sides. */
const edge = 1e-9;

/**
 * What gives the values of an image at the centres of another grid's pixels, row by row, through both geometries: the image is cut
 * or extended, turned, scaled and sheared as they say; distance to its plane is ignored.
 *
 * A place lies in the pixel whose centre is nearest; on an edge, in the later one. `nearest` takes that pixel's value, `linear`
 * the bilinear mean of the four around, at the rim those there are. Outside of all pixels, and where one of the four that count is
 * NaN, the value is NaN.
 * @returns fills `row`, `onto.width` x channels values, with those of row `y` of the grid
 * @throws UnmixingError `input` when the axes of a geometry lie in one plane
 */
export function rowSampler(
  { values, channels, width, height, geometry }: Sampled,
  onto: Grid,
  interpolation: 'nearest' | 'linear',
): (y: number, row: Float32Array) => void {
  const place = (x: number, y: number): readonly [number, number] => {
    const [i, j] = worldToIndex(
      geometry,
      indexToWorld(onto.geometry, [x, y, 0]),
    );
    return [i, j];
  };
  // Both geometries are affine: three places tell all.
  const [fromI, fromJ] = place(0, 0);
  const alongX = place(1, 0).map((value, i) => value - [fromI, fromJ][i]);
  const alongY = place(0, 1).map((value, i) => value - [fromI, fromJ][i]);
  const rim = (at: number, size: number): number =>
    Math.min(size - 1, Math.max(0, at));

  return (y, row) => {
    for (let x = 0; x < onto.width; x++) {
      const i = fromI + x * alongX[0] + y * alongY[0];
      const j = fromJ + x * alongX[1] + y * alongY[1];
      const [left, top] = [
        Math.floor(i + 0.5 + edge),
        Math.floor(j + 0.5 + edge),
      ];
      const at = x * channels;
      if (left < 0 || top < 0 || left >= width || top >= height)
        row.fill(Number.NaN, at, at + channels);
      else if (interpolation === 'nearest')
        for (let c = 0; c < channels; c++)
          row[at + c] = values[(top * width + left) * channels + c];
      else {
        const [u, v] = [rim(i, width), rim(j, height)];
        const [i0, j0] = [Math.floor(u), Math.floor(v)];
        const [i1, j1] = [rim(i0 + 1, width), rim(j0 + 1, height)];
        const [right, down] = [u - i0, v - j0];
        for (let c = 0; c < channels; c++) {
          const value = (p: number, q: number, weight: number): number =>
            weight > 0 ? weight * values[(q * width + p) * channels + c] : 0;
          row[at + c] =
            value(i0, j0, (1 - right) * (1 - down)) +
            value(i1, j0, right * (1 - down)) +
            value(i0, j1, (1 - right) * down) +
            value(i1, j1, right * down);
        }
      }
    }
  };
}

/** All rows of `rowSampler` at once: `onto.width` x `onto.height` x channels values, NaN outside the image. */
export function resample(
  image: Sampled,
  onto: Grid,
  interpolation: 'nearest' | 'linear',
): Float32Array {
  const wide = onto.width * image.channels;
  const values = new Float32Array(wide * onto.height);
  const fill = rowSampler(image, onto, interpolation);
  for (let y = 0; y < onto.height; y++)
    fill(y, values.subarray(y * wide, (y + 1) * wide));
  return values;
}
