import { UnmixingError } from '../spectral/errors.js';
import type { Layer, LayerImage, LayerStyle, RgbaImage } from './layer.js';
import { rampColours } from './ramp.js';

/** Strength 0 to 1 of a value, by the limits and the threshold of a style; 0 for a value that is not a number. */
export function strength(
  value: number,
  { limits: [low, high], threshold }: LayerStyle,
): number {
  if (!(value >= threshold)) return 0;
  return held((value - low) / (high - low));
}

const held = (share: number): number => Math.min(1, Math.max(0, share));

/**
 * The reference drawing of one layer, straight alpha: every host shows exactly these pixels, source over.
 * A map's pixels all carry its colour, also where they are transparent, so that linear interpolation keeps the hue.
 * A layer that is not visible is transparent throughout.
 * @throws UnmixingError `input` when the image holds too few or too many values, or its limits do not rise
 */
export function renderLayer({ image, style }: Layer): RgbaImage {
  checkImage(image);
  const { width, height } = image;
  const opacity = style.visible ? style.opacity : 0;
  const data = new Uint8ClampedArray(width * height * 4);
  if (image.kind === 'rgba') {
    data.set(image.data);
    if (opacity !== 1)
      for (let a = 3; a < data.length; a += 4)
        data[a] = Math.round(image.data[a] * opacity);
  } else if (image.kind === 'classes') {
    const alpha = Math.round(255 * opacity);
    for (let n = 0; n < image.classes.length; n++) {
      const colour = image.colours.at(image.classes[n] - 1);
      if (image.classes[n] === 0 || !colour) continue;
      data[4 * n] = colour[0];
      data[4 * n + 1] = colour[1];
      data[4 * n + 2] = colour[2];
      data[4 * n + 3] = alpha;
    }
  } else drawMap(image, style, opacity, data);
  return { kind: 'rgba', width, height, data };
}

/** Without anything made for each pixel: maps come with every preview. */
function drawMap(
  { values, ramp }: Extract<LayerImage, { readonly kind: 'map' }>,
  style: LayerStyle,
  opacity: number,
  data: Uint8ClampedArray,
): void {
  checkLimits(style);
  const { threshold, colour } = style;
  const [low, high] = style.limits;
  const colours = ramp ? rampColours(ramp) : null;
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    const drawn = value >= threshold;
    const share = drawn ? held((value - low) / (high - low)) : 0;
    const at = colours ? colours[Math.round(255 * share)] : colour;
    data[4 * n] = at[0];
    data[4 * n + 1] = at[1];
    data[4 * n + 2] = at[2];
    data[4 * n + 3] = Math.round(
      255 * opacity * (colours ? Number(drawn) : share),
    );
  }
}

/** Whether two layers have the same pixels in the same place, so that a host need not draw the second anew. */
export function sameLook(a: Layer | null, b: Layer): boolean {
  if (!a || a.image !== b.image || a.geometry !== b.geometry) return false;
  const same = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((value, i) => value === other[i]);
  return (
    a.style.opacity === b.style.opacity &&
    (b.image.kind === 'rgba' ||
      (a.style.threshold === b.style.threshold &&
        same(a.style.colour, b.style.colour) &&
        same(a.style.limits, b.style.limits)))
  );
}

function checkImage(image: LayerImage): void {
  const { width, height } = image;
  const [have, each] =
    image.kind === 'map'
      ? [image.values.length, 1]
      : image.kind === 'classes'
        ? [image.classes.length, 1]
        : [image.data.length, 4];
  if (have !== width * height * each)
    throw new UnmixingError(
      'input',
      `invalid image: ${have} values (want ${width} x ${height} x ${each} = ${width * height * each})`,
    );
}

function checkLimits({ limits: [low, high] }: LayerStyle): void {
  if (!(low < high))
    throw new UnmixingError(
      'input',
      `invalid limits: ${low} to ${high} (want a low limit below the high one)`,
    );
}
