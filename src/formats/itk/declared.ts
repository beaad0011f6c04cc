import { UnmixingError } from '../../spectral/errors.js';
import type { ItkReader } from './run.js';
import { bothBytes, bytes } from '../common/words.js';

/** Most bytes an image may take: what fits into a 32-bit wasm memory beside the file. */
const mostBytes = 2 ** 31;

/** What an image header says of its data, as far as it can be checked before reading. */
interface Declared {
  /** Bytes of all values. */
  readonly bytes: number;
  /** Bytes that the file must hold after `start`; null for compressed data or text. */
  readonly stored: number | null;
  /** Where the data start in their file; null when it cannot be told. */
  readonly start: number | null;
}

/** Name of the file with the data, for a header that stands apart. */
export interface TextHeader extends Declared {
  /** `null` when the data follow the header in the same file. */
  readonly dataFile: string | null;
}

const product = (values: readonly number[]): number =>
  values.reduce((all, value) => all * value, 1);

function bytesOfType(type: string): number {
  const short = type
    .toLowerCase()
    .replace(/^met_/, '')
    .replace(/_array$/, '');
  if (/double|longlong|long_long|long long|u?int64/.test(short)) return 8;
  if (/float|u?int32|^u?int$|^(un)?signed int$|^u?long$/.test(short)) return 4;
  if (/short|u?int16/.test(short)) return 2;
  return 1;
}

const numbers = (text: string | undefined): number[] =>
  (text ?? '').trim().split(/\s+/).filter(Boolean).map(Number);

/** Reads what matters from the head of an NRRD file or header; null when it is none. */
export function readNrrdHead(head: string): TextHeader | null {
  if (!head.startsWith('NRRD')) return null;
  const end = /\r?\n\r?\n/.exec(head);
  const text = end ? head.slice(0, end.index) : head;
  const field = (pattern: string): string | undefined =>
    new RegExp(`^${pattern}\\s*:(.*)$`, 'im').exec(text)?.[1].trim();
  const size =
    product(numbers(field('sizes'))) * bytesOfType(field('type') ?? '');
  const dataFile = field('data ?file') ?? null;
  const skips = /^(line|byte) ?skip\s*:\s*[^0\s]/im.test(text);
  const isRaw = /^raw$/i.test(field('encoding') ?? '');
  return {
    bytes: size,
    stored: isRaw ? size : null,
    start: skips
      ? null
      : dataFile !== null
        ? 0
        : end
          ? end.index + end[0].length
          : null,
    dataFile,
  };
}

/** Reads what matters from the head of a MetaImage file or header; null when it is none. */
export function readMetaHead(head: string): TextHeader | null {
  const last = /^ElementDataFile\s*=(.*)$/im.exec(head);
  if (!last || !/^(ObjectType|NDims)\s*=/im.test(head)) return null;
  const text = head.slice(0, last.index);
  const field = (key: string): string | undefined =>
    new RegExp(`^${key}\\s*=(.*)$`, 'im').exec(text)?.[1].trim();
  const sizes = numbers(field('DimSize'));
  // The reader takes NDims at its word, and never ends with one that is not finite.
  const isWhole = sizes.length === Number(field('NDims'));
  const size =
    (isWhole ? product(sizes) : NaN) *
    bytesOfType(field('ElementType') ?? '') *
    Number(field('ElementNumberOfChannels') ?? 1);
  const dataFile = last[1].trim();
  const isLocal = /^local$/i.test(dataFile);
  const newline = head.indexOf('\n', last.index);
  const plain =
    !/^true$/i.test(field('CompressedData') ?? '') &&
    !/^false$/i.test(field('BinaryData') ?? '');
  return {
    bytes: size,
    stored: plain ? size : null,
    start:
      field('HeaderSize') !== undefined
        ? null
        : isLocal
          ? newline < 0
            ? null
            : newline + 1
          : 0,
    dataFile: isLocal ? null : dataFile,
  };
}

/** Sizes of an uncompressed NIfTI-1 image and of a PNG, from their first bytes. */
function readBinaryHead(reader: ItkReader, view: DataView): Declared | null {
  if (reader === 'png' && view.byteLength >= 24)
    return {
      bytes: view.getUint32(16) * view.getUint32(20) * 4,
      stored: null,
      start: null,
    };
  if (reader === 'nifti' && view.byteLength >= 348) {
    const little = view.getInt32(0, true) === 348;
    if (!little && view.getInt32(0, false) !== 348) return null;
    const ranks = Math.min(7, view.getInt16(40, little));
    const sizes = Array.from({ length: Math.max(0, ranks) }, (_, i) =>
      view.getInt16(42 + 2 * i, little),
    );
    const size = (product(sizes) * view.getInt16(72, little)) / 8;
    return {
      bytes: size,
      stored: size,
      start: view.getFloat32(108, little),
    };
  }
  return null;
}

/** The name that a header has for the file with its values; null when it does not name one. */
export function namedData(reader: ItkReader, head: Uint8Array): string | null {
  const text = new TextDecoder().decode(head);
  if (reader === 'nrrd') return readNrrdHead(text)?.dataFile ?? null;
  if (reader === 'meta') return readMetaHead(text)?.dataFile ?? null;
  return null;
}

/**
 * Refuses an image that declares more than it holds, or more than can be held, before anything is allocated.
 * @param head first bytes of the file, at least its header
 * @param data the file that holds the values: the same one, or the header's partner
 */
export function checkDeclared(
  reader: ItkReader,
  head: Uint8Array,
  file: File,
  data: File,
): void {
  const text = (): string => new TextDecoder('latin1').decode(head);
  const declared =
    reader === 'nrrd'
      ? readNrrdHead(text())
      : reader === 'meta'
        ? readMetaHead(text())
        : readBinaryHead(
            reader,
            new DataView(head.buffer, head.byteOffset, head.byteLength),
          );
  if (!declared) return;
  const { bytes: all, stored, start } = declared;
  if (!(all > 0))
    throw new UnmixingError(
      'file',
      `${file.name} declares an image without values: its sizes must be whole numbers, at least 1.`,
    );
  if (stored !== null && start !== null && data.size - start < stored) {
    const [holds, wants] = bothBytes(Math.max(0, data.size - start), stored);
    throw new UnmixingError(
      'file',
      `${data.name} holds ${holds} of values but its header declares ${wants}.`,
    );
  }
  if (all > mostBytes)
    throw new UnmixingError(
      'file',
      `${file.name} declares an image of ${bytes(all)} (want at most ${bytes(mostBytes)}).`,
    );
}
