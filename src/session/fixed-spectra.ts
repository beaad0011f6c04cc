import type { FixedSpectrum } from '../engine/options.js';
import type { Opened } from '../formats/opened.js';
import { type SpectralAxis, positionsIn } from '../spectral/axis.js';
import type { Spectra } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { spectraIn } from './spectra-in.js';
import type { Unmixing } from '../spectral/unmixing.js';

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
    positionsIn(axis.values, axis.unit, cube.unit) ??
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

/** More spectra than endmembers can be held fixed are no list of them. */
const mostSpectra = 31;

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
  const spectra = opened.flatMap((one) => spectraIn(one, mostSpectra));
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
