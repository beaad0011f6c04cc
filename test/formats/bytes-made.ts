/** Little-endian numbers and texts, one after the other, as instruments write them. */
export class Made {
  readonly #parts: Uint8Array[] = [];
  size = 0;

  #add(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.size += bytes.length;
    return this;
  }
  #numbers(
    values: readonly number[],
    width: number,
    set: (view: DataView, at: number, value: number) => void,
  ): this {
    const view = new DataView(new ArrayBuffer(width * values.length));
    values.forEach((value, i) => set(view, width * i, value));
    return this.#add(new Uint8Array(view.buffer));
  }
  uint16(...values: number[]): this {
    return this.#numbers(values, 2, (v, at, x) => v.setUint16(at, x, true));
  }
  int32(...values: number[]): this {
    return this.#numbers(values, 4, (v, at, x) => v.setInt32(at, x, true));
  }
  float32(...values: number[]): this {
    return this.#numbers(values, 4, (v, at, x) => v.setFloat32(at, x, true));
  }
  float64(...values: number[]): this {
    return this.#numbers(values, 8, (v, at, x) => v.setFloat64(at, x, true));
  }
  /** One byte a letter. */
  text(letters: string): this {
    return this.#add(Uint8Array.from(letters, (l) => l.charCodeAt(0)));
  }
  bytes(bytes: Uint8Array): this {
    return this.#add(bytes);
  }
  /** Zeros up to a place. */
  upTo(size: number): this {
    return this.#add(new Uint8Array(size - this.size));
  }
  done(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** A JPEG picture of one colour, as the browser writes it. */
export async function jpegOf(
  width: number,
  height: number,
  colour: string,
): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  return new Uint8Array(await blob.arrayBuffer());
}
