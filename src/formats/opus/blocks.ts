import { UnmixingError } from '../../spectral/errors.js';
import type { Bytes } from '../common/bytes.js';

/*
 * Bruker publishes no description of its files. The directory, the bits of a block's type and the series are as the
 * project brukeropus describes them; checked against an export of OPUS.
 */

/** One block of an OPUS file. */
export interface OpusBlock {
  /** 0 no spectrum, 1 sample, 2 reference, 3 ratio of both. */
  readonly source: number;
  /** What the parameters in it describe; 0 when it holds none, 1 when they describe the values of another block. */
  readonly parameters: number;
  /** What its values are: 2 interferogram, 4 absorbance, … */
  readonly content: number;
  /** 0 when the values are no derivative. */
  readonly derivative: number;
  /** 0 one spectrum, 2 a series of them, 20 pictures; others are reports and notes. */
  readonly kind: number;
  /** The state before OPUS changed the file, which it keeps. */
  readonly isOriginal: boolean;
  readonly at: number;
  readonly size: number;
}

/** Values of parameters by their names of three letters. */
export type Parameters = ReadonlyMap<string, number | string>;

const entryBytes = 12;

/**
 * Reads the directory.
 * @throws UnmixingError `file` when it does not lie in the file
 */
export function readDirectory(bytes: Bytes): OpusBlock[] {
  const at = bytes.int32(12);
  const entries = bytes.int32(20);
  bytes.need(at, entryBytes * entries);
  const blocks: OpusBlock[] = [];
  for (let i = 0; i < entries; i++) {
    const type = bytes.uint32(at + entryBytes * i);
    // Zero is a block that was deleted; 13 the directory itself.
    if (type === 0 || type === 13 << 10) continue;
    blocks.push({
      source: (type >> 2) & 3,
      parameters: (type >> 4) & 63,
      content: (type >> 10) & 127,
      derivative: (type >> 17) & 3,
      kind: (type >> 19) & 2047,
      isOriginal: ((type >> 30) & 1) === 1,
      size: 4 * bytes.uint32(at + entryBytes * i + 4),
      at: bytes.uint32(at + entryBytes * i + 8),
    });
  }
  if (blocks.length === 0)
    throw new UnmixingError(
      'file',
      `${bytes.name} is damaged: its directory lists no block.`,
    );
  return blocks;
}

/** The bytes of a block. @throws UnmixingError `file` when it does not lie in the file */
export const blockBytes = (bytes: Bytes, { at, size }: OpusBlock): Bytes =>
  bytes.part(at, size);

/** Reads parameters (name, type, number of 2-byte words, value) up to END or the end of what is there. */
export function readParameters(bytes: Bytes): Parameters {
  const values = new Map<string, number | string>();
  for (let at = 0; at + 8 <= bytes.size;) {
    const name = bytes.text(at, 3);
    const type = bytes.uint16(at + 4);
    const size = 2 * bytes.uint16(at + 6);
    if (name === 'END' || at + 8 + size > bytes.size) break;
    if (type === 0 && size >= 4) values.set(name, bytes.int32(at + 8));
    else if (type === 1 && size >= 8) values.set(name, bytes.float64(at + 8));
    else if (type > 1) values.set(name, bytes.text(at + 8, size));
    at += 8 + size;
  }
  return values;
}

/** A parameter that is a finite number; null when there is none. */
export function numberOf(parameters: Parameters, name: string): number | null {
  const value = parameters.get(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
