import type { SpectralAxis } from '../../spectral/axis.js';
import { type Grid, onGrid } from '../common/grid.js';
import type { Opened } from '../opened.js';

/** More named spectra than this are the pixels of an image, not a list to choose from. */
const mostNamed = 1000;

/** Spectra as a text lists them. */
interface List {
  readonly name: string;
  readonly type: string;
  readonly axis: SpectralAxis;
  /** Spectrum n at n * bands. */
  readonly data: Float32Array;
  /** Names of the spectra; null when they have none. */
  readonly names: readonly string[] | null;
  readonly mask?: Uint8Array | undefined;
  /** Where they stand, when that makes an image; `data` is then in the order of its pixels. */
  readonly grid?: Grid | null;
  readonly warnings: string[];
}

/** Spectra where there is one, or some with names; else a cube, whose width is missing where positions do not tell it. */
export function listOf({
  name,
  type,
  axis,
  data,
  names,
  mask,
  grid = null,
  warnings,
}: List): Opened {
  const count = data.length / axis.values.length;
  if (!grid && (count === 1 || (names && count <= mostNamed))) {
    const called = names ?? [name];
    return {
      kind: 'spectra',
      type,
      warnings,
      spectra: {
        name,
        axis,
        names: called.map((one, n) => one || `Spectrum ${n + 1}`),
        data,
      },
    };
  }
  if (names && !grid)
    warnings.push(
      `The names of ${count} spectra are not kept: so many are taken as the pixels of an image.`,
    );
  const cube = { name, axis, data, ...(mask && { mask }) };
  return { kind: 'cube', type, warnings, ...onGrid(cube, grid, count) };
}
