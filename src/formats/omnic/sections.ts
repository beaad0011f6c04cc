import type { AxisUnit, Quantity } from '../../spectral/axis.js';
import type { Bytes } from '../common/bytes.js';
import { listed } from '../common/words.js';

// Layout and codes: as the public readers of OMNIC files (SpectroChemPy, PyMca) have found them, checked with a .spa and a
// .map of Nicolet microscopes. Thermo has published none.

/** Name of the format. */
export const omnic = 'Thermo OMNIC';

/** A part of an OMNIC file. */
export interface Section {
  readonly kind: number;
  readonly at: number;
  readonly size: number;
}

/** How a file begins that is a series or a map; one that holds spectra by themselves begins with "Spectral Data File". */
export const seriesMagic = 'Spectral Exte File';

const directory = 304;

/** The directory: entries of 16 bytes, with wider numbers and 22 bytes in a series. */
export function sectionsOf(bytes: Bytes, isSeries: boolean): Section[] {
  const count = bytes.uint16(294);
  const size = isSeries ? 22 : 16;
  bytes.need(directory, size * count);
  return Array.from({ length: count }, (_, i) => {
    const at = directory + size * i;
    return isSeries
      ? {
          kind: bytes.uint16(at),
          at: bytes.uint64(at + 2),
          size: bytes.uint32(at + 10),
        }
      : {
          kind: bytes.uint8(at),
          at: bytes.uint32(at + 2),
          size: bytes.uint32(at + 6),
        };
  });
}

/** The first section of a kind. */
export const sectionOf = (
  sections: readonly Section[],
  kind: number,
): Section | undefined => sections.find((one) => one.kind === kind);

/** Lists the kinds of sections that are not read. */
export function warnOfSkipped(
  sections: readonly Section[],
  read: readonly number[],
  warnings: string[],
): void {
  const skipped = sections.filter(({ kind }) => !read.includes(kind));
  if (skipped.length > 0)
    warnings.push(
      `Sections that were skipped: ${listed(skipped.map(({ kind }) => String(kind)))}.`,
    );
}

/** What a section of kind 2, or the beginning of a series, says of its spectra. */
export interface SpectrumHead {
  readonly points: number;
  readonly first: number;
  readonly last: number;
  /** Codes of what is along the axis and of what the values are. */
  readonly x: number;
  readonly y: number;
}

export const headBytes = 140;

export function readSpectrumHead(bytes: Bytes, at: number): SpectrumHead {
  bytes.need(at, headBytes);
  return {
    points: bytes.uint32(at + 4),
    x: bytes.uint8(at + 8),
    y: bytes.uint8(at + 12),
    first: bytes.float32(at + 16),
    last: bytes.float32(at + 20),
  };
}

const units: Readonly<Record<number, AxisUnit>> = {
  1: 'cm-1',
  3: 'nm',
  4: 'µm',
  32: 'cm-1', // Raman shift
};

const quantities: Readonly<Record<number, Quantity>> = {
  11: 'reflectance',
  12: 'absorbance', // log(1/R)
  15: 'intensity', // single beam
  16: 'transmittance',
  17: 'absorbance',
  21: 'reflectance',
  22: 'intensity', // volts of the detector
  26: 'intensity', // photoacoustic
  31: 'intensity', // Raman
};

/** Unit and quantity by their codes; what has none here is told in a warning. */
export function meaningOf(
  { x, y }: SpectrumHead,
  name: string,
  warnings: string[],
): { unit: AxisUnit | null; quantity: Quantity | null } {
  if (!(x in units))
    warnings.push(
      x === 2
        ? `The axis of ${name} counts the points of an interferogram: it is kept without a unit.`
        : `${name} gives its axis in a unit that is not known here (code ${x}).`,
    );
  if (!(y in quantities))
    warnings.push(
      y === 20
        ? `The values in ${name} are Kubelka-Munk units: no quantity of spectra is known for them.`
        : `${name} gives its values in a unit that is not known here (code ${y}).`,
    );
  if (y === 11 || y === 16)
    warnings.push(`The values in ${name} are per cent, and are kept so.`);
  return {
    unit: x in units ? units[x] : null,
    quantity: y in quantities ? quantities[y] : null,
  };
}
