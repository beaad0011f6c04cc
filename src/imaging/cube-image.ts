import type { CubeImage } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { RgbaImage } from './layer.js';

/** Neutral strokes and ground of a hatched pixel. */
const stroke = 64;
const ground = 20;

/**
 * Paints values as an opaque picture; a channel whose limits are equal is black below them and full above.
 * @param mask one byte a pixel, 1 = left out; such pixels, and values that are not finite, are hatched
 */
export function cubeImage(
  { channels, values, limits }: CubeImage,
  width: number,
  height: number,
  mask?: Uint8Array,
): RgbaImage {
  const pixels = width * height;
  if (values.length !== pixels * channels)
    throw new UnmixingError(
      'input',
      `invalid image: ${values.length} values (want ${width} x ${height} x ${channels})`,
    );
  const data = new Uint8ClampedArray(pixels * 4);
  for (let n = 0; n < pixels; n++) {
    let shown = !mask?.[n];
    for (let c = 0; c < 3; c++) {
      const channel = channels === 1 ? 0 : c;
      const value = values[n * channels + channel];
      const [low, high] = limits[channel];
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
