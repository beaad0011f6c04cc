import { UnmixingError } from '../../spectral/errors.js';
import type { Bytes } from '../common/bytes.js';

// Layout: Galactic Industries' "Universal Data Format Specification" and its spc.h, whose names stand in the comments.

/** What the header of an SPC file says. */
export interface SpcHeader {
  /** LabCalc's header, version 4D hex: shorter, and with the two words of an integer the other way round. */
  readonly isOld: boolean;
  /** TSPREC: values are integers of 16 bits. */
  readonly isShort: boolean;
  /** TMULTI: several spectra, each with an exponent of its own. */
  readonly isMulti: boolean;
  /** TXVALS: positions are listed, once for all or (TXYXYS) with each spectrum. */
  readonly axis: 'even' | 'common' | 'own';
  /** Values are whole numbers times 2^(exponent - 32), or 2^(exponent - 16) when short; -128 means 32-bit floats. */
  readonly exponent: number;
  readonly points: number;
  readonly first: number;
  readonly last: number;
  /** How many spectra; where the header does not tell, as many as the file holds. */
  readonly spectra: number;
  /** Codes of what is along x (the axis) and y (the values). */
  readonly x: number;
  readonly y: number;
  /** TALABS: what is along them, in words; '' without. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** For a map: how many rows, and codes and steps along them (z) and across (w). */
  readonly planes: number;
  readonly z: number;
  readonly w: number;
  readonly zStep: number;
  readonly wStep: number;
  /** First byte behind the header. */
  readonly size: number;
}

function shapeOf(flags: number) {
  return {
    isShort: (flags & 1) !== 0,
    isMulti: (flags & 4) !== 0,
    axis: (flags & 128) === 0 ? 'even' : (flags & 64) === 0 ? 'common' : 'own',
  } as const;
}

/** The first two of the labels, which end in zeros; a file without custom labels has none. */
function labelsOf(bytes: Bytes, at: number, flags: number) {
  const x = bytes.text(at, 30);
  const raw = bytes.bytes.subarray(at, at + 30);
  const end = raw.indexOf(0);
  const y = end < 0 ? '' : bytes.text(at + end + 1, 29 - end);
  return (flags & 32) === 0
    ? { xLabel: '', yLabel: '' }
    : { xLabel: x, yLabel: y };
}

function readNew(bytes: Bytes): SpcHeader {
  const flags = bytes.uint8(0);
  return {
    isOld: false,
    ...shapeOf(flags),
    exponent: bytes.int8(3),
    points: bytes.uint32(4),
    first: bytes.float64(8),
    last: bytes.float64(16),
    spectra: Math.max(1, bytes.uint32(24)),
    x: bytes.uint8(28),
    y: bytes.uint8(29),
    ...labelsOf(bytes, 218, flags),
    planes: bytes.uint32(316),
    z: bytes.uint8(30),
    w: bytes.uint8(324),
    zStep: bytes.float32(312),
    wStep: bytes.float32(320),
    size: 512,
  };
}

const oldSize = 224;

function readOld(bytes: Bytes): SpcHeader {
  const flags = bytes.uint8(0);
  const { isMulti, isShort } = shapeOf(flags);
  const size = isShort ? 2 : 4;
  const points = bytes.float32(4);
  if (!Number.isInteger(points) || points < 0)
    throw new UnmixingError(
      'file',
      `${bytes.name} is damaged: it declares ${points} points a spectrum.`,
    );
  return {
    isOld: true,
    isMulti,
    isShort,
    axis: 'even',
    exponent: bytes.int8(2),
    points,
    first: bytes.float32(8),
    last: bytes.float32(12),
    spectra: isMulti
      ? Math.max(1, Math.floor((bytes.size - oldSize) / (32 + size * points)))
      : 1,
    x: bytes.uint8(16),
    y: bytes.uint8(17),
    ...labelsOf(bytes, 194, flags),
    planes: 0,
    z: 0,
    w: 0,
    zStep: 0,
    wStep: 0,
    size: oldSize,
  };
}

/** Reads the header; the bytes are in the order that its version tells. */
export const readSpcHeader = (bytes: Bytes): SpcHeader =>
  bytes.uint8(1) === 0x4d ? readOld(bytes) : readNew(bytes);
