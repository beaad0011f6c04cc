import { UnmixingError } from '../../spectral/errors.js';
import { readNpyHeader } from './header.js';
import { npyHeader } from './write.js';

/** Arrays that are kept in the number type they have. */
export type TypedArray =
  Float32Array | Float64Array | Uint8Array | Uint8ClampedArray;

const descriptions: readonly (readonly [
  string,
  (array: TypedArray) => boolean,
])[] = [
  ['<f4', (array) => array instanceof Float32Array],
  ['<f8', (array) => array instanceof Float64Array],
  ['|u1', () => true],
];

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Values as they lie in memory, in the byte order of the file; the machine's own on all that browsers run on. */
function littleEndian(array: TypedArray): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(array.byteLength);
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const width = array.BYTES_PER_ELEMENT;
  if (!isLittleEndian && width > 1)
    for (let at = 0; at < bytes.length; at += width)
      bytes.subarray(at, at + width).reverse();
  return bytes;
}

/** An array as a NumPy file in its own number type, in C order. */
export function writeTypedNpy(
  array: TypedArray,
  shape: readonly number[],
): readonly Uint8Array<ArrayBuffer>[] {
  const [description] = descriptions.find(([, is]) => is(array)) ?? ['|u1'];
  return [npyHeader(description, shape), littleEndian(array)];
}

const made = {
  float32: (buffer: ArrayBuffer) => new Float32Array(buffer),
  float64: (buffer: ArrayBuffer) => new Float64Array(buffer),
  uint8: (buffer: ArrayBuffer) => new Uint8Array(buffer),
  'uint8-clamped': (buffer: ArrayBuffer) => new Uint8ClampedArray(buffer),
} as const;

export type TypedKind = keyof typeof made;

/**
 * Reads an array that must have this number type and shape; room is made for what the file holds, never for what it says.
 * @throws UnmixingError `file` when it is damaged or another
 */
export async function readTypedNpy(
  file: File,
  type: TypedKind,
  shape: readonly number[],
): Promise<TypedArray> {
  const header = await readNpyHeader(file);
  const stored = type === 'uint8-clamped' ? 'uint8' : type;
  const size = shape.reduce((all, one) => all * one, header.bytesPerValue);
  const same =
    header.type === stored &&
    !header.columnMajor &&
    (header.littleEndian || header.bytesPerValue === 1) &&
    header.shape.join() === shape.join();
  if (!same)
    throw new UnmixingError(
      'file',
      `${file.name} holds ${header.type} (${header.shape.join(', ')}) (want ${stored} (${shape.join(', ')})).`,
    );
  if (file.size !== header.offset + size)
    throw new UnmixingError(
      'file',
      `${file.name} is cut short or damaged: it holds ${file.size} bytes (want ${header.offset + size}).`,
    );
  const bytes = await file.slice(header.offset).arrayBuffer();
  const array = made[type](bytes);
  if (!isLittleEndian && array.BYTES_PER_ELEMENT > 1)
    new Uint8Array(bytes).set(littleEndian(array));
  return array;
}
