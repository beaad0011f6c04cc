import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { ArrayStore, StoredArray, Vector } from '../arrays.js';
import type { Bytes } from '../common/bytes.js';
import {
  type Element,
  countOf,
  elementAt,
  matrixType,
  numbersOf,
} from './elements.js';
import { listed } from '../common/words.js';

/** Classes of matrices, by their number in the file. */
const cell = 1;
const structure = 2;
const text = 4;
const sparse = 5;
const numeric: Readonly<Record<number, string>> = {
  6: 'float64',
  7: 'float32',
  8: 'int8',
  9: 'uint8',
  10: 'int16',
  11: 'uint16',
  12: 'int32',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
};
const complexFlag = 0x800;

/** How deep structures are followed, and how many parts in all. */
const mostDepth = 8;
const mostParts = 20_000;
const pieceValues = 2 ** 17;

const product = (sizes: readonly number[]): number =>
  sizes.reduce((all, size) => all * size, 1);

/** Walks the variables of a MAT-file and keeps those that take part in the choice of an array. */
export class MatlabWalk implements ArrayStore {
  readonly arrays: StoredArray[] = [];
  readonly vectors: Vector[] = [];
  readonly scalars = new Map<string, number>();
  readonly texts: string[][] = [];
  readonly warnings: string[] = [];
  readonly #skipped: string[] = [];
  #parts = 0;

  /** @param name of the file */
  constructor(readonly name: string) {}

  /** A variable, unpacked; anything else in the file is of no use here. */
  variable({ type, data }: Element): void {
    if (type === matrixType) this.#matrix(data, '', 0);
  }

  /** Says what was skipped. */
  finish(): void {
    if (this.#skipped.length > 0)
      this.warnings.push(`Skipped: ${listed(this.#skipped)}.`);
  }

  /** @returns the text, where the matrix is one line of it */
  #matrix(data: Bytes, path: string, depth: number): string | null {
    if (data.size === 0) return null;
    if (++this.#parts > mostParts || depth > mostDepth) return null;
    const flags = elementAt(data, 0);
    const sizes = elementAt(data, flags.next);
    const named = elementAt(data, sizes.next);
    const flag = flags.data.uint32(0);
    const shape = [...numbersOf(sizes, 0, countOf(sizes) ?? 0)];
    if (shape.length < 2 || shape.some((size) => size < 0))
      throw new UnmixingError(
        'file',
        `${data.name} is damaged: a variable has the sizes ${shape.slice(0, 10).join(' × ')}.`,
      );
    const id = path || named.data.text(0, named.data.size);
    const kind = flag & 0xff;
    const at = named.next;
    if (kind in numeric) {
      const warnings =
        flag & complexFlag ? [`${id} is complex: its real part is taken.`] : [];
      this.#numbers(id, shape, numeric[kind], elementAt(data, at), warnings);
    } else if (kind === text) return this.#text(shape, data, at);
    else if (kind === cell) this.#cells(id, shape, data, at, depth);
    else if (kind === structure) this.#fields(id, shape, data, at, depth);
    else
      this.#skipped.push(
        `${id} (${kind === sparse ? 'a sparse matrix' : 'no numbers'})`,
      );
    return null;
  }

  #numbers(
    id: string,
    shape: number[],
    type: string,
    values: Element,
    warnings: readonly string[],
  ): void {
    const count = product(shape);
    if (count === 0) return;
    if (countOf(values) !== count)
      throw new UnmixingError(
        'file',
        `${id} of ${values.data.name} declares ${shape.slice(0, 10).join(' × ')} values and holds ${countOf(values) ?? 'none that are numbers'}.`,
      );
    const kept = shape.length > 3 ? shape.filter((size) => size > 1) : shape;
    if (count === 1) this.scalars.set(id, numbersOf(values, 0, 1)[0]);
    else if (Math.max(...shape) === count)
      this.vectors.push({
        id,
        length: count,
        words: '',
        read: () => numbersOf(values, 0, count),
      });
    else if (kept.length > 3)
      this.#skipped.push(`${id} (${kept.length} dimensions)`);
    else this.arrays.push(arrayOf(id, kept, type, values, warnings));
  }

  /** Rows of characters; MATLAB's first index, the row, runs fastest. */
  #text([rows, columns]: number[], data: Bytes, at: number): string | null {
    const characters = rows * columns > 0 ? elementAt(data, at) : null;
    if (!characters || countOf(characters) !== rows * columns) return null;
    const codes = numbersOf(characters, 0, Math.min(rows * columns, 10_000));
    const lines = Array.from({ length: Math.min(rows, codes.length) }, (_, r) =>
      Array.from(
        codes.filter((_, i) => i % rows === r),
        (code) => String.fromCharCode(code),
      )
        .join('')
        .replace(/\p{Cc}+/gu, ' ')
        .trim(),
    );
    if (lines.length === 1) return lines[0];
    this.texts.push(lines);
    return null;
  }

  #cells(
    id: string,
    shape: number[],
    data: Bytes,
    from: number,
    depth: number,
  ): void {
    const lines: string[] = [];
    let at = from;
    for (let i = 1; i <= product(shape) && at < data.size; i++) {
      const part = elementAt(data, at);
      at = part.next;
      const line = this.#matrix(part.data, `${id}{${i}}`, depth + 1);
      if (line !== null) lines.push(line);
    }
    if (lines.length > 1 && lines.length === product(shape))
      this.texts.push(lines);
  }

  #fields(
    id: string,
    shape: number[],
    data: Bytes,
    from: number,
    depth: number,
  ): void {
    const width = elementAt(data, from);
    const all = elementAt(data, width.next);
    const length = width.data.int32(0);
    const fields = length > 0 ? Math.floor(all.data.size / length) : 0;
    const names = Array.from({ length: fields }, (_, f) =>
      all.data.text(f * length, length),
    );
    const count = product(shape);
    let at = all.next;
    for (let i = 1; i <= count && at < data.size; i++)
      for (const name of names) {
        if (at >= data.size) break;
        const part = elementAt(data, at);
        at = part.next;
        this.#matrix(
          part.data,
          `${id}${count > 1 ? `(${i})` : ''}.${name}`,
          depth + 1,
        );
      }
  }
}

function arrayOf(
  id: string,
  shape: readonly number[],
  type: string,
  values: Element,
  warnings: readonly string[],
): StoredArray {
  const rows = shape[shape.length - 1];
  const rowValues = product(shape) / rows;
  return {
    id,
    shape,
    columnMajor: true,
    type,
    words: id,
    warnings,
    axes: [],
    check: () => undefined,
    read: async (take, { signal, onProgress }) => {
      const pace = keepPace(signal, onProgress);
      const step = Math.max(1, Math.floor(pieceValues / rowValues));
      for (let row = 0; row < rows; row += step) {
        const end = Math.min(rows, row + step);
        take(numbersOf(values, row * rowValues, end * rowValues), row);
        await pace(end / rows);
      }
    },
  };
}
