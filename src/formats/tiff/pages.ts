import { UnmixingError } from '../../spectral/errors.js';
import { Bytes } from '../common/bytes.js';

/** One picture of a TIFF file, as its directory describes it: TIFF 6.0, sections 2 to 8 and 15, and BigTIFF. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Values a pixel. */
  readonly samples: number;
  /** Bits a value. */
  readonly bits: number;
  readonly format: 'uint' | 'int' | 'float';
  readonly littleEndian: boolean;
  /** Each sample has blocks of its own. */
  readonly planar: boolean;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
  /** Strips or tiles: their size, and where each lies, row by row; a plane after the other when planar. */
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly offsets: readonly number[];
  readonly counts: readonly number[];
  /** Reds, then greens, then blues of a palette, 16 bit. */
  readonly colours: readonly number[];
  /** Whether a last sample says how opaque a pixel is. */
  readonly hasAlpha: boolean;
  readonly jpegTables: Uint8Array<ArrayBuffer> | null;
  readonly description: string;
  /** Pixels along x and y in one unit of resolution; null when it is not said. */
  readonly resolution: readonly [number, number] | null;
  /** 1 none, 2 inch, 3 centimetre. */
  readonly resolutionUnit: number;
  /** A smaller copy of another picture, or a mask for one. */
  readonly isExtra: boolean;
}

/** Bytes a value of each field type: TIFF 6.0, and 16 to 18 of BigTIFF. */
const typeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

const uint64 = (bytes: Bytes, at: number): number => {
  const [high, low] = bytes.littleEndian ? [at + 4, at] : [at, at + 4];
  return bytes.uint32(high) * 2 ** 32 + bytes.uint32(low);
};

/** A value of a field; those of types that no field we read has are NaN. */
function valueAt(bytes: Bytes, type: number, at: number): number {
  switch (type) {
    case 1:
    case 7:
      return bytes.uint8(at);
    case 3:
      return bytes.uint16(at);
    case 4:
    case 13:
      return bytes.uint32(at);
    case 5:
      return bytes.uint32(at) / bytes.uint32(at + 4);
    case 16:
    case 18:
      return uint64(bytes, at);
    default:
      return NaN;
  }
}

const windowBytes = 65536;

/** Parts of a file that are read piece by piece; small ones that lie near each other come with one look. */
class Parts {
  #start = 0;
  #window = new Uint8Array(0);
  /** Bytes of fields that may still be read: those of an honest file lie beside each other and are no more than it holds. */
  #left: number;

  constructor(readonly file: File) {
    this.#left = 2 * file.size;
  }

  async read(
    at: number,
    length: number,
    littleEndian: boolean,
  ): Promise<Bytes> {
    this.#left -= length;
    if (!(at >= 0 && at + length <= this.file.size) || this.#left < 0)
      throw new UnmixingError(
        'file',
        `${this.file.name} is cut short or damaged: a directory of its pictures points past its end.`,
      );
    let from = at - this.#start;
    if (from < 0 || from + length > this.#window.length) {
      const end = at + Math.max(length, windowBytes);
      this.#window = new Uint8Array(
        await this.file.slice(at, end).arrayBuffer(),
      );
      this.#start = at;
      from = 0;
    }
    return new Bytes(
      this.#window.subarray(from, from + length),
      this.file.name,
      littleEndian,
    );
  }
}

interface Field {
  readonly type: number;
  readonly count: number;
  readonly bytes: Bytes;
}

/** What a directory says, by the numbers of its fields. */
type Directory = ReadonlyMap<number, Field>;

const numbersOf = (fields: Directory, tag: number): number[] => {
  const field = fields.get(tag);
  if (!field) return [];
  const { type, count, bytes } = field;
  return Array.from({ length: count }, (_, i) =>
    valueAt(bytes, type, i * typeBytes[type]),
  );
};

const bytesOf = (
  fields: Directory,
  tag: number,
): Uint8Array<ArrayBuffer> | null => {
  const field = fields.get(tag);
  return field ? new Uint8Array(field.bytes.bytes) : null;
};

/** Fields that `pageOf` asks for. */
const wantedTags = new Set([
  254, 256, 257, 258, 259, 262, 270, 273, 277, 278, 279, 282, 283, 284, 296,
  317, 320, 322, 323, 324, 325, 338, 339, 347,
]);

