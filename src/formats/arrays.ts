import { UnmixingError } from '../spectral/errors.js';
import type { OpenOptions } from './opened.js';
import { allocate } from './common/samples.js';

/** An array of numbers in a file that holds several, not yet read. */
export interface StoredArray {
  /** Its path in the file. */
  readonly id: string;
  /** Sizes of its two or three dimensions as people count them: rows first. */
  readonly shape: readonly number[];
  /** Whether the first index runs fastest, as in MATLAB; otherwise the last does. */
  readonly columnMajor: boolean;
  /** Type of the numbers: "float64". */
  readonly type: string;
  /** What the file says of its values, such as their name and unit. */
  readonly words: string;
  /** What must be said when it is taken. */
  readonly warnings?: readonly string[];
  /** For each dimension the path of the vector that the file attaches to it, where it does. */
  readonly axes: readonly (string | null)[];
  /** Refuses it when the file cannot hold it, before memory is taken for it. */
  readonly check: () => void;
  /** Hands over all values as they lie, in whole rows of the slowest dimension. They last until `take` returns. */
  readonly read: (
    take: (values: ArrayLike<number>, firstRow: number) => void,
    task: OpenOptions,
  ) => Promise<void>;
}

/** What it takes to read an array whose dimensions are known. */
export type PlacedArray = Pick<
  StoredArray,
  'id' | 'shape' | 'columnMajor' | 'check' | 'read'
>;

/** A list of numbers in the file that may be the axis of an array. */
export interface Vector {
  readonly id: string;
  readonly length: number;
  /** What the file says of its unit and meaning. */
  readonly words: string;
  readonly read: () => Float64Array;
}

/** Everything in a file of arrays that takes part in the choice. */
export interface ArrayStore {
  readonly name: string;
  readonly arrays: readonly StoredArray[];
  readonly vectors: readonly Vector[];
  /** Single numbers, such as nRow. */
  readonly scalars: ReadonlyMap<string, number>;
  /** Lists of names. */
  readonly texts: readonly (readonly string[])[];
}

/** "95 × 9025, float64". */
export const describe = ({ shape, type }: StoredArray): string =>
  `${shape.join(' × ')}, ${type}`;

/** The last part of a path: "V" of "s.V", "data" of "entry/data". */
export const lastName = (id: string): string => id.replace(/^.*[/.](?=.)/, '');

/** 0, step, 2 step, …: where the indices of a dimension go. */
export const every = (count: number, step: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: count }, (_, i) => i * step);

/**
 * Reads an array band-interleaved by pixel.
 * @param places for each dimension, where each index goes: the value (i, j, k) to places[0][i] + places[1][j] + places[2][k]
 * @param spectral the dimension of the bands
 * @throws UnmixingError `file`; `signal.reason` when aborted
 */
export async function readPlaced(
  array: PlacedArray,
  places: readonly Float64Array[],
  spectral: number,
  name: string,
  task: OpenOptions,
): Promise<Float32Array> {
  array.check();
  const count = array.shape.reduce((all, size) => all * size, 1);
  const out = allocate(count, name);
  // As they lie: the slowest dimension first, and a last one of 1 where there are only two.
  const bySlowness = array.columnMajor ? places.toReversed() : places;
  const [slow, middle, fast = new Float64Array(1)] = bySlowness;
  const bands = places[spectral];
  let seen = 0;
  await array.read((values, firstRow) => {
    const rows = values.length / (middle.length * fast.length);
    seen += values.length;
    const dimensions = [
      { to: slow, from: firstRow, size: rows, step: values.length / rows },
      { to: middle, from: 0, size: middle.length, step: fast.length },
      { to: fast, from: 0, size: fast.length, step: 1 },
    ];
    // The bands of a pixel lie beside each other: they are written in the innermost loop.
    const [a, b, c] = dimensions.sort(
      (one, other) => Number(one.to === bands) - Number(other.to === bands),
    );
    for (let i = 0; i < a.size; i++)
      for (let j = 0; j < b.size; j++) {
        const at = i * a.step + j * b.step;
        const to = a.to[a.from + i] + b.to[b.from + j];
        for (let k = 0; k < c.size; k++)
          out[to + c.to[c.from + k]] = values[at + k * c.step];
      }
  }, task);
  if (seen !== count)
    throw new UnmixingError(
      'file',
      `${array.id} of ${name} holds ${seen} of its ${count} values.`,
    );
  return out;
}
