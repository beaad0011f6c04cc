import { UnmixingError } from '../../spectral/errors.js';

/** Longest text that is taken from a file's field. */
const longestText = 10_000;

/**
 * Numbers and words at places of a file that was read. Reading past its end tells that the file is cut short, and nothing
 * is allocated before that is known.
 */
export class Bytes {
  readonly #view: DataView;

  /** @param name of the file, for the sentences */
  constructor(
    readonly bytes: Uint8Array,
    readonly name: string,
    readonly littleEndian = true,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.bytes.length;
  }

  /**
   * Refuses a part that does not lie in the file.
   * @throws UnmixingError `file`
   */
  need(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.size))
      throw new UnmixingError(
        'file',
        `${this.name} is cut short or damaged: it points to byte ${at + length}, and holds ${this.size}.`,
      );
  }

  #number(at: number, length: number, read: (view: DataView) => number) {
    this.need(at, length);
    return read(this.#view);
  }

  uint8(at: number): number {
    return this.#number(at, 1, (view) => view.getUint8(at));
  }
  int8(at: number): number {
    return this.#number(at, 1, (view) => view.getInt8(at));
  }
  uint16(at: number): number {
    return this.#number(at, 2, (v) => v.getUint16(at, this.littleEndian));
  }
  int16(at: number): number {
    return this.#number(at, 2, (v) => v.getInt16(at, this.littleEndian));
  }
  uint32(at: number): number {
    return this.#number(at, 4, (v) => v.getUint32(at, this.littleEndian));
  }
  int32(at: number): number {
    return this.#number(at, 4, (v) => v.getInt32(at, this.littleEndian));
  }
  /** Exact up to 2^53, farther than any file reaches. */
  uint64(at: number): number {
    return this.#number(at, 8, (v) =>
      Number(v.getBigUint64(at, this.littleEndian)),
    );
  }
  float32(at: number): number {
    return this.#number(at, 4, (v) => v.getFloat32(at, this.littleEndian));
  }
  float64(at: number): number {
    return this.#number(at, 8, (v) => v.getFloat64(at, this.littleEndian));
  }

  /** So many 32-bit floats. */
  floats(at: number, count: number): Float32Array {
    this.need(at, 4 * count);
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++)
      values[i] = this.#view.getFloat32(at + 4 * i, this.littleEndian);
    return values;
  }

  /** Text of at most so many bytes, up to the first zero, without signs that are not for reading. */
  text(at: number, length: number, encoding = 'latin1'): string {
    this.need(at, length);
    const all = this.bytes.subarray(at, at + Math.min(length, longestText));
    const end = all.indexOf(0);
    return new TextDecoder(encoding)
      .decode(end < 0 ? all : all.subarray(0, end))
      .replace(/\p{Cc}+/gu, ' ')
      .trim();
  }

  /** A part as bytes of its own, which share the memory. */
  part(at: number, length: number): Bytes {
    this.need(at, length);
    return new Bytes(
      this.bytes.subarray(at, at + length),
      this.name,
      this.littleEndian,
    );
  }
}

/** All bytes of a file that is small enough to be read at once. */
export async function readBytes(
  file: File,
  littleEndian = true,
): Promise<Bytes> {
  return new Bytes(
    new Uint8Array(await file.arrayBuffer()),
    file.name,
    littleEndian,
  );
}
