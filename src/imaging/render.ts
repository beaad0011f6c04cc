import { UnmixingError } from '../spectral/errors.js';
import type { Layer, LayerImage, LayerStyle, Rgb, RgbaImage } from './layer.js';
import { levelAt, levelsOf } from './levels.js';
import { rampColours } from './ramp.js';

/** Strength 0 to 1 of a value, by limits, gamma and threshold of a style; 0 for a value that is not a number. */
export function strength(
  value: number,
  { limits: [low, high], gamma, threshold }: LayerStyle,
): number {
  if (!(value >= threshold)) return 0;
  return Math.min(1, Math.max(0, (value - low) / (high - low))) ** gamma;
}

/**
 * The reference drawing of one layer, straight alpha: every host shows exactly these pixels, source over.
 * A map's pixels all carry its colour, also where they are transparent, so that linear interpolation keeps the hue.
 * A layer that is not visible is transparent throughout.
 * @throws UnmixingError `input` when the image holds too few or too many values, its limits do not rise or its gamma is not
 * above 0
 */
export function renderLayer({ image, style }: Layer): RgbaImage {
  checkImage(image);
  checkStyle(style);
  const { width, height } = image;
  const opacity = style.visible ? style.opacity : 0;
  const data = new Uint8ClampedArray(width * height * 4);
  switch (image.kind) {
    case 'map':
      drawMap(image, style, opacity, data);
      break;
    case 'classes':
      drawClasses(image, opacity, data);
      break;
    case 'rgba':
      drawPicture(image, style, opacity, data);
  }
  return { kind: 'rgba', width, height, data };
}

/** Colours with alpha, each written to a pixel at once. */
function palette(colours: readonly (readonly [...Rgb, number])[]): Uint32Array {
  return new Uint32Array(Uint8ClampedArray.from(colours.flat()).buffer);
}

/** With tables and one write a pixel: a map of 2048 x 2048 is drawn anew with every move of a slider. */
function drawMap(
  { values }: Extract<LayerImage, { readonly kind: 'map' }>,
  { colourMap, colour, limits, gamma, threshold }: LayerStyle,
  opacity: number,
  data: Uint8ClampedArray,
): void {
  const single = colourMap === 'single';
  const alpha = Math.round(255 * opacity);
  const colours = palette(
    single
      ? Array.from({ length: alpha + 1 }, (_, a) => [...colour, a] as const)
      : rampColours(colourMap).map((one) => [...one, alpha] as const),
  );
  const [clear] = palette([
    [...(single ? colour : rampColours(colourMap)[0]), 0],
  ]);
  const pixels = new Uint32Array(data.buffer);
  const top = single ? 255 * opacity : 255;
  const [low, high] = limits;
  if (gamma === 1)
    for (let n = 0; n < values.length; n++) {
      const value = values[n];
      const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
      pixels[n] = value >= threshold ? colours[(share * top + 0.5) | 0] : clear;
    }
  else {
    const levels = levelsOf(limits, gamma, top);
    for (let n = 0; n < values.length; n++) {
      const value = values[n];
      pixels[n] = value >= threshold ? colours[levelAt(levels, value)] : clear;
    }
  }
}

function drawClasses(
  { classes, colours }: Extract<LayerImage, { readonly kind: 'classes' }>,
  opacity: number,
  data: Uint8ClampedArray,
): void {
  const table = palette([
    [0, 0, 0, 0],
    ...colours.map((one) => [...one, Math.round(255 * opacity)] as const),
  ]);
  const pixels = new Uint32Array(data.buffer);
  for (let n = 0; n < classes.length; n++)
    if (classes[n] < table.length) pixels[n] = table[classes[n]];
}

function drawPicture(
  image: RgbaImage,
  { limits, gamma }: LayerStyle,
  opacity: number,
  data: Uint8ClampedArray,
): void {
  data.set(image.data);
  const levels = levelsOf([255 * limits[0], 255 * limits[1]], gamma, 255);
  const bright = Uint8Array.from({ length: 256 }, (_, c) => levelAt(levels, c));
  const alphas = Uint8Array.from({ length: 256 }, (_, a) =>
    Math.round(a * opacity),
  );
  if (bright.some((level, c) => level !== c))
    for (let i = 0; i < data.length; i += 4) {
      data[i] = bright[data[i]];
      data[i + 1] = bright[data[i + 1]];
      data[i + 2] = bright[data[i + 2]];
    }
  if (opacity !== 1)
    for (let a = 3; a < data.length; a += 4) data[a] = alphas[data[a]];
}

/** Whether two layers have the same pixels in the same place, so that a host need not draw the second anew. */
export function sameLook(a: Layer | null, b: Layer): boolean {
  if (!a || a.image !== b.image || a.geometry !== b.geometry) return false;
  const same = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((value, i) => value === other[i]);
  const [one, other] = [a.style, b.style];
  if (one.opacity !== other.opacity) return false;
  if (b.image.kind === 'classes') return true;
  return (
    one.gamma === other.gamma &&
    same(one.limits, other.limits) &&
    (b.image.kind === 'rgba' ||
      (one.colourMap === other.colourMap &&
        one.threshold === other.threshold &&
        same(one.colour, other.colour)))
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

function checkStyle({ limits: [low, high], gamma }: LayerStyle): void {
  if (!(low < high))
    throw new UnmixingError(
      'input',
      `invalid limits: ${low} to ${high} (want a low limit below the high one)`,
    );
  if (!(gamma > 0 && gamma < Infinity))
    throw new UnmixingError(
      'input',
      `invalid gamma: ${gamma} (want a number above 0)`,
    );
}
