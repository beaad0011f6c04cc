import type { SavedImage } from '../formats/saved.js';
import { UnmixingError } from '../spectral/errors.js';
import type { SaveGrid, SessionState } from './state.js';

/** Maps on the pixels that were asked for. */
export async function onGrid(
  image: SavedImage,
  { onto, interpolation }: SaveGrid,
  { layers }: SessionState,
): Promise<SavedImage> {
  const [{ bakedOnto }, { worldGrid }] = await Promise.all([
    import('../session/baked.js'),
    import('../imaging/straight.js'),
  ]);
  if ('pixel' in onto)
    return bakedOnto(image, worldGrid(image, onto.pixel), interpolation);
  const other = layers.find(({ owner }) => owner === onto.image);
  if (!other)
    throw new UnmixingError(
      'input',
      `invalid grid: ${onto.image} is not open any more (want an image that is)`,
    );
  const { width, height } = other.image;
  return bakedOnto(
    image,
    { width, height, geometry: other.geometry },
    interpolation,
  );
}
