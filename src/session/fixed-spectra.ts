import type { FixedSpectrum } from '../engine/options.js';
import type { Opened } from '../formats/opened.js';
import type { AxisUnit, SpectralAxis } from '../spectral/axis.js';
import { pixelSpectrum } from '../spectral/cube.js';
import type { Spectra } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Unmixing } from '../spectral/unmixing.js';

/** Nanometres in one unit of a wavelength. */
const nanometres = { nm: 1, µm: 1000 } as const;

const toWavelength = (position: number, unit: 'cm-1' | 'nm' | 'µm'): number =>
  unit === 'cm-1' ? 1e7 / position : position * nanometres[unit];

/** Positions in another unit; null where there is no way. */
function inUnit(
  values: Float64Array,
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

const refuse = (sentence: string): never => {
  throw new UnmixingError('file', sentence);
};

/**
 * Spectra as endmembers to hold fixed, each under its name, positions in the unit of the cube. Values that are not
 * numbers are left out.
 * @param cube the axis of the image that shall be unmixed
 * @throws UnmixingError `file` when they are of another quantity, or their positions mean nothing on this axis
 */
export function fixedOf(
  { name, axis, names, data }: Spectra,
  cube: Pick<SpectralAxis, 'unit' | 'quantity'>,
): FixedSpectrum[] {
  if (axis.quantity && cube.quantity && axis.quantity !== cube.quantity)
    refuse(
      `${name} holds ${axis.quantity}, and the image ${cube.quantity}: convert one of them first.`,
    );
  const positions =
    inUnit(axis.values, axis.unit, cube.unit) ??
    refuse(
      `${name} has positions in ${axis.unit}, and the image in ${cube.unit}: they cannot be compared.`,
    );
  const bands = positions.length;
  return names.map((one, s) => {
    const values = data.subarray(s * bands, (s + 1) * bands);
    const there = (_: number, b: number): boolean =>
      Number.isFinite(values[b]) && Number.isFinite(positions[b]);
    return {
      name: one,
      positions: positions.filter(there),
      values: Array.from(values).filter(there),
    };
  });
}

/** An image of more pixels than this is no list of spectra to hold fixed. */
const mostSpectra = 31;

/** What was opened, as spectra: a list without names opens as an image of one row. */
function spectraIn(opened: Opened): Spectra[] {
  if (opened.kind === 'spectra') return [opened.spectra];
  if (opened.kind !== 'cube') return [];
  const { cube, missing } = opened;
  const count = cube.width * cube.height;
  if (!missing.includes('width') || count > mostSpectra) return [];
  return [
    {
      name: cube.name,
      axis: cube.axis,
      names: Array.from({ length: count }, (_, n) => `${cube.name} ${n + 1}`),
      data: Float32Array.from(
        Array.from({ length: count }, (_, n) => [
          ...pixelSpectrum(cube, n),
        ]).flat(),
      ),
    },
  ];
}

/**
 * All spectra in what was opened, as endmembers to hold fixed.
 * @param name of the file, for the sentence
 * @throws UnmixingError `file` when there are none, or as `fixedOf`
 */
export function fixedIn(
  opened: readonly Opened[],
  cube: Pick<SpectralAxis, 'unit' | 'quantity'>,
  name: string,
): FixedSpectrum[] {
  const spectra = opened.flatMap(spectraIn);
  if (spectra.length === 0)
    refuse(
      `${name} holds no spectra to hold fixed: open a file of single spectra, such as CSV, JCAMP-DX, SPC or ENVI .sli.`,
    );
  return spectra.flatMap((one) => fixedOf(one, cube));
}

/** An endmember that was found, to hold fixed in the next run: at the bands that counted. */
export function fixedEndmember(
  { axis, names, endmembers, excludedBands }: Unmixing,
  endmember: number,
): FixedSpectrum {
  const bands = axis.values.length;
  const counts = (_: number, b: number): boolean => !excludedBands[b];
  const from = endmember * bands;
  return {
    name: names[endmember],
    positions: Array.from(axis.values).filter(counts),
    values: Array.from(endmembers.subarray(from, from + bands)).filter(counts),
  };
}
