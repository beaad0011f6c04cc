import { UnmixingError } from '../../spectral/errors.js';
import type { OpenOptions } from '../opened.js';
import { toPicture } from '../common/picture.js';
import type { PageValues } from './blocks.js';
import type { TiffPage } from './pages.js';

/** Photometric interpretations of TIFF 6.0. */
const whiteIsZero = 0;
const blackIsZero = 1;
const rgb = 2;
const palette = 3;
const yCbCr = 6;

/** Whether a page is a picture in colours, not bands of something else. */
export const isColoured = ({ photometric, samples }: TiffPage): boolean =>
  (photometric === rgb && (samples === 3 || samples === 4)) ||
  photometric === palette ||
  photometric > palette;

/** Red, green and blue of every pixel of a palette. */
function ofPalette(
  values: PageValues,
  { bits, colours }: TiffPage,
): Uint8Array<ArrayBuffer> {
  const each = 2 ** bits;
  const out = new Uint8Array(3 * values.length);
  for (let n = 0; n < values.length; n++)
    for (let c = 0; c < 3; c++)
      out[3 * n + c] = (colours[c * each + Number(values[n])] ?? 0) >> 8;
  return out;
}

/** ITU-R BT.601 as JFIF has it. */
function ofYCbCr(values: PageValues): Uint8ClampedArray {
  const out = new Uint8ClampedArray(values.length);
  for (let n = 0; n < values.length; n += 3) {
    const y = Number(values[n]);
    const blue = Number(values[n + 1]) - 128;
    const red = Number(values[n + 2]) - 128;
    out[n] = y + 1.402 * red;
    out[n + 1] = y - 0.344136 * blue - 0.714136 * red;
    out[n + 2] = y + 1.772 * blue;
  }
  return out;
}

/** The values, or those of them that stand for colours and opacity, with zero as black and bytes over their whole range. */
function plain(
  values: PageValues,
  { bits, format, photometric, samples }: TiffPage,
  taken: number,
): PageValues {
  const most = 2 ** bits - 1;
  const turned = photometric === whiteIsZero && format === 'uint';
  if (!turned && bits >= 8 && taken === samples) return values;
  const out = values.slice(0, (values.length / samples) * taken);
  const factor = bits < 8 ? 255 / most : 1;
  for (let i = 0; i < out.length; i++) {
    const pixel = Math.floor(i / taken);
    const value = Number(values[pixel * samples + (i % taken)]);
    const said = (turned ? most - value : value) * factor;
    out[i] = typeof out[i] === 'bigint' ? BigInt(said) : said;
  }
  return out;
}

/**
 * 8-bit RGBA of a page: grey, with or without opacity, colours, a palette, or the colours of JPEG.
 * @throws UnmixingError `file` for other colours
 */
export function pictureOf(
  values: PageValues,
  page: TiffPage,
  name: string,
  warnings: string[],
  task: OpenOptions,
): Promise<Uint8ClampedArray> {
  const { photometric, samples, compression, hasAlpha, width, height } = page;
  const draw = (
    shown: PageValues | Uint8ClampedArray,
    components: number,
  ): Promise<Uint8ClampedArray> =>
    toPicture(shown, width * height, components, warnings, task);
  switch (photometric) {
    case whiteIsZero:
    case blackIsZero:
    case rgb: {
      const colours = photometric === rgb ? 3 : 1;
      const taken = hasAlpha && samples > colours ? colours + 1 : colours;
      return draw(plain(values, page, taken), taken);
    }
    case palette:
      return draw(ofPalette(values, page), 3);
    case yCbCr:
      if (compression === 7 && samples === 3) return draw(ofYCbCr(values), 3);
  }
  throw new UnmixingError(
    'file',
    `${name} holds colours that cannot be read (number ${photometric}; want grey, RGB, a palette or JPEG).`,
  );
}
