import type * as zarr from 'zarrita';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { OpenOptions } from '../opened.js';
import { allocate } from '../common/samples.js';
import { bytes, count } from '../common/words.js';

/** An array of numbers. */
export type NumberArray = zarr.Array<zarr.NumberDataType | zarr.BigintDataType>;

/** Which dimensions of an array are read; of others the first index. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** null when the image has one band only. */
  readonly band: number | null;
}

/** Most bytes an image may take once it is read, and a chunk of it. */
const mostBytes = 2 ** 33;
const mostChunk = 2 ** 30;
/** Values that all chunks may have beyond those of their array: 64 times as many, or so many. */
const spareValues = 2 ** 22;
/** Chunks that are fetched at a time, and bytes of them. */
const mostTogether = 8;
const bytesTogether = 2 ** 28;

const product = (sizes: readonly number[]): number =>
  sizes.reduce((all, size) => all * size, 1);

/** Chunks along each dimension that are read. */
const chunksOf = (
  { shape, chunks }: NumberArray,
  { x, y, band }: Place,
): number[] =>
  shape.map((size, i) =>
    i === x || i === y || i === band ? Math.ceil(size / chunks[i]) : 1,
  );

/**
 * Refuses an array that cannot be held, or of which next to nothing is there. Absent chunks stand for the fill value, so
 * a few bytes may declare any size.
 * @param held bytes and files that are there; null when only a server knows
 */
export function checkArray(
  array: NumberArray,
  place: Place,
  held: { readonly bytes: number; readonly files: number } | null,
  name: string,
): void {
  const refuse = (sentence: string): never => {
    throw new UnmixingError('file', `${name} ${sentence}`);
  };
  const { shape, chunks } = array;
  const sizes = [...shape, ...chunks];
  if (
    shape.length !== chunks.length ||
    !sizes.every((size) => Number.isSafeInteger(size) && size > 0)
  )
    refuse('declares an array without a size: it is damaged.');
  const { x, y, band } = place;
  const size = 4 * shape[x] * shape[y] * (band === null ? 1 : shape[band]);
  if (size > mostBytes)
    refuse(
      `declares an image of ${bytes(size)} (want at most ${bytes(mostBytes)}).`,
    );
  const number = product(chunksOf(array, place));
  const chunk = product(chunks);
  if (8 * chunk > mostChunk || number * chunk > 16 * size + spareValues)
    refuse(
      `declares chunks of ${count(chunk, 'value')}, too many for its image of ${bytes(size)}.`,
    );
  // A shard holds 16 bytes for each of its chunks.
  if (
    held &&
    (number > 100 * held.files + held.bytes / 16 ||
      size > 1024 * held.bytes + 16e6)
  )
    refuse(
      `declares an image of ${bytes(size)} in ${count(number, 'chunk')} and holds ${bytes(held.bytes)} in ${count(held.files, 'file')}: it is damaged or was not copied whole.`,
    );
}

/**
 * Reads an array that `checkArray` let pass, chunk by chunk.
 * @returns its values, band-interleaved by pixel, and how many chunks they lie in
 * @throws UnmixingError `file` when a chunk holds too little; `signal.reason` when aborted
 */
export async function readArray(
  array: NumberArray,
  { x, y, band }: Place,
  name: string,
  { signal, onProgress }: OpenOptions,
): Promise<{ readonly data: Float32Array; readonly chunks: number }> {
  const pace = keepPace(signal, onProgress);
  const { shape } = array;
  const bands = band === null ? 1 : shape[band];
  const counts = chunksOf(array, { x, y, band });
  const number = product(counts);
  const data = allocate(shape[x] * shape[y] * bands, name);

  const put = async (index: number): Promise<void> => {
    let rest = index;
    const at = counts.map((along) => {
      const here = rest % along;
      rest = Math.floor(rest / along);
      return here;
    });
    const chunk = await array.getChunk(at, { signal });
    if (chunk.data.length !== product(chunk.shape))
      throw new UnmixingError(
        'file',
        `${name} is damaged or cut short: a chunk of it does not hold what its shape declares.`,
      );
    /** First index of the chunk along a dimension, and how many of its values lie in the array. */
    const span = (i: number): [number, number] => {
      const first = at[i] * chunk.shape[i];
      return [first, Math.min(chunk.shape[i], shape[i] - first)];
    };
    const [left, columns] = span(x);
    const [top, rows] = span(y);
    const [first, deep] = band === null ? [0, 1] : span(band);
    const bandStep = band === null ? 0 : chunk.stride[band];
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const from = r * chunk.stride[y] + c * chunk.stride[x];
        const to = ((top + r) * shape[x] + left + c) * bands + first;
        for (let b = 0; b < deep; b++)
          data[to + b] = Number(chunk.data[from + b * bandStep]);
      }
  };
  const together = Math.min(
    mostTogether,
    Math.ceil(bytesTogether / (8 * product(array.chunks))),
  );
  for (let next = 0; next < number; next += together) {
    const some = Math.min(together, number - next);
    await Promise.all(Array.from({ length: some }, (_, i) => put(next + i)));
    await pace((next + some) / number);
  }
  return { data, chunks: number };
}
