import type { Cube, Geometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Rectangle } from './steps.js';
import { type Work, counted, paced } from './work.js';

/** The geometry of an image whose first pixel is centred on (x, y) of this one. */
export function startAt(geometry: Geometry, x: number, y: number): Geometry {
  const { origin, spacing, direction } = geometry;
  const along = (axis: number): number =>
    origin[axis] +
    direction[3 * axis] * spacing[0] * x +
    direction[3 * axis + 1] * spacing[1] * y;
  return { ...geometry, origin: [along(0), along(1), along(2)] };
}

/**
 * The part of a rectangle that lies inside an image.
 * @throws UnmixingError `input` when there is none
 */
export function rectangleInside(
  { x, y, width, height }: Rectangle,
  image: Pick<Cube, 'width' | 'height'>,
): Rectangle {
  if (x >= image.width || y >= image.height)
    throw new UnmixingError(
      'input',
      `rectangle starts at ${x}, ${y} (want it inside the image of ${image.width} x ${image.height} pixels)`,
    );
  return {
    x,
    y,
    width: Math.min(width, image.width - x),
    height: Math.min(height, image.height - y),
  };
}

/**
 * Keeps the pixels of a rectangle, as far as it lies inside the image.
 * @throws UnmixingError `input` when it lies outside
 */
export async function crop(
  cube: Cube,
  rectangle: Rectangle,
  { pace, note }: Work,
): Promise<Cube> {
  const { x, y, width, height } = rectangleInside(rectangle, cube);
  if (width === cube.width && height === cube.height) return cube;
  if (width < rectangle.width || height < rectangle.height)
    note(
      `the rectangle reaches beyond the image; ${width} x ${counted(height, 'pixel')} are kept.`,
    );
  const bands = cube.axis.values.length;
  const data = new Float32Array(width * height * bands);
  const mask = cube.mask && new Uint8Array(width * height);
  await paced(height, width * bands, pace, (row) => {
    const from = (y + row) * cube.width + x;
    data.set(
      cube.data.subarray(from * bands, (from + width) * bands),
      row * width * bands,
    );
    if (mask) mask.set(cube.mask.subarray(from, from + width), row * width);
  });
  return {
    ...cube,
    width,
    height,
    data,
    geometry: startAt(cube.geometry, x, y),
    mask,
  };
}
