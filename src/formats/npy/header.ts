import { UnmixingError } from '../../spectral/errors.js';
import { Bytes } from '../common/bytes.js';
import type { SampleType } from '../envi/header.js';

/** A longer header describes no array of numbers. */
const longestHeader = 65536;

/** Number types of NumPy by kind and bytes a value. */
const types: Readonly<Record<string, SampleType>> = {
  b1: 'uint8',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** What the header of a .npy says. */
export interface NpyHeader {
  readonly type: SampleType;
  readonly bytesPerValue: number;
  readonly littleEndian: boolean;
  /** Whether the first index runs fastest. */
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  /** First byte of the values. */
  readonly offset: number;
}

/**
 * Reads the header of a .npy, versions 1 to 3: a Python dictionary of descr, fortran_order and shape
 * (NumPy, numpy.lib.format).
 * @throws UnmixingError `file` when it is damaged or the array is none of real numbers
 */
export async function readNpyHeader(file: File): Promise<NpyHeader> {
  const head = new Bytes(
    new Uint8Array(await file.slice(0, 12 + longestHeader).arrayBuffer()),
    file.name,
  );
  const version = head.uint8(6);
  const [at, length] =
    version === 1 ? [10, head.uint16(8)] : [12, head.uint32(8)];
  if (version < 1 || version > 3 || length > longestHeader)
    throw new UnmixingError(
      'file',
      `${file.name} is damaged, or a .npy of a version that is not known (want 1, 2 or 3).`,
    );
  head.need(at, length);
  const words = new TextDecoder().decode(head.bytes.subarray(at, at + length));
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]{1,20})['"]/.exec(words)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(words)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(words)?.[1];
  const [, mark, kind] = /^([<>|=]?)(\w+)$/.exec(descr ?? '') ?? [];
  if (!order || sizes === undefined || !/['"]descr['"]/.test(words))
    throw new UnmixingError(
      'file',
      `${file.name} is damaged: its header does not say descr, fortran_order and shape.`,
    );
  if (!kind || !Object.hasOwn(types, kind))
    throw new UnmixingError(
      'file',
      `${file.name} holds ${descr ? `values of type "${descr}"` : 'records of several fields'} (want one real number each: ${Object.keys(types).join(', ')}).`,
    );
  return {
    type: types[kind],
    bytesPerValue: Number(kind.slice(1)),
    littleEndian: mark !== '>',
    columnMajor: order === 'True',
    shape: (sizes.match(/\d+/g) ?? []).map(Number),
    offset: at + length,
  };
}
