import { UnmixingError } from './errors.js';

/** Unit of a spectral axis; `band` is a bare band number. */
export type AxisUnit = 'cm-1' | 'nm' | 'µm' | 'band';
export const axisUnits: readonly AxisUnit[] = ['cm-1', 'nm', 'µm', 'band'];

/** What the values of a spectrum are. */
export type Quantity =
  'absorbance' | 'transmittance' | 'reflectance' | 'intensity';
export const quantities: readonly Quantity[] = [
  'absorbance',
  'transmittance',
  'reflectance',
  'intensity',
];

/** Positions of the bands, strictly monotonic in either direction. `null` means that the file left it out. */
export interface SpectralAxis {
  readonly values: Float64Array;
  readonly unit: AxisUnit | null;
  readonly quantity: Quantity | null;
}

/** Two ends of a range on the axis, in its unit, in either order. */
export type Window = readonly [number, number];

/** The common carbon dioxide window, cm-1. */
export const co2Window: Window = [2280, 2400];

export function isDescending({ values }: SpectralAxis): boolean {
  return values.length > 1 && values[0] > values[values.length - 1];
}

/** Wavenumbers are drawn from high to low, wavelengths from low to high. */
export function drawsDescending({ unit }: SpectralAxis): boolean {
  return unit === 'cm-1';
}

export function bandAxis(
  bands: number,
  quantity: Quantity | null,
): SpectralAxis {
  return {
    values: Float64Array.from({ length: bands }, (_, b) => b + 1),
    unit: 'band',
    quantity,
  };
}

/** One byte a band: 1 where it lies inside any of the windows, ends included. */
export function bandsInside(
  { values }: SpectralAxis,
  windows: readonly Window[],
): Uint8Array {
  const inside = new Uint8Array(values.length);
  for (const [a, b] of windows) {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    values.forEach((v, i) => {
      if (v >= low && v <= high) inside[i] = 1;
    });
  }
  return inside;
}

/** Refuses an axis that is empty, not finite or not strictly monotonic. */
export function checkAxis({ values }: SpectralAxis): void {
  if (values.length === 0)
    throw new UnmixingError(
      'input',
      'invalid axis: no bands (want at least 1)',
    );
  const sign = Math.sign(values[values.length - 1] - values[0]);
  for (let b = 0; b < values.length; b++) {
    if (!Number.isFinite(values[b]))
      throw new UnmixingError(
        'input',
        `invalid axis: ${values[b]} at band ${b + 1} (want finite positions)`,
      );
    if (b > 0 && !(sign * (values[b] - values[b - 1]) > 0))
      throw new UnmixingError(
        'input',
        `invalid axis: ${values[b - 1]} is followed by ${values[b]} at band ${b + 1} (want positions that only rise or only fall)`,
      );
  }
}

/** The band that lies nearest to a position. */
export function nearestBand(
  { values }: SpectralAxis,
  position: number,
): number {
  let nearest = 0;
  for (let b = 1; b < values.length; b++)
    if (Math.abs(values[b] - position) < Math.abs(values[nearest] - position))
      nearest = b;
  return nearest;
}

/** Nanometres in one unit of a wavelength. */
const nanometres = { nm: 1, µm: 1000 } as const;

const toWavelength = (position: number, unit: 'cm-1' | 'nm' | 'µm'): number =>
  unit === 'cm-1' ? 1e7 / position : position * nanometres[unit];

/** Positions in another unit, as they are where one of the units is not known; null where there is no way. */
export function positionsIn(
  values: ArrayLike<number>,
  from: AxisUnit | null,
  to: AxisUnit | null,
): readonly number[] | null {
  if (from === null || to === null || from === to) return Array.from(values);
  if (from === 'band' || to === 'band') return null;
  // A wavenumber is to a wavelength as that is to it.
  return Array.from(values, (position) => {
    const wavelength = toWavelength(position, from);
    return to === 'cm-1' ? 1e7 / wavelength : wavelength / nanometres[to];
  });
}
