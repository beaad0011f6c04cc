import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import { inflate } from '../common/inflate.js';
import type { OpenOptions } from '../opened.js';
import { unpackJpeg } from './jpeg.js';
import { allocate } from '../common/samples.js';
import type { TiffPage } from './pages.js';
import { unpackBits, unpackLzw } from './unpack.js';

/** Views of the values that are read, by their type. */
const views = {
  uint8: (buffer: ArrayBuffer, n: number) => new Uint8Array(buffer, 0, n),
  uint16: (buffer: ArrayBuffer, n: number) => new Uint16Array(buffer, 0, n),
  uint32: (buffer: ArrayBuffer, n: number) => new Uint32Array(buffer, 0, n),
  uint64: (buffer: ArrayBuffer, n: number) => new BigUint64Array(buffer, 0, n),
  int8: (buffer: ArrayBuffer, n: number) => new Int8Array(buffer, 0, n),
  int16: (buffer: ArrayBuffer, n: number) => new Int16Array(buffer, 0, n),
  int32: (buffer: ArrayBuffer, n: number) => new Int32Array(buffer, 0, n),
  int64: (buffer: ArrayBuffer, n: number) => new BigInt64Array(buffer, 0, n),
  float32: (buffer: ArrayBuffer, n: number) => new Float32Array(buffer, 0, n),
  float64: (buffer: ArrayBuffer, n: number) => new Float64Array(buffer, 0, n),
} as const;

/** Values of a picture, by pixel: value (x, y, s) at (y * width + x) * samples + s. */
export type PageValues = ReturnType<(typeof views)[keyof typeof views]>;

/** The type of a picture's values once they are unpacked: fewer than 8 bits become bytes. */
function typeOf({ format, bits }: TiffPage): keyof typeof views | null {
  const name =
    format === 'uint' && [1, 2, 4].includes(bits)
      ? 'uint8'
      : `${format}${bits}`;
  return isType(name) ? name : null;
}
const isType = (name: string): name is keyof typeof views => name in views;

/** Ways of packing, by their number, and how many times a block may grow by being unpacked at most. */
const packings: ReadonlyMap<number, number> = new Map([
  [1, 1],
  // A code of 12 bits stands for less than 4096 bytes.
  [5, 4096 / 1.5],
  [7, 1024],
  // zlib's own limit is 1032.
  [8, 1032],
  [32946, 1032],
  [32773, 64],
]);

interface Grid {
  readonly across: number;
  readonly down: number;
  /** Samples in a block, and planes of blocks. */
  readonly inBlock: number;
  readonly planes: number;
  readonly rowBytes: number;
}

function gridOf(page: TiffPage): Grid {
  const inBlock = page.planar ? 1 : page.samples;
  return {
    across: Math.ceil(page.width / page.blockWidth),
    down: Math.ceil(page.height / page.blockHeight),
    inBlock,
    planes: page.planar ? page.samples : 1,
    rowBytes: Math.ceil((page.blockWidth * inBlock * page.bits) / 8),
  };
}

/** Rows that a block holds: the last strip only those that are left. */
const rowsIn = (page: TiffPage, row: number): number =>
  page.tiled
    ? page.blockHeight
    : Math.min(page.blockHeight, page.height - row * page.blockHeight);

/**
 * Refuses pictures that cannot be read, or that declare more than the file holds.
 * @throws UnmixingError `file`
 */
export function checkPages(pages: readonly TiffPage[], file: File): void {
  const refuse = (sentence: string): never => {
    throw new UnmixingError('file', `${file.name} ${sentence}`);
  };
  let stored = 0;
  for (const page of pages) {
    const { compression, predictor, bits, format, littleEndian } = page;
    const { offsets, counts } = page;
    const most = packings.get(compression) ?? 0;
    if (most === 0)
      refuse(
        `is packed in a way that cannot be read (number ${compression}; want none, LZW, deflate, PackBits or JPEG).`,
      );
    if (
      typeOf(page) === null ||
      (compression === 7 && bits !== 8) ||
      (predictor === 2 && ![8, 16, 32].includes(bits)) ||
      // Writers do not agree on what this is in big-endian files.
      (predictor === 3 && !(format === 'float' && littleEndian))
    )
      refuse(
        `holds values that cannot be read (${bits} bits, ${format}, predictor ${predictor}; want whole numbers of 1 to 64 bits, or floats of 32 or 64).`,
      );
    const { across, down, planes, rowBytes } = gridOf(page);
    const blocks = across * down * planes;
    let fits = blocks <= offsets.length && blocks <= counts.length;
    for (let i = 0; i < blocks && fits; i++) {
      const rows = rowsIn(page, Math.floor(i / across) % down);
      fits =
        offsets[i] + counts[i] <= file.size &&
        rows * rowBytes <= counts[i] * most;
      stored += counts[i];
    }
    // Blocks of one file do not share bytes.
    if (!fits || stored > 2 * file.size)
      refuse('is cut short or damaged: it declares more than it holds.');
  }
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size)
    bytes.subarray(at, at + size).reverse();
}

