import { type SpectralAxis, bandAxis } from '../../spectral/axis.js';
import type { Cube } from '../../spectral/cube.js';
import type { Description } from './description.js';
import type { Missing, OpenOptions, Opened } from '../opened.js';
import { asTheyAre, tidy } from './values.js';
import { readUnit } from './words.js';

/** What an image file says of a band. */
export interface Channel {
  /** '' when it has none. */
  readonly name: string;
  /** In nm; null when it is not said. */
  readonly wavelength: number | null;
}

/** What the bands of a cube are. */
export interface Bands {
  readonly axis: SpectralAxis;
  readonly bandNames?: readonly string[];
  /** The band that belongs at each place, where they must be sorted. */
  readonly order: Uint32Array | null;
  readonly missing: readonly Missing[];
}

function missingOf(axis: SpectralAxis, isNumbered: boolean): Missing[] {
  return [
    ...(isNumbered ? (['axis'] as const) : []),
    ...(axis.unit === null ? (['unit'] as const) : []),
    ...(axis.quantity === null ? (['quantity'] as const) : []),
  ];
}

/** Bands of which nothing is known, numbered from 1. */
export function numberedBands(bands: number): Bands {
  const axis = { ...bandAxis(bands, null), unit: null };
  return { axis, order: null, missing: missingOf(axis, true) };
}

/** Bands at known positions. */
export const bandsAt = (axis: SpectralAxis): Bands => ({
  axis,
  order: null,
  missing: missingOf(axis, false),
});

/** An axis of positions in any order, which are sorted upwards; null when two are the same. */
function sortedBands(
  positions: readonly number[],
  unit: SpectralAxis['unit'],
): Bands | null {
  const order = Uint32Array.from(positions.keys()).sort(
    (a, b) => positions[a] - positions[b],
  );
  const values = Float64Array.from(order, (b) => positions[b]);
  if (values.some((value, b) => b > 0 && value === values[b - 1])) return null;
  return {
    ...bandsAt({ values, unit, quantity: null }),
    order: order.some((b, i) => b !== i) ? order : null,
  };
}

/** Bands whose names are positions in one unit, such as "1650 cm-1" or "450 nm"; null when they are not. */
function namedPositions(names: readonly string[]): Bands | null {
  const read = names.map((name) => {
    const match = /^(\d+(?:\.\d+)?)\s*(\D.*)$/.exec(name);
    const unit = match ? readUnit(match[2]) : null;
    return match && unit && unit.unit !== 'band'
      ? { at: Number(match[1]) * unit.factor, unit: unit.unit }
      : null;
  });
  const unit = read[0]?.unit;
  const positions = read.flatMap((one) =>
    one && one.unit === unit ? [one.at] : [],
  );
  return unit !== undefined && positions.length === names.length
    ? sortedBands(positions, unit)
    : null;
}

/**
 * What the bands are: as we noted it ourselves, else by the wavelengths of all channels, else by their names, read as
 * positions where they are such; numbered when there is nothing.
 */
export function bandsOf(
  bands: number,
  description: Description | null,
  channels: readonly Channel[],
): Bands {
  if (description?.axis) return bandsAt(description.axis);
  const names = description?.bandNames ?? channels.map(({ name }) => name);
  const wavelengths = channels.flatMap(({ wavelength }) => wavelength ?? []);
  const known =
    description === null && channels.length === bands
      ? ((wavelengths.length === bands
          ? sortedBands(wavelengths, 'nm')
          : null) ?? namedPositions(names))
      : null;
  if (known) return known;
  if (names.length !== bands || names.some((name) => name === ''))
    return numberedBands(bands);
  return { ...bandsAt(bandAxis(bands, null)), bandNames: names };
}

/**
 * The cube of values that were just read, sorted by its axis and tidied in place.
 * @param read what it was read from; what is said of its values is added to the warnings
 */
export async function toCube(
  image: Pick<Cube, 'name' | 'width' | 'height' | 'data' | 'geometry'>,
  { axis, bandNames, order, missing }: Bands,
  read: { readonly type: string; readonly warnings: string[] },
  task: OpenOptions,
): Promise<Opened> {
  const mask = await tidy(
    image.data,
    axis.values.length,
    { ...asTheyAre, order },
    read.warnings,
    task,
  );
  const cube: Cube = {
    ...image,
    axis,
    ...(mask && { mask }),
    ...(bandNames && { bandNames }),
  };
  return { kind: 'cube', ...read, missing, cube };
}
