import { corners, indexToWorld, worldToIndex } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import type { Geometry } from '../../spectral/cube.js';

/** A raster of pixels in the world. */
export interface Grid {
  readonly geometry: Geometry;
  readonly width: number;
  readonly height: number;
}

/** Where a layer lies. */
export const gridOf = ({ geometry, image }: Layer): Grid => ({
  geometry,
  width: image.width,
  height: image.height,
});

/** Whether two rasters lie on one another to a hundredth of a pixel: niivue keeps places in single precision. */
export function sameRaster(one: Grid, other: Grid): boolean {
  const ends = corners(other.geometry, other.width, other.height);
  return (
    one.width === other.width &&
    one.height === other.height &&
    corners(one.geometry, one.width, one.height).every((corner, n) => {
      const a = worldToIndex(one.geometry, corner);
      const b = worldToIndex(one.geometry, ends[n]);
      return a.every((value, axis) => Math.abs(value - b[axis]) < 0.01);
    })
  );
}

/** Share of a pixel that is rounding, no extent. */
const slack = 1e-6;

/**
 * One grid with room for all images and as fine as the finest, along the axes of the first: a whole number of its pixels
 * stands for each pixel of the first, whose drawing so stays exact.
 * @param most pixels along an axis; finer images are drawn coarser
 */
export function commonGrid(images: readonly Grid[], most: number): Grid {
  const [{ geometry }, ...others] = images;
  const ends = images
    .flatMap((one) => corners(one.geometry, one.width, one.height))
    .map((corner) => worldToIndex(geometry, corner));
  const finest = Math.min(
    ...others.flatMap((one) => [...one.geometry.spacing].slice(0, 2)),
  );
  const [x, y] = [0, 1].map((axis) => {
    const along = ends.map((end) => end[axis] + 0.5);
    const low = Math.floor(Math.min(...along) + slack);
    const pixels = Math.ceil(Math.max(...along) - slack) - low;
    const wanted = Math.ceil(geometry.spacing[axis] / finest - slack);
    const fine = Math.max(1, Math.min(wanted, Math.floor(most / pixels)));
    // Too wide for a grid of whole pixels.
    const factor = pixels > most ? most / pixels : fine;
    return { low, factor, size: Math.ceil(pixels * factor - slack) };
  });
  const [dx, dy, dz] = geometry.spacing;
  return {
    width: x.size,
    height: y.size,
    geometry: {
      ...geometry,
      spacing: [dx / x.factor, dy / y.factor, dz],
      origin: indexToWorld(geometry, [
        x.low - 0.5 + 0.5 / x.factor,
        y.low - 0.5 + 0.5 / y.factor,
        0,
      ]),
    },
  };
}
