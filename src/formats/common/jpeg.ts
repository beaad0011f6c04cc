/** What a JPEG stream declares of its picture. */
interface Frame {
  readonly width: number;
  readonly height: number;
  /** Values a pixel: 1 grey, 3 colours, 4 inks. */
  readonly components: number;
  /** Whether three values are red, green and blue, not brightness and two differences. */
  readonly isRgb: boolean;
}

/** 8-bit RGBA, row by row from the top. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A byte of a stream holds this many pixels at the most: a flat block of 16 x 16 takes six bits. */
const mostPixelsPerByte = 512;

/** Reads the frame: ITU-T T.81, B.2; the mark of Adobe: T.872, 6.5.3. */
function frameOf(packed: Uint8Array): Frame | null {
  const pair = (at: number): number => (packed[at] << 8) | packed[at + 1];
  let isRgb = false;
  for (let at = 2; at + 16 <= packed.length && packed[at] === 0xff;) {
    const marker = packed[at + 1];
    if (marker >= 0xc0 && marker <= 0xc2) {
      const [width, height] = [pair(at + 7), pair(at + 5)];
      const pixels = width * height;
      return pixels > 0 && pixels <= packed.length * mostPixelsPerByte
        ? { width, height, components: packed[at + 9], isRgb }
        : null;
    }
    if (marker === 0xee) isRgb = packed[at + 15] === 0;
    at += 2 + pair(at + 2);
  }
  return null;
}

/** A picture that was unpacked, to be painted onto a canvas on which it fits. */
export interface Unpacked {
  readonly width: number;
  readonly height: number;
  readonly paintOn: (canvas: Canvas, left: number, top: number) => void;
}

/** Width and height of a picture; null when it is no JPEG stream, or one that so few bytes cannot hold. */
export function jpegSize(packed: Uint8Array): readonly [number, number] | null {
  const frame = frameOf(packed);
  return frame && [frame.width, frame.height];
}

/**
 * Unpacks a picture that lies inside a file with geotiff's decoder, which is loaded on first use and needs no worker.
 * @returns null when it is damaged, or has neither one nor three components
 */
export async function unpackPicture(
  packed: Uint8Array,
): Promise<Unpacked | null> {
  const frame = frameOf(packed);
  if (!frame || ![1, 3].includes(frame.components)) return null;
  const { width, height, components } = frame;
  const { getDecoder } = await import('geotiff');
  let samples: Uint8Array;
  try {
    const decoder = await getDecoder(7, {
      tileWidth: width,
      tileHeight: height,
      planarConfiguration: 1,
      bitsPerSample: 8,
      predictor: 1,
    });
    samples = new Uint8Array(await decoder.decode(packed.slice().buffer));
  } catch {
    return null;
  }
  if (samples.length !== width * height * components) return null;
  const paintOn = (canvas: Canvas, left: number, top: number): void => {
    for (let y = 0; y < height; y++) {
      const to = 4 * ((top + y) * canvas.width + left);
      const row = canvas.data.subarray(to, to + 4 * width);
      paintRow(samples, y * width, frame, row);
    }
  };
  return { width, height, paintOn };
}

/** A picture that fills its canvas; null as above. */
export async function decodeJpeg(packed: Uint8Array): Promise<Canvas | null> {
  const unpacked = await unpackPicture(packed);
  if (!unpacked) return null;
  const { width, height } = unpacked;
  const data = new Uint8ClampedArray(4 * width * height);
  unpacked.paintOn({ width, height, data }, 0, 0);
  return { width, height, data };
}

/** What a difference of 0 to 255, with 128 for none, adds to a colour. */
const addsOf = (factor: number): Int16Array =>
  Int16Array.from({ length: 256 }, (_, c) => Math.round(factor * (c - 128)));
// JFIF 1.02; the two parts of green are kept in 1/64, so that their sum is rounded once.
const redOfC = addsOf(1.402);
const blueOfB = addsOf(1.772);
const greenOfB = addsOf(-0.344136 * 64);
const greenOfC = addsOf(-0.714136 * 64);

/** Colours of brightness and differences (JFIF 1.02), fully opaque; without differences it is grey. */
function paintRow(
  samples: Uint8Array,
  first: number,
  { components, isRgb }: Frame,
  rgba: Uint8ClampedArray,
): void {
  let at = first * components;
  if (components === 1 || isRgb) {
    const [second, third] = components === 1 ? [0, 0] : [1, 2];
    for (let to = 0; to < rgba.length; to += 4, at += components) {
      rgba[to] = samples[at];
      rgba[to + 1] = samples[at + second];
      rgba[to + 2] = samples[at + third];
      rgba[to + 3] = 255;
    }
    return;
  }
  for (let to = 0; to < rgba.length; to += 4, at += 3) {
    const brightness = samples[at];
    const b = samples[at + 1];
    const c = samples[at + 2];
    rgba[to] = brightness + redOfC[c];
    rgba[to + 1] = brightness + ((greenOfB[b] + greenOfC[c] + 32) >> 6);
    rgba[to + 2] = brightness + blueOfB[b];
    rgba[to + 3] = 255;
  }
}
