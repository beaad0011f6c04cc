import { UnmixingError } from '../spectral/errors.js';
import type { Layer, RgbaImage } from './layer.js';
import { renderLayer } from './render.js';

/**
 * Blends layers of one grid, bottom first, into one picture with straight alpha.
 *
 * With colour c and alpha a of the next layer's pixel, and C (colour times alpha) and A of what lies below, both 0 to 1:
 * - translucent: C ← C (1 - a) + c a, A ← A (1 - a) + a (Porter and Duff 1984, "over"). As "over" is associative, drawing
 *   the blend over any base equals drawing the layers one after another, within the rounding of 8 bits;
 * - additive: C ← min(1, C + c a), A ← min(1, A + a). The light of the overlays is summed, exactly so over black; a base
 *   beneath is dimmed by the sum of their alphas, since one straight-alpha picture cannot add light to its base.
 *
 * @throws UnmixingError `input` without layers or when their sizes differ
 */
export function composite(layers: readonly Layer[]): RgbaImage {
  if (layers.length === 0)
    throw new UnmixingError(
      'input',
      'invalid layers: none (want at least one to blend)',
    );
  const { width, height } = layers[0].image;
  const colours = new Float32Array(width * height * 3);
  const alphas = new Float32Array(width * height);
  for (const layer of layers) {
    const { image, style } = layer;
    if (image.width !== width || image.height !== height)
      throw new UnmixingError(
        'input',
        `invalid layers: ${image.width} x ${image.height} and ${width} x ${height} pixels (want one size)`,
      );
    if (!style.visible) continue;
    const { data } = renderLayer(layer);
    const additive = style.blending === 'additive';
    for (let n = 0; n < alphas.length; n++) {
      const a = data[4 * n + 3] / 255;
      if (a === 0) continue;
      const below = additive ? 1 : 1 - a;
      for (let c = 0; c < 3; c++)
        colours[3 * n + c] = Math.min(
          1,
          colours[3 * n + c] * below + (data[4 * n + c] / 255) * a,
        );
      alphas[n] = Math.min(1, alphas[n] * below + a);
    }
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let n = 0; n < alphas.length; n++) {
    if (alphas[n] === 0) continue;
    for (let c = 0; c < 3; c++)
      data[4 * n + c] = (255 * colours[3 * n + c]) / alphas[n];
    data[4 * n + 3] = 255 * alphas[n];
  }
  return { kind: 'rgba', width, height, data };
}
