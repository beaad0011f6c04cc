import type { Reference } from '../algorithms/reference-table.js';
import type { Opened } from '../formats/opened.js';
import { convert, fullOf } from '../preprocess/convert.js';
import { type SpectralAxis, positionsIn } from '../spectral/axis.js';
import { type Spectra, unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { spectraIn } from './spectra-in.js';

/** A spectrum of a library, as a reference for spectra on one axis. */
export interface LibrarySpectrum extends Reference {
  readonly name: string;
  /** Name of the list that it is from: mostly that of its file. */
  readonly source: string;
}

export interface LibraryOptions {
  /**
   * The references were measured in transmission and the spectra by attenuated total reflection: absorbance is multiplied by the
   * penetration depth, which grows with the wavelength (Harrick 1967; dispersion is left out). 1 at 1000 cm-1: crystal, sample and
   * angle scale all bands alike, which no measure of likeness sees. Default false.
   */
  readonly penetration?: boolean;
}

/** A file with more spectra than this, and no names, is an image. */
const mostUnnamed = 10_000;

/** Position, cm-1, at which the penetration depth is taken as 1. */
const referencePosition = 1000;

/** A copy of the values: transmittance as absorbance where the spectra sought are in it, and the other way round. */
function inQuantity(
  { axis, names, data }: Spectra,
  to: SpectralAxis['quantity'],
): Float32Array {
  const bands = axis.values.length;
  const out = data.slice();
  if (to === null || to === 'intensity') return out;
  const full = fullOf({
    name: '',
    width: names.length,
    height: 1,
    axis,
    data,
    geometry: unitGeometry,
  });
  const change =
    axis.quantity && convert(axis, { kind: 'convert', on: true, to, full });
  if (change)
    for (let n = 0; n < names.length; n++)
      change(out.subarray(n * bands, (n + 1) * bands));
  return out;
}

/**
 * The lists of spectra in what was opened.
 * @param where name of the file or folder, for the sentence
 * @throws UnmixingError `file` when there are none
 */
export function spectraLists(
  opened: readonly Opened[],
  where: string,
): Spectra[] {
  const lists = opened.flatMap((one) => spectraIn(one, mostUnnamed));
  if (lists.length === 0)
    throw new UnmixingError(
      'file',
      `${where} holds no spectra for a library: open files of single spectra, such as CSV, JCAMP-DX, SPC, RRUFF or ENVI .sli.`,
    );
  return lists;
}

/**
 * The spectra of a list, as references on an axis: positions in its unit, values in its quantity where there is a way.
 * @throws UnmixingError `file` when its positions cannot be compared
 */
export function referencesOf(
  list: Spectra,
  axis: SpectralAxis,
  { penetration = false }: LibraryOptions = {},
): LibrarySpectrum[] {
  const positions = positionsIn(list.axis.values, list.axis.unit, axis.unit);
  if (!positions)
    throw new UnmixingError(
      'file',
      `${list.name} has positions in ${list.axis.unit}, and what is sought in ${axis.unit}: they cannot be compared.`,
    );
  const data = inQuantity(list, axis.quantity);
  if (penetration && axis.quantity !== 'transmittance') {
    const wavenumbers = positionsIn(list.axis.values, list.axis.unit, 'cm-1');
    wavenumbers?.forEach((position, b) => {
      for (let n = 0; n < list.names.length; n++)
        data[n * positions.length + b] *= referencePosition / position;
    });
  }
  return list.names.map((name, n) => ({
    name,
    source: list.name,
    positions,
    values: data.subarray(n * positions.length, (n + 1) * positions.length),
  }));
}

/**
 * All spectra of a file, as `referencesOf` has them.
 * @param where name of the file or folder, for the sentence
 * @throws UnmixingError `file` when it holds no spectra, or positions that cannot be compared
 */
export const librarySpectra = (
  opened: readonly Opened[],
  axis: SpectralAxis,
  where: string,
  options: LibraryOptions = {},
): LibrarySpectrum[] =>
  spectraLists(opened, where).flatMap((list) =>
    referencesOf(list, axis, options),
  );
