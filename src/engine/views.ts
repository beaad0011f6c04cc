import { bandImage, falseColourImage } from '../algorithms/false-colour.js';
import { type Cube, type CubeImage, pixelSpectrum } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { CubeSummary } from './protocol.js';

const checkIndex = (name: string, value: number, count: number): void => {
  if (!Number.isInteger(value) || value < 0 || value >= count)
    throw new UnmixingError(
      'input',
      `invalid ${name}: ${value} (want a whole number from 0 to ${count - 1})`,
    );
};

/** One band, or false colour of all of them. */
export function imageOf(
  cube: Cube,
  { mask, reliability }: CubeSummary,
  band: number | null,
): CubeImage {
  if (band === null) return falseColourImage(cube, mask, reliability);
  checkIndex('band', band, cube.axis.values.length);
  return bandImage(cube, band, mask);
}

/** A copy of the spectrum of a pixel. */
export function pixelOf(cube: Cube, pixel: number): Float32Array {
  checkIndex('pixel', pixel, cube.width * cube.height);
  return pixelSpectrum(cube, pixel).slice();
}
