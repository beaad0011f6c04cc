import { inflateSync } from 'node:zlib';

/** A numeric matrix of a MATLAB file, column-major as it lies there. */
export interface Matrix {
  readonly dimensions: readonly number[];
  readonly values: Float64Array;
}

const readers: Record<
  number,
  [number, (view: DataView, at: number) => number]
> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getUint32(at, true)],
  7: [4, (view, at) => view.getFloat32(at, true)],
  9: [8, (view, at) => view.getFloat64(at, true)],
};
const compressed = 15;
const matrix = 14;

interface Element {
  readonly type: number;
  readonly data: DataView;
  readonly next: number;
}

/** One tagged element (MAT-File Format, version 5, "Data Elements"): small ones keep their data in the tag. */
function element(view: DataView, at: number): Element {
  const first = view.getUint32(at, true);
  const part = (from: number, length: number): DataView =>
    new DataView(view.buffer, view.byteOffset + from, length);
  if (first >>> 16)
    return {
      type: first & 0xffff,
      data: part(at + 4, first >>> 16),
      next: at + 8,
    };
  const length = view.getUint32(at + 4, true);
  const padded = first === compressed ? length : Math.ceil(length / 8) * 8;
  return { type: first, data: part(at + 8, length), next: at + 8 + padded };
}

function numbers({ type, data }: Element): Float64Array {
  const [size, read] = readers[type];
  return Float64Array.from({ length: data.byteLength / size }, (_, i) =>
    read(data, i * size),
  );
}

function addMatrix(view: DataView, into: Map<string, Matrix>): void {
  const flags = element(view, 0);
  const numeric = flags.data.getUint8(0) >= 6;
  const dimensions = element(view, flags.next);
  const name = element(view, dimensions.next);
  if (!numeric) return;
  const values = element(view, name.next);
  const text = new TextDecoder().decode(name.data);
  into.set(text, {
    dimensions: Array.from(numbers(dimensions)),
    values: numbers(values),
  });
}

/** The numeric matrices of a little-endian MATLAB version 5 file, by name; what is not numeric is left out. */
export function readMatlab(bytes: Uint8Array): Map<string, Matrix> {
  const found = new Map<string, Matrix>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 128; at + 8 <= view.byteLength;) {
    const one = element(view, at);
    at = one.next;
    if (one.type === matrix) addMatrix(one.data, found);
    if (one.type === compressed) {
      const inflated = inflateSync(
        new Uint8Array(
          one.data.buffer,
          one.data.byteOffset,
          one.data.byteLength,
        ),
      );
      addMatrix(
        element(
          new DataView(
            inflated.buffer,
            inflated.byteOffset,
            inflated.byteLength,
          ),
          0,
        ).data,
        found,
      );
    }
  }
  return found;
}
