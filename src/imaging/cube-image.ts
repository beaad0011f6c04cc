import type { CubeImage } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { fullLimits } from './auto-limits.js';
import type { LimitedImage } from './auto-limits.js';
import type { LayerStyle, RgbaImage } from './layer.js';

/** Neutral strokes and ground of a hatched pixel. */
const stroke = 64;
const ground = 20;

/**
 * A cube to be drawn: one channel as a map, on which contrast limits and a colour map act, pixels that are left out not a
 * number; three as a picture, with such pixels hatched.
 * @param mask one byte a pixel, 1 = left out
 * @throws UnmixingError `input` when there are too few or too many values
 */
export function cubeImage(
  image: CubeImage,
  width: number,
  height: number,
  mask?: Uint8Array,
): LimitedImage {
  const { channels, values } = image;
  const pixels = width * height;
  if (values.length !== pixels * channels)
    throw new UnmixingError(
      'input',
      `invalid image: ${values.length} values (want ${width} x ${height} x ${channels})`,
    );
  return channels === 3
    ? picture(image, width, height, mask)
    : {
        kind: 'map',
        width,
        height,
        values: mask?.includes(1)
          ? values.map((value, n) => (mask[n] ? Number.NaN : value))
          : values,
      };
}

/**
 * How it is drawn at first: a map in grey between the limits that came with it, all of its values; a picture as it is.
 */
export function cubeLook(
  { channels, limits: [[low, high]] }: CubeImage,
  image: LimitedImage,
): Pick<LayerStyle, 'colourMap' | 'limits' | 'threshold'> {
  if (channels === 3)
    return { colourMap: 'single', limits: [0, 1], threshold: 0 };
  return {
    colourMap: 'grey',
    limits: [low, high > low ? high : low + 1],
    threshold: Math.min(low, fullLimits(image)[0]),
  };
}

/** A channel whose limits are equal is black below them and full above. */
function picture(
  { channels, values, limits }: CubeImage,
  width: number,
  height: number,
  mask?: Uint8Array,
): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let n = 0; n < width * height; n++) {
    let shown = !mask?.[n];
    for (let c = 0; c < 3; c++) {
      const value = values[n * channels + c];
      const [low, high] = limits[c];
      shown &&= Number.isFinite(value);
      data[4 * n + c] =
        (255 * (value - low)) / (high - low || Number.MIN_VALUE);
    }
    if (!shown) {
      const diagonal = ((n % width) + Math.floor(n / width)) % 4 === 0;
      data.fill(diagonal ? stroke : ground, 4 * n, 4 * n + 3);
    }
    data[4 * n + 3] = 255;
  }
  return { kind: 'rgba', width, height, data };
}
