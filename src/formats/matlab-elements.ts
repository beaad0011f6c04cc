import { Unzlib } from 'fflate';
import { UnmixingError } from '../spectral/errors.js';
import { Bytes } from './bytes.js';

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
  const reader = type in numberReaders ? numberReaders[type] : null;
  return reader ? Math.floor(data.size / reader.size) : null;
}

/** Numbers `from` to `to` (not included) of an element. */
export function numbersOf(
  { type, data }: Element,
  from: number,
  to: number,
): Float64Array {
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
const pieceBytes = 16384;

/** Takes what is unpacked, up to the size that the tag of the matrix in it tells; it may be no more than deflate can yield. */
class Unpacked {
  readonly #tag = new Uint8Array(8);
  bytes: Uint8Array | null = null;
  #filled = 0;

  constructor(private readonly packed: Bytes) {}

  get isWhole(): boolean {
    return this.bytes !== null && this.#filled === this.bytes.length;
  }

  take(chunk: Uint8Array): void {
    const into = this.bytes ?? this.#tag;
    const part = chunk.subarray(0, into.length - this.#filled);
    into.set(part, this.#filled);
    this.#filled += part.length;
    if (into !== this.#tag || this.#filled < this.#tag.length) return;
    const { littleEndian, size } = this.packed;
    const length = new DataView(into.buffer).getUint32(4, littleEndian);
    if (length > mostDeflation * size) throw this.damaged();
    this.bytes = new Uint8Array(into.length + length);
    this.bytes.set(into);
    this.take(chunk.subarray(part.length));
  }

  damaged(cause?: unknown): UnmixingError {
    return new UnmixingError(
      'file',
      `${this.packed.name} is damaged or cut short: a compressed variable cannot be unpacked.`,
      { cause },
    );
  }
}

/**
 * The matrix in a compressed element.
 * @throws UnmixingError `file` when it is damaged
 */
export function inflate(packed: Bytes): Bytes {
  const { bytes, name, littleEndian } = packed;
  const unpacked = new Unpacked(packed);
  const stream = new Unzlib((chunk) => unpacked.take(chunk));
  try {
    for (let at = 0; at < bytes.length && !unpacked.isWhole; at += pieceBytes)
      stream.push(
        bytes.subarray(at, at + pieceBytes),
        at + pieceBytes >= bytes.length,
      );
  } catch (cause) {
    throw unpacked.damaged(cause);
  }
  if (!unpacked.bytes || !unpacked.isWhole) throw unpacked.damaged();
  return new Bytes(unpacked.bytes, name, littleEndian);
}
