import type { Picture } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { Bytes } from '../common/bytes.js';
import type { OpenOptions } from '../opened.js';

/**
 * Reads an uncompressed Windows bitmap of 8 bits with a palette, 24 or 32 bits a pixel.
 * Layout: BITMAPFILEHEADER and BITMAPINFOHEADER of the Windows documentation; rows are padded to four bytes, and run from
 * the bottom unless the height is negative.
 * @throws UnmixingError `file` for another kind of bitmap, or one that is cut short
 */
export async function readBmp(
  bmp: Bytes,
  task: OpenOptions,
): Promise<Pick<Picture, 'width' | 'height' | 'data'>> {
  const start = bmp.uint32(10);
  const infoBytes = bmp.uint32(14);
  const width = bmp.int32(18);
  const height = Math.abs(bmp.int32(22));
  const fromTop = bmp.int32(22) < 0;
  const bits = bmp.uint16(28);
  const compression = bmp.uint32(30);
  if (compression !== 0 || ![8, 24, 32].includes(bits))
    throw new UnmixingError(
      'file',
      `The bitmap in ${bmp.name} has ${bits} bits a pixel and compression ${compression} (want 8, 24 or 32 bits, uncompressed).`,
    );
  if (width < 1 || height < 1)
    throw new UnmixingError(
      'file',
      `The bitmap in ${bmp.name} declares ${width} x ${height} pixels.`,
    );
  const step = bits / 8;
  const rowBytes = Math.ceil((width * step) / 4) * 4;
  bmp.need(start, rowBytes * height);
  const palette = 14 + infoBytes;
  if (bits === 8) bmp.need(palette, 4 * 256);
  const pace = keepPace(task.signal, task.onProgress);
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + rowBytes * (fromTop ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 4) {
      const at = bits === 8 ? palette + 4 * bmp.bytes[row + x] : row + step * x;
      for (let c = 0; c < 3; c++) data[to + c] = bmp.bytes[at + 2 - c];
    }
    await pace(y / height);
  }
  return { width, height, data };
}
