import type { View } from '../../hosts/host.js';
import { facing } from '../../imaging/framing.js';
import {
  type Point,
  axisVector,
  corners,
  cross,
  dot,
  indexToWorld,
  subtract,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import type { Geometry } from '../../spectral/cube.js';

/** A size or a place in a pane, CSS pixels from its upper left corner. */
export type Place = readonly [x: number, y: number];

/** The six numbers of a canvas transform: x' = a x + c y + e, y' = b x + d y + f. */
export type Transform = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
];

/** Least and most of the world that half the height may show, as a factor of what shows everything. */
const zooms = [1 / 400, 8] as const;

/** World units that one CSS pixel covers. */
export const unitsPerPixel = (view: View, [, height]: Place): number =>
  (2 * view.halfHeight) / Math.max(1, height);

/** Where a position of the world is seen in a pane of this size. */
export function toView(
  view: View,
  size: Place,
  world: Point,
): [number, number] {
  const from = subtract(world, view.centre);
  const scale = 1 / unitsPerPixel(view, size);
  return [
    size[0] / 2 + scale * dot(from, view.right),
    size[1] / 2 - scale * dot(from, view.up),
  ];
}

/** The position of the world, in the plane looked at, that is seen at a place. */
export function toWorld(
  { centre, right, up, halfHeight }: View,
  size: Place,
  [x, y]: Place,
): [number, number, number] {
  const scale = (2 * halfHeight) / Math.max(1, size[1]);
  const [along, upwards] = [
    scale * (x - size[0] / 2),
    scale * (size[1] / 2 - y),
  ];
  const at = (i: number): number =>
    centre[i] + along * right[i] + upwards * up[i];
  return [at(0), at(1), at(2)];
}

/**
 * Takes places in an image (its upper left corner is 0, 0; the centre of its first pixel is .5, .5) to device pixels of a
 * pane: exact for any geometry, with shear, too.
 * @param ratio device pixels of one CSS pixel
 */
export function imageTransform(
  view: View,
  size: Place,
  geometry: Geometry,
  ratio: number,
): Transform {
  const scale = ratio / unitsPerPixel(view, size);
  const [x, y] = [axisVector(geometry, 0), axisVector(geometry, 1)];
  const [e, f] = toView(view, size, indexToWorld(geometry, [-0.5, -0.5, 0]));
  return [
    scale * dot(x, view.right),
    -scale * dot(x, view.up),
    scale * dot(y, view.right),
    -scale * dot(y, view.up),
    ratio * e,
    ratio * f,
  ];
}

/** Looks straight at the bottom layer, with all layers in view; null without any. */
export function fitted(layers: readonly Layer[], size: Place): View | null {
  const ground = layers.at(0);
  if (!ground) return null;
  const points = layers.flatMap(({ geometry, image }) =>
    corners(geometry, image.width, image.height),
  );
  const aspect = Math.max(1, size[0]) / Math.max(1, size[1]);
  const { eye, up, centre, halfHeight } = facing(
    ground.geometry,
    points,
    aspect,
  );
  return { centre, up, right: cross(up, eye), halfHeight };
}

/** Moves what is seen by so many CSS pixels. */
export function moved(view: View, size: Place, [x, y]: Place): View {
  return {
    ...view,
    centre: toWorld(view, size, [size[0] / 2 - x, size[1] / 2 - y]),
  };
}

/**
 * Zooms in by a factor; what is seen at a place stays there.
 * @param fit what shows everything: the zoom is held to sensible multiples of it
 */
export function zoomed(
  view: View,
  size: Place,
  factor: number,
  place: Place,
  fit: View | null,
): View {
  const whole = fit?.halfHeight ?? view.halfHeight;
  const halfHeight = Math.min(
    zooms[1] * whole,
    Math.max(zooms[0] * whole, view.halfHeight / factor),
  );
  const before = toWorld(view, size, place);
  const near = { ...view, halfHeight };
  const after = toWorld(near, size, place);
  const at = (i: number): number => view.centre[i] + before[i] - after[i];
  return { ...near, centre: [at(0), at(1), at(2)] };
}

export const sameView = (a: View | null, b: View | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.halfHeight === b.halfHeight &&
    [a.centre, a.right, a.up].every((vector, i) =>
      [b.centre, b.right, b.up][i].every((value, k) => value === vector[k]),
    ));
