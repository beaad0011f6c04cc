import type { Geometry } from '../spectral/cube.js';
import {
  type Point,
  axisVector,
  corners,
  cross,
  dot,
  indexToWorld,
  isStraight,
  subtract,
} from './geometry.js';
import type { Layer, LayerImage } from './layer.js';
import { type Grid, resample } from './resample.js';

/** Pixels that a straight image may have more than the sheared one, so that its edges look straight. */
const mostPixels = 2 ** 22;

/** The grid of perpendicular axes that holds all of an image, its rows along a direction of its plane. */
function gridAlong(
  { width, height, geometry }: Grid,
  along: Point,
  down: Point,
  step: readonly [number, number],
): Grid {
  const start = indexToWorld(geometry, [-0.5, -0.5, 0]);
  const reach = (way: Point): readonly [number, number] => {
    const places = corners(geometry, width, height).map((corner) =>
      dot(subtract(corner, start), way),
    );
    return [Math.min(...places), Math.max(...places)];
  };
  const [left, right] = reach(along);
  const [top, bottom] = reach(down);
  const size = (length: number, one: number): number =>
    Math.max(1, Math.ceil(length / one - 1e-9));
  const first = (i: number): number =>
    start[i] + along[i] * (left + step[0] / 2) + down[i] * (top + step[1] / 2);
  const third = cross(along, down);
  const direction = [0, 1, 2].flatMap((i) => [along[i], down[i], third[i]]);
  return {
    width: size(right - left, step[0]),
    height: size(bottom - top, step[1]),
    geometry: {
      origin: [first(0), first(1), first(2)],
      spacing: [step[0], step[1], geometry.spacing[2]],
      direction,
      unit: geometry.unit,
    },
  };
}

/** Unit vectors along the rows of an image, and across them in its plane. */
function rowsOf(geometry: Geometry): readonly [along: Point, down: Point] {
  const x = axisVector(geometry, 0);
  const across = cross(cross(x, axisVector(geometry, 1)), x);
  return [
    scaled(x, 1 / Math.hypot(...x)),
    scaled(across, 1 / Math.hypot(...across)),
  ];
}

/**
 * A grid of perpendicular axes that holds all of an image: rows along its rows, pixels at least as fine as its own both ways, and
 * half as large while there are no more than 4 million of them.
 */
export function straightGrid(image: Grid): Grid {
  const { width, height, geometry } = image;
  const [along, down] = rowsOf(geometry);
  const fine = 4 * width * height > mostPixels ? 1 : 2;
  return gridAlong(image, along, down, [
    dot(axisVector(geometry, 0), along) / fine,
    dot(axisVector(geometry, 1), down) / fine,
  ]);
}

/** A grid of square pixels of a size that holds all of an image: along x and y of the world where it lies in their plane, else its rows. */
export function worldGrid(image: Grid, size: number): Grid {
  const [along, down] = rowsOf(image.geometry);
  const flat = Math.abs(along[2]) < 1e-9 && Math.abs(down[2]) < 1e-9;
  return flat
    ? gridAlong(image, [1, 0, 0], [0, 1, 0], [size, size])
    : gridAlong(image, along, down, [size, size]);
}

const scaled = ([x, y, z]: Point, by: number): Point => [
  by * x,
  by * y,
  by * z,
];

function imageOn(
  image: LayerImage,
  geometry: Geometry,
  onto: Grid,
  interpolation: 'nearest' | 'linear',
): LayerImage {
  const { width, height } = onto;
  const on = (
    values: ArrayLike<number>,
    channels: number,
    how = interpolation,
  ): Float32Array =>
    resample({ ...image, values, channels, geometry }, onto, how);
  switch (image.kind) {
    case 'map':
      return { ...image, width, height, values: on(image.values, 1) };
    case 'classes':
      // Not a number, outside, becomes 0: no class.
      return {
        ...image,
        width,
        height,
        classes: Uint8Array.from(on(image.classes, 1, 'nearest')),
      };
    case 'rgba':
      return {
        ...image,
        width,
        height,
        data: Uint8ClampedArray.from(on(image.data, 4)),
      };
  }
}

/** Layers of a viewer that draws perpendicular axes only: those with others are taken to a straight grid, and kept while they stay. */
export class StraightLayers {
  readonly #known = new WeakMap<
    LayerImage,
    {
      readonly geometry: Geometry;
      readonly interpolation: 'nearest' | 'linear';
      readonly straight: Pick<Layer, 'image' | 'geometry'>;
    }
  >();

  of(layer: Layer): Layer {
    const { image, geometry, style } = layer;
    if (isStraight(geometry)) return layer;
    const { interpolation } = style;
    let known = this.#known.get(image);
    if (known?.geometry !== geometry || known.interpolation !== interpolation) {
      const grid = straightGrid({ ...image, geometry });
      known = {
        geometry,
        interpolation,
        straight: {
          image: imageOn(image, geometry, grid, interpolation),
          geometry: grid.geometry,
        },
      };
      this.#known.set(image, known);
    }
    return { ...layer, ...known.straight };
  }
}
