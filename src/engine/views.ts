import { bandImage, falseColourImage } from '../algorithms/false-colour.js';
import { type Cube, type CubeImage, pixelSpectrum } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type { CubeSummary, PixelSpectrum } from './protocol.js';

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

/** The spectrum of a pixel with what the model makes of it; no model for a masked pixel or before unmixing. */
export function pixelOf(
  cube: Cube,
  unmixing: Unmixing | null,
  pixel: number,
): PixelSpectrum {
  checkIndex('pixel', pixel, cube.width * cube.height);
  const measured = pixelSpectrum(cube, pixel).slice();
  if (!unmixing || unmixing.mask[pixel]) return { measured, model: null };
  const { endmembers, abundances, gain, nuisance, names, residual } = unmixing;
  const order = names.length;
  const bands = measured.length;
  const shares = abundances.slice(pixel * order, (pixel + 1) * order);
  const contributions = endmembers.map(
    (v, i) => v * gain[pixel] * shares[Math.floor(i / bands)],
  );
  const reconstruction = new Float32Array(bands);
  contributions.forEach((v, i) => (reconstruction[i % bands] += v));
  if (nuisance) {
    const terms = nuisance.names.length;
    nuisance.spectra.forEach((v, i) => {
      const term = Math.floor(i / bands);
      reconstruction[i % bands] +=
        v * nuisance.coefficients[pixel * terms + term];
    });
  }
  return {
    measured,
    model: {
      reconstruction,
      contributions,
      shares,
      angle: residual.angleMap[pixel],
      rmse: residual.rmseMap[pixel],
    },
  };
}