function pageOf(
  fields: Directory,
  littleEndian: boolean,
  name: string,
): TiffPage {
  const one = (tag: number, otherwise: number): number =>
    numbersOf(fields, tag)[0] ?? otherwise;
  const [width, height] = [one(256, 0), one(257, 0)];
  const samples = one(277, 1);
  const bits = fields.has(258) ? numbersOf(fields, 258) : [1];
  const formats = numbersOf(fields, 339);
  const tiled = fields.has(324);
  const [blockWidth, blockHeight] = tiled
    ? [one(322, 0), one(323, 0)]
    : [width, Math.min(one(278, height), height)];
  const whole = [width, height, samples, blockWidth, blockHeight];
  if (!whole.every((size) => Number.isInteger(size) && size > 0))
    throw new UnmixingError(
      'file',
      `${name} declares a picture without a size: it is damaged.`,
    );
  if (
    bits.some((value) => value !== bits[0]) ||
    formats.some((value) => value !== formats[0])
  )
    throw new UnmixingError(
      'file',
      `${name} holds samples of different types in one picture, which cannot be read.`,
    );
  const said = bytesOf(fields, 270);
  const [x, y] = [one(282, NaN), one(283, NaN)];
  const extra = numbersOf(fields, 338);
  return {
    width,
    height,
    samples,
    bits: bits[0],
    format: formats[0] === 3 ? 'float' : formats[0] === 2 ? 'int' : 'uint',
    littleEndian,
    planar: one(284, 1) === 2 && samples > 1,
    photometric: one(262, 1),
    compression: one(259, 1),
    predictor: one(317, 1),
    tiled,
    blockWidth,
    blockHeight,
    offsets: numbersOf(fields, tiled ? 324 : 273),
    counts: numbersOf(fields, tiled ? 325 : 279),
    colours: numbersOf(fields, 320),
    hasAlpha: extra.length > 0 && extra[extra.length - 1] > 0,
    jpegTables: bytesOf(fields, 347),
    description: said
      ? new TextDecoder().decode(said).replace(/\0.*$/s, '')
      : '',
    resolution: x > 0 && y > 0 && x < Infinity && y < Infinity ? [x, y] : null,
    resolutionUnit: one(296, 2),
    isExtra: (one(254, 0) & 5) !== 0,
  };
}

/**
 * Reads the directories of all pictures in a TIFF or BigTIFF file, and none of their values.
 * @throws UnmixingError `file` when one points outside the file, comes again, or says what cannot be
 */
export async function readTiffPages(file: File): Promise<TiffPage[]> {
  const parts = new Parts(file);
  const first = await parts.read(0, 4, true);
  const littleEndian = first.uint8(0) === 0x49;
  const big = first.uint8(littleEndian ? 2 : 3) === 43;
  const [countBytes, entryBytes, offsetBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const offsetIn = (bytes: Bytes, at: number): number =>
    big ? uint64(bytes, at) : bytes.uint32(at);
  const read = (at: number, length: number): Promise<Bytes> =>
    parts.read(at, length, littleEndian);

  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let at = offsetIn(await read(big ? 8 : 4, offsetBytes), 0);
  while (at !== 0) {
    if (seen.has(at))
      throw new UnmixingError(
        'file',
        `${file.name} is damaged: the list of its pictures runs in a circle.`,
      );
    seen.add(at);
    const head = await read(at, countBytes);
    const entries = big ? uint64(head, 0) : head.uint16(0);
    const bytes = await read(
      at + countBytes,
      entries * entryBytes + offsetBytes,
    );
    const fields = new Map<number, Field>();
    for (let i = 0; i < entries; i++) {
      const entry = i * entryBytes;
      const [tag, type] = [bytes.uint16(entry), bytes.uint16(entry + 2)];
      if (!wantedTags.has(tag) || !(type in typeBytes)) continue;
      const count = offsetIn(bytes, entry + 4);
      const value = entry + 4 + offsetBytes;
      const length = count * typeBytes[type];
      fields.set(tag, {
        type,
        count,
        bytes:
          length <= offsetBytes
            ? bytes.part(value, length)
            : await read(offsetIn(bytes, value), length),
      });
    }
    pages.push(pageOf(fields, littleEndian, file.name));
    at = offsetIn(bytes, entries * entryBytes);
  }
  return pages;
}
