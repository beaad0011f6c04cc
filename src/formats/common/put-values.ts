import type { SavedImage } from '../saved.js';

type Values = Pick<SavedImage, 'data' | 'classes'>;

/** Classes take one byte a value, all else 32-bit floats. */
export const bytesPerValue = ({ classes }: Values): 1 | 4 => (classes ? 1 : 4);

/** Writes all values from a place on, little-endian whatever the machine. */
export function putValues(
  { data, classes }: Values,
  content: Uint8Array<ArrayBuffer>,
  at = 0,
): void {
  if (classes) {
    content.set(data, at);
    return;
  }
  const view = new DataView(content.buffer, content.byteOffset + at);
  for (let i = 0; i < data.length; i++) view.setFloat32(4 * i, data[i], true);
}
