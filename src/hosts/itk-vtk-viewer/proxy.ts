import { keepPace } from '../../spectral/pace.js';
import { shapeOfItk } from './itk-image.js';
import type { ItkImage } from './viewer.js';

/** Pixels between two looks whether the page needs a rest. */
const stretch = 4096;

/**
 * What the viewer shows of a cube that it cannot draw: the mean of the bands of each pixel, as a slice in the place of the
 * cube's first. Values that are not finite do not count.
 */
export async function meanOf(image: ItkImage): Promise<ItkImage> {
  const { width, height, depth, components } = shapeOfItk(image);
  const bands = depth * components;
  const pixels = width * height;
  const [betweenPixels, betweenBands] =
    components > 1 ? [components, 1] : [1, pixels];
  const data = new Float32Array(pixels);
  const pace = keepPace();
  for (let n = 0; n < pixels; n++) {
    if (n % stretch === 0) await pace();
    let sum = 0;
    let count = 0;
    for (let b = 0; b < bands; b++) {
      const value = Number(image.data[n * betweenPixels + b * betweenBands]);
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    data[n] = count > 0 ? sum / count : 0;
  }
  return {
    ...image,
    imageType: {
      ...image.imageType,
      componentType: 'float32',
      pixelType: 'Scalar',
      components: 1,
    },
    size: [width, height, 1].slice(0, image.imageType.dimension),
    metadata: new Map(),
    data,
    ranges: undefined,
  };
}