/** Horizontal differencing (TIFF 6.0, section 14) undone: each value was stored as its step from its neighbour. */
function addSteps(
  values: Uint8Array | Uint16Array | Uint32Array,
  rowLength: number,
  samples: number,
): void {
  for (let row = 0; row < values.length; row += rowLength)
    for (let i = row + samples; i < row + rowLength; i++)
      values[i] += values[i - samples];
}

/**
 * Predictor 3 (TIFF Technical Note 3) undone: bytes of a row were sorted by their weight, highest first, and then stored
 * as steps. Gives little-endian floats.
 */
function joinFloats(
  bytes: Uint8Array,
  rowBytes: number,
  samples: number,
  size: number,
): void {
  addSteps(bytes, rowBytes, samples);
  const values = rowBytes / size;
  for (let row = 0; row < bytes.length; row += rowBytes) {
    const sorted = bytes.slice(row, row + rowBytes);
    for (let i = 0; i < values; i++)
      for (let b = 0; b < size; b++)
        bytes[row + i * size + b] = sorted[(size - 1 - b) * values + i];
  }
}

/** A byte for each value of 1, 2 or 4 bits. */
function splitBytes(
  bytes: Uint8Array,
  bits: number,
  rowBytes: number,
  rowLength: number,
): Uint8Array<ArrayBuffer> {
  const rows = bytes.length / rowBytes;
  const values = new Uint8Array(rows * rowLength);
  const mask = 2 ** bits - 1;
  for (let y = 0; y < rows; y++)
    for (let i = 0; i < rowLength; i++) {
      const bit = i * bits;
      values[y * rowLength + i] =
        (bytes[y * rowBytes + (bit >> 3)] >> (8 - bits - (bit & 7))) & mask;
    }
  return values;
}

async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  wanted: number,
  rows: number,
  { compression, blockWidth, jpegTables }: TiffPage,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (compression) {
    case 5:
      return unpackLzw(packed, wanted);
    case 7:
      return unpackJpeg(packed, blockWidth, rows, jpegTables);
    case 8:
    case 32946:
      return inflate(packed, 'deflate', wanted);
    case 32773:
      return unpackBits(packed, wanted);
    default:
      return packed.subarray(0, wanted);
  }
}

/** The values of one block as little-endian bytes, `blockWidth` x `inBlock` values in a row. */
async function readBlock(
  file: File,
  page: TiffPage,
  index: number,
  rows: number,
  { inBlock, rowBytes }: Grid,
): Promise<Uint8Array<ArrayBuffer>> {
  const at = page.offsets[index];
  const packed = new Uint8Array(
    await file.slice(at, at + page.counts[index]).arrayBuffer(),
  );
  const wanted = rows * rowBytes;
  const bytes = await unpack(packed, wanted, rows, page);
  if (bytes.length !== wanted)
    throw new UnmixingError(
      'file',
      `${file.name} is damaged or cut short: it cannot be read as TIFF.`,
    );
  const rowLength = page.blockWidth * inBlock;
  const { bits, predictor, littleEndian } = page;
  if (bits < 8) return splitBytes(bytes, bits, rowBytes, rowLength);
  if (predictor === 3) joinFloats(bytes, rowBytes, inBlock, bits / 8);
  else if (!littleEndian && bits > 8) swapBytes(bytes, bits / 8);
  if (predictor === 2) {
    const Words =
      bits === 8 ? Uint8Array : bits === 16 ? Uint16Array : Uint32Array;
    const words = new Words(bytes.buffer, 0, wanted / (bits / 8));
    addSteps(words, rowLength, inBlock);
  }
  return bytes;
}

/**
 * Reads the values of a picture that `checkPages` let pass. Nothing is allocated for it before its first block was
 * unpacked and is as long as it should be.
 * @throws UnmixingError `file` when a block is damaged; `signal.reason` when aborted
 */
export async function readPage(
  file: File,
  page: TiffPage,
  task: OpenOptions,
): Promise<PageValues> {
  const { width, height, samples, blockWidth, blockHeight } = page;
  const grid = gridOf(page);
  const { across, down, inBlock, planes } = grid;
  const blocks = across * down * planes;
  const size = Math.ceil(page.bits / 8);
  const pace = keepPace(task.signal, task.onProgress);
  const values = width * height * samples;
  let out = new Uint8Array(0);
  for (let index = 0; index < blocks; index++) {
    const column = index % across;
    const row = Math.floor(index / across) % down;
    const plane = Math.floor(index / (across * down));
    const rows = rowsIn(page, row);
    const block = await readBlock(file, page, index, rows, grid);
    if (index === 0)
      out = new Uint8Array(
        allocate(Math.ceil((values * size) / 4), file.name).buffer,
      );
    const left = column * blockWidth;
    const length = Math.min(blockWidth, width - left);
    const step = inBlock * size;
    for (let r = 0; r < Math.min(rows, height - row * blockHeight); r++) {
      const from = r * blockWidth * step;
      const to = ((row * blockHeight + r) * width + left) * samples * size;
      if (planes === 1) out.set(block.subarray(from, from + length * step), to);
      else
        for (let i = 0; i < length; i++)
          for (let b = 0; b < size; b++)
            out[to + (i * samples + plane) * size + b] =
              block[from + i * size + b];
    }
    await pace((index + 1) / blocks);
  }
  return views[typeOf(page) ?? 'uint8'](out.buffer, values);
}
