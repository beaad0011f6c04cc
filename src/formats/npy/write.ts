import { describe } from '../common/description.js';
import { bytesPerValue, putValues } from '../common/put-values.js';
import type { SavedFile, SavedImage } from '../saved.js';

/**
 * The header of a .npy in C order: a Python dictionary, padded so that the values begin at a multiple of 64 bytes
 * (numpy.lib.format).
 * @param description number type as NumPy writes it, such as "<f4"
 */
export function npyHeader(
  description: string,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '${description}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const start = Math.ceil((10 + words.length + 1) / 64) * 64;
  const header = `\x93NUMPY\x01\0\0\0${words}`.padEnd(start - 1) + '\n';
  const content = Uint8Array.from(header, (sign) => sign.charCodeAt(0));
  new DataView(content.buffer).setUint16(8, start - 10, true);
  return content;
}

/**
 * An image as a NumPy array, NAME.npy: float32 (bytes, of classes), height x width x bands. Axis, names and geometry, which it has no place
 * for, go to NAME.npy.json beside it.
 */
export function writeNpy(image: SavedImage): [SavedFile, SavedFile] {
  const { name, width, height, bands, data } = image;
  const header = npyHeader(image.classes ? '|u1' : '<f4', [
    height,
    width,
    bands,
  ]);
  const content = new Uint8Array(
    header.length + bytesPerValue(image) * data.length,
  );
  content.set(header);
  putValues(image, content, header.length);
  return [
    { name: `${name}.npy`, content },
    { name: `${name}.npy.json`, content: JSON.stringify(describe(image)) },
  ];
}
