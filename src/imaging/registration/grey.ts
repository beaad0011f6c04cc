import { UnmixingError } from '../../spectral/errors.js';
import type { Picture } from '../../spectral/cube.js';
import type { GreyImage } from './auto-types.js';

/** How a coloured picture becomes one channel; `principal` is the direction in which its colours differ most. */
export type Channel = 'luminance' | 'red' | 'green' | 'blue' | 'principal';

type Weights = readonly [number, number, number];

/** Luminance as ITU-R BT.709 weighs it, of the values as they are stored. */
const weights: Readonly<Record<Exclude<Channel, 'principal'>, Weights>> = {
  luminance: [0.2126, 0.7152, 0.0722],
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
};

/** First principal axis of the colours of all pixels that are not transparent, by power iteration. */
function principalAxis(data: ArrayLike<number>): Weights {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let count = 0;
  for (let n = 0; n < data.length; n += 4) {
    if (data[n + 3] === 0) continue;
    count++;
    for (let i = 0; i < 3; i++) {
      sums[i] += data[n + i];
      for (let j = 0; j < 3; j++)
        squares[3 * i + j] += data[n + i] * data[n + j];
    }
  }
  const spread = squares.map(
    (sum, at) => sum - (sums[Math.floor(at / 3)] * sums[at % 3]) / (count || 1),
  );
  let axis: Weights = weights.luminance;
  for (let round = 0; round < 100; round++) {
    const along = (i: number): number =>
      axis.reduce((sum, value, j) => sum + spread[3 * i + j] * value, 0);
    const next = [along(0), along(1), along(2)] as const;
    const length = Math.hypot(...next);
    if (!(length > 0)) return weights.luminance;
    axis = [next[0] / length, next[1] / length, next[2] / length];
  }
  return axis;
}

/** One channel of a picture, in the values of its bytes; pixels that are wholly transparent are left out. */
export function greyOf(picture: Picture, channel: Channel): GreyImage {
  const { width, height, data, geometry } = picture;
  const [r, g, b] =
    channel === 'principal' ? principalAxis(data) : weights[channel];
  const grey = Float32Array.from({ length: width * height }, (_, n) =>
    data[4 * n + 3] === 0
      ? NaN
      : r * data[4 * n] + g * data[4 * n + 1] + b * data[4 * n + 2],
  );
  return { width, height, data: grey, geometry };
}

/**
 * All abundances in one grey, to register a cube by: the k-th of n maps counts k / n, so that each material has a grey of its own.
 * Mutual information asks no more of greys than that they differ. Masks are joined.
 * @param maps one a material, all of one size; the geometry is that of the first
 * @throws UnmixingError `input` without maps or when their sizes differ
 */
export function blendOf(maps: readonly GreyImage[]): GreyImage {
  const [first] = maps;
  if (
    maps.length === 0 ||
    maps.some(
      ({ width, height }) => width !== first.width || height !== first.height,
    )
  )
    throw new UnmixingError(
      'input',
      `invalid maps: ${maps.length} (want at least one, all of one size)`,
    );
  const { width, height, geometry } = first;
  const data = new Float32Array(width * height);
  for (const [k, map] of maps.entries())
    for (let n = 0; n < data.length; n++)
      data[n] += map.mask?.[n] ? NaN : (map.data[n] * (k + 1)) / maps.length;
  return { width, height, data, geometry };
}
