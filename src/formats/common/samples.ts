import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { SampleType } from '../envi/header.js';
import type { OpenOptions } from '../opened.js';

/** Bytes read from the file at a time. */
const chunkBytes = 4 * 2 ** 20;
/** Values decoded between two looks at the clock: well under a millisecond. */
const pieceValues = 2 ** 15;
/** Pixels whose spectra are filled together, so that each line of the processor's cache is written while it is at hand. */
export const tilePixels = 64;

/** How the numbers lie in a file. */
export interface Layout {
  readonly type: SampleType;
  readonly bytesPerValue: number;
  readonly littleEndian: boolean;
  /** First byte of the first value. */
  readonly offset: number;
  /**
   * The file is `blocks` blocks of `rows` rows of `rowLength` values, and each block is turned over:
   * band b of the block's pixel i is value i of its row b. By pixel: rowLength 1; by line: a block a line; band after band: one block.
   */
  readonly blocks: number;
  readonly rows: number;
  readonly rowLength: number;
}

type Decoder = (from: number, to: number, out: Float32Array) => void;

/** The number that 16 bits stand for: a sign, 5 of exponent, 10 of fraction (IEEE 754 binary16). */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -14
    : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** Decodes values `from` to `to` (not included) of the bytes into out[0 …]. */
export function decoderOf(
  buffer: ArrayBuffer,
  type: SampleType,
  littleEndian: boolean,
): Decoder {
  const view = new DataView(buffer);
  const by =
    (bytes: number, read: (at: number) => number): Decoder =>
    (from, to, out) => {
      for (let i = from; i < to; i++) out[i - from] = read(i * bytes);
    };
  switch (type) {
    case 'int8':
      return by(1, (at) => view.getInt8(at));
    case 'uint8':
      return by(1, (at) => view.getUint8(at));
    case 'int16':
      return by(2, (at) => view.getInt16(at, littleEndian));
    case 'uint16':
      return by(2, (at) => view.getUint16(at, littleEndian));
    case 'int32':
      return by(4, (at) => view.getInt32(at, littleEndian));
    case 'uint32':
      return by(4, (at) => view.getUint32(at, littleEndian));
    case 'float16':
      return by(2, (at) => halfFloat(view.getUint16(at, littleEndian)));
    case 'float32':
      return by(4, (at) => view.getFloat32(at, littleEndian));
    case 'float64':
      return by(8, (at) => view.getFloat64(at, littleEndian));
    case 'int64':
      return by(8, (at) => Number(view.getBigInt64(at, littleEndian)));
    case 'uint64':
      return by(8, (at) => Number(view.getBigUint64(at, littleEndian)));
  }
}

/** Memory for so many values. @throws UnmixingError `file` when there is not enough */
export function allocate(
  values: number,
  name: string,
): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(values);
  } catch (cause) {
    throw new UnmixingError(
      'file',
      `${name} holds ${values} values, more than this machine's memory can take.`,
      { cause },
    );
  }
}

/**
 * Reads numbers of any type and interleave into 32-bit floats, band-interleaved by pixel, without holding up the thread.
 * @returns blocks · rowLength pixels of `rows` bands: value (pixel n, band b) at n * rows + b
 * @throws `signal.reason` when aborted
 */
export async function readSamples(
  file: Blob,
  name: string,
  {
    type,
    bytesPerValue,
    littleEndian,
    offset,
    blocks,
    rows,
    rowLength,
  }: Layout,
  task: OpenOptions,
): Promise<Float32Array> {
  const pace = keepPace(task.signal, task.onProgress);
  const out = allocate(blocks * rows * rowLength, name);
  const allRows = blocks * rows;
  const chunkRows = Math.max(
    1,
    Math.floor(chunkBytes / (bytesPerValue * rowLength)),
  );
  const piece = new Float32Array(pieceValues);
  for (let row = 0; row < allRows; row += chunkRows) {
    const end = Math.min(allRows, row + chunkRows);
    const first = offset + row * rowLength * bytesPerValue;
    const buffer = await file
      .slice(first, offset + end * rowLength * bytesPerValue)
      .arrayBuffer();
    const decode = decoderOf(buffer, type, littleEndian);
    if (rowLength === 1)
      for (let at = row; at < end; at += pieceValues) {
        const to = Math.min(end, at + pieceValues);
        decode(at - row, to - row, piece);
        out.set(
          to - at === pieceValues ? piece : piece.subarray(0, to - at),
          at,
        );
        await pace(to / allRows);
      }
    else
      for (let top = row, bottom; top < end; top = bottom) {
        const block = Math.floor(top / rows);
        bottom = Math.min(end, (block + 1) * rows);
        for (let left = 0; left < rowLength; left += tilePixels) {
          const right = Math.min(rowLength, left + tilePixels);
          for (let r = top; r < bottom; r++) {
            const from = (r - row) * rowLength;
            decode(from + left, from + right, piece);
            let to = (block * rowLength + left) * rows + (r - block * rows);
            for (let i = 0; i < right - left; i++, to += rows)
              out[to] = piece[i];
          }
          await pace((top + ((bottom - top) * right) / rowLength) / allRows);
        }
      }
  }
  return out;
}
