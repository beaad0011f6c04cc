/** Kinds of numbers, each with its bytes and how it is written. */
const kinds = {
  u8: [1, (v: DataView, at: number, x: number) => v.setUint8(at, x)],
  u16: [
    2,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setUint16(at, x, little),
  ],
  u32: [
    4,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setUint32(at, x, little),
  ],
  u64: [
    8,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setBigUint64(at, BigInt(x), little),
  ],
  i16: [
    2,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setInt16(at, x, little),
  ],
  i32: [
    4,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setInt32(at, x, little),
  ],
  f32: [
    4,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setFloat32(at, x, little),
  ],
  f64: [
    8,
    (v: DataView, at: number, x: number, little: boolean) =>
      v.setFloat64(at, x, little),
  ],
} as const;

/** A binary file in the making: numbers and words at their places, zero elsewhere. */
export class Draft {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;

  constructor(
    size: number,
    readonly littleEndian = true,
  ) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Numbers one after the other. */
  put(at: number, kind: keyof typeof kinds, ...values: number[]): this {
    const [size, write] = kinds[kind];
    values.forEach((value, i) =>
      write(this.#view, at + size * i, value, this.littleEndian),
    );
    return this;
  }

  text(at: number, words: string): this {
    this.bytes.set(
      Uint8Array.from(words, (c) => c.charCodeAt(0)),
      at,
    );
    return this;
  }

  copy(at: number, bytes: Uint8Array): this {
    this.bytes.set(bytes, at);
    return this;
  }
}
