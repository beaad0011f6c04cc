import type { Geometry } from '../spectral/cube.js';
import {
  type Matrix3,
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

/**
 * A grid of perpendicular axes that holds all of an image: rows along its rows, pixels at least as fine as its own both ways, and
 * half as large while there are no more than 4 million of them.
 */
export function straightGrid({ width, height, geometry }: Grid): Grid {
  const [x, y] = [axisVector(geometry, 0), axisVector(geometry, 1)];
  const along = scaled(x, 1 / Math.hypot(...x));
  const normal = cross(x, y);
  const up = cross(normal, along);
  const down = scaled(up, 1 / Math.hypot(...up));
  const fine = 4 * width * height > mostPixels ? 1 : 2;
  const step = [Math.hypot(...x) / fine, dot(y, down) / fine] as const;
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
  const third = scaled(normal, 1 / Math.hypot(...normal));
  const direction: Matrix3 = [
    ...([along[0], down[0], third[0]] as const),
    ...([along[1], down[1], third[1]] as const),
    ...([along[2], down[2], third[2]] as const),
  ];
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
