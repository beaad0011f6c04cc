import type { Library, Metadata } from './library.js';

/** Types of numbers that are read. */
export const numberTypes = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
] as const;
export type NumberType = (typeof numberTypes)[number];

/** The type of the numbers in a dataset or attribute; null when it holds something else. */
export function numberTypeOf(
  { type, size, signed }: Metadata,
  { H5T_class_t: classes }: Library,
): NumberType | null {
  const kind =
    type === classes.H5T_FLOAT.value
      ? 'float'
      : type === classes.H5T_INTEGER.value
        ? signed
          ? 'int'
          : 'uint'
        : null;
  const name = `${kind}${8 * size}`;
  return numberTypes.find((known) => known === name) ?? null;
}

/** Numbers in the library's memory: a view where there is one, valid until the library is called again. */
export function numbersAt(
  buffer: ArrayBufferLike,
  at: number,
  count: number,
  type: NumberType,
): ArrayLike<number> {
  switch (type) {
    case 'int8':
      return new Int8Array(buffer, at, count);
    case 'uint8':
      return new Uint8Array(buffer, at, count);
    case 'int16':
      return new Int16Array(buffer, at, count);
    case 'uint16':
      return new Uint16Array(buffer, at, count);
    case 'int32':
      return new Int32Array(buffer, at, count);
    case 'uint32':
      return new Uint32Array(buffer, at, count);
    case 'float32':
      return new Float32Array(buffer, at, count);
    case 'float64':
      return new Float64Array(buffer, at, count);
    case 'int64':
      return Float64Array.from(new BigInt64Array(buffer, at, count), Number);
    case 'uint64':
      return Float64Array.from(new BigUint64Array(buffer, at, count), Number);
  }
}

/** Longest text that is taken from a file's field. */
const longestText = 10_000;

const tidyText = (text: string): string =>
  text
    .slice(0, longestText)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** Texts in the library's memory, each of so many bytes or, of varying length, behind a pointer. */
export function textsAt(
  library: Library,
  at: number,
  { vlen, size, total_size: count }: Metadata,
): string[] {
  const view = new DataView(library.HEAPU8.buffer);
  return Array.from({ length: count }, (_, i) => {
    if (vlen) {
      const pointer = view.getUint32(at + 4 * i, true);
      return pointer === 0 ? '' : tidyText(library.UTF8ToString(pointer));
    }
    const all = library.HEAPU8.slice(at + i * size, at + (i + 1) * size);
    const end = all.indexOf(0);
    return tidyText(
      new TextDecoder().decode(end < 0 ? all : all.subarray(0, end)),
    );
  });
}

/** The first reference in each of some lists of varying length in the library's memory; null where a list is empty. */
export function referencesAt(
  library: Library,
  at: number,
  { size, total_size: count }: Metadata,
  referenceSize: number,
): (Uint8Array | null)[] {
  const view = new DataView(library.HEAPU8.buffer);
  return Array.from({ length: count }, (_, i) => {
    const length = view.getUint32(at + i * size, true);
    const pointer = view.getUint32(at + i * size + 4, true);
    return length > 0
      ? library.HEAPU8.slice(pointer, pointer + referenceSize)
      : null;
  });
}
