import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';

const width = 64;
const height = 48;
const bands = 60;

/** Three materials: where their absorption peaks, in slices, how wide and how strong. */
const materials = [
  [
    [12, 2.5, 1],
    [41, 3, 0.5],
  ],
  [
    [22, 3, 0.9],
    [49, 2, 0.7],
  ],
  [
    [31, 4, 0.8],
    [7, 2, 0.4],
  ],
];

const gauss = (distance: number, spread: number): number =>
  Math.exp(-((distance / spread) ** 2) / 2);

const spectra = materials.map((peaks) =>
  Array.from({ length: bands }, (_, band) =>
    peaks.reduce(
      (sum, [centre, spread, strength]) =>
        sum + strength * gauss(band - centre, spread),
      0,
    ),
  ),
);

/** How much of each material a pixel holds: two round grains in a ground that thins out to the right. */
function amounts(x: number, y: number): number[] {
  const left = gauss(Math.hypot(x - 20, y - 20), 7);
  const right = gauss(Math.hypot(x - 45, y - 29), 6);
  const ground = 0.2 * (1 - left) * (1 - right);
  const sum = left + right + ground;
  return [left / sum, right / sum, ((1 - x / (2 * width)) * ground) / sum];
}

/** A volume made in code: each slice along the third axis is one spectral band. */
export function makeVolume(): vtkImageData {
  const values = new Float32Array(width * height * bands);
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 0.01 * (seed / 2 ** 32 - 0.5);
  };
  for (let n = 0; n < width * height; n++) {
    const parts = amounts(n % width, Math.floor(n / width));
    for (let band = 0; band < bands; band++)
      values[band * width * height + n] =
        noise() +
        parts.reduce((sum, part, i) => sum + part * spectra[i][band], 0);
  }
  const image = vtkImageData.newInstance();
  image.setDimensions(width, height, bands);
  image.getPointData().setScalars(
    vtkDataArray.newInstance({
      name: 'Two grains',
      numberOfComponents: 1,
      values,
    }),
  );
  return image;
}
