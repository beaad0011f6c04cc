import type { SavedImage } from '../formats/saved.js';
import { type Grid, resample } from '../imaging/resample.js';
import { UnmixingError } from '../spectral/errors.js';

/** Values that a file made anew may hold: 2 GB of floats. */
const mostValues = 2 ** 29;

/**
 * An image on the pixels of another grid, through both geometries: what a registration says is baked in, and the file overlays
 * everything else on that grid pixel by pixel. Outside, values are not a number; classes, which stay whole, are none there.
 * @throws UnmixingError `input` when it would hold too many values
 */
export function bakedOnto(
  image: SavedImage,
  onto: Grid,
  interpolation: 'nearest' | 'linear',
): SavedImage {
  const { width, height, geometry } = onto;
  const { bands, classes } = image;
  if (!(width * height * bands <= mostValues))
    throw new UnmixingError(
      'input',
      `invalid grid: ${width} x ${height} x ${bands} values (want at most ${mostValues}: larger pixels)`,
    );
  const values = resample(
    { ...image, values: image.data, channels: bands },
    onto,
    classes ? 'nearest' : interpolation,
  );
  const data = classes
    ? values.map((value) => (Number.isNaN(value) ? 0 : value))
    : values;
  return { ...image, width, height, geometry, data };
}
