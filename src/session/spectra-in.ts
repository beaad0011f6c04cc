import type { Opened } from '../formats/opened.js';
import { pixelSpectrum } from '../spectral/cube.js';
import type { Spectra } from '../spectral/cube.js';

/**
 * What was opened, as spectra: a list without names opens as an image of one row.
 * @param most of more pixels than this, an image is no list
 */
export function spectraIn(opened: Opened, most: number): Spectra[] {
  if (opened.kind === 'spectra') return [opened.spectra];
  if (opened.kind !== 'cube') return [];
  const { cube, missing } = opened;
  const count = cube.width * cube.height;
  if (!missing.includes('width') || count > most) return [];
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
