import { UnmixingError } from '../../spectral/errors.js';
import { Bytes } from '../common/bytes.js';
import { inflate } from '../common/inflate.js';

// MAT-File Format (MathWorks), chapter 1, "Level 5 MAT-File Format".

/** Element types that are no numbers. */
export const matrixType = 14;
export const compressedType = 15;

/** Bytes of a number of each element type, and how to read it. */
const numberReaders: Readonly<
  Record<
    number,
    {
      readonly size: number;
      readonly read: (view: DataView, at: number, little: boolean) => number;
    }
  >
> = {
  1: { size: 1, read: (view, at) => view.getInt8(at) },
  2: { size: 1, read: (view, at) => view.getUint8(at) },
  3: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  4: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  5: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  6: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  7: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  9: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  12: {
    size: 8,
    read: (view, at, little) => Number(view.getBigInt64(at, little)),
  },
  13: {
    size: 8,
    read: (view, at, little) => Number(view.getBigUint64(at, little)),
  },
  // Characters: UTF-8 and UTF-16, of which only those of one unit are told apart.
  16: { size: 1, read: (view, at) => view.getUint8(at) },
  17: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
};

/** A part of a MAT-file: its type, its data, and where the next one begins. */
export interface Element {
  readonly type: number;
  readonly data: Bytes;
  readonly next: number;
}

/** The element at a place. Small ones keep their data inside their tag. */
export function elementAt(bytes: Bytes, at: number): Element {
  const first = bytes.uint32(at);
  const small = first >>> 16;
  if (small > 0)
    return {
      type: first & 0xffff,
      data: bytes.part(at + 4, small),
      next: at + 8,
    };
  const length = bytes.uint32(at + 4);
  const padded = first === compressedType ? length : 8 * Math.ceil(length / 8);
  return {
    type: first,
    data: bytes.part(at + 8, length),
    next: at + 8 + padded,
  };
}

/** How many numbers an element holds; null when it holds none that are known. */
export function countOf({ type, data }: Element): number | null {
  return type in numberReaders
    ? Math.floor(data.size / numberReaders[type].size)
    : null;
}

/**
 * Numbers `from` to `to` (not included) of an element.
 * @throws UnmixingError `file` when it holds no numbers, or fewer
 */
export function numbersOf(
  { type, data }: Element,
  from: number,
  to: number,
): Float64Array {
  if (!(type in numberReaders))
    throw new UnmixingError(
      'file',
      `${data.name} is damaged: it holds a part of type ${type} where numbers belong.`,
    );
  const { size, read } = numberReaders[type];
  data.need(from * size, (to - from) * size);
  const view = new DataView(
    data.bytes.buffer,
    data.bytes.byteOffset,
    data.bytes.byteLength,
  );
  const values = new Float64Array(to - from);
  for (let i = 0; i < values.length; i++)
    values[i] = read(view, (from + i) * size, data.littleEndian);
  return values;
}

/** Deflate makes nothing smaller than by this factor, http://zlib.net/zlib_tech.html. */
const mostDeflation = 1032;
const tagBytes = 8;

/**
 * The matrix in a compressed element, whose own tag tells its size.
 * @throws UnmixingError `file` when it is damaged
 */
export async function unpack({
  bytes,
  name,
  littleEndian,
}: Bytes): Promise<Element> {
  const packed = bytes.slice();
  const unpacked = async (size: number): Promise<Bytes> => {
    const part = await inflate(packed, 'deflate', size);
    if (part.length === size) return new Bytes(part, name, littleEndian);
    throw new UnmixingError(
      'file',
      `${name} is damaged or cut short: a compressed variable cannot be unpacked.`,
    );
  };
  const size = (await unpacked(tagBytes)).uint32(4);
  return elementAt(
    await unpacked(tagBytes + Math.min(size, mostDeflation * bytes.length)),
    0,
  );
}
