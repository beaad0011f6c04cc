import { describe } from '../common/description.js';
import { bytesPerValue, putValues } from '../common/put-values.js';
import type { SavedFile, SavedImage } from '../saved.js';

/**
 * An image as a NumPy array, NAME.npy: float32 (bytes, of classes), height x width x bands. Axis, names and geometry, which it has no place
 * for, go to NAME.npy.json beside it.
 */
export function writeNpy(image: SavedImage): [SavedFile, SavedFile] {
  const { name, width, height, bands, data } = image;
  const words = `{'descr': '${image.classes ? '|u1' : '<f4'}', 'fortran_order': False, 'shape': (${height}, ${width}, ${bands}), }`;
  // The values begin at a multiple of 64 bytes, and the header ends with a line feed (numpy.lib.format).
  const start = Math.ceil((10 + words.length + 1) / 64) * 64;
  const header = `\x93NUMPY\x01\0\0\0${words}`.padEnd(start - 1) + '\n';
  const content = new Uint8Array(start + bytesPerValue(image) * data.length);
  content.set(Uint8Array.from(header, (sign) => sign.charCodeAt(0)));
  const view = new DataView(content.buffer);
  view.setUint16(8, start - 10, true);
  putValues(image, content, start);
  return [
    { name: `${name}.npy`, content },
    { name: `${name}.npy.json`, content: JSON.stringify(describe(image)) },
  ];
}
