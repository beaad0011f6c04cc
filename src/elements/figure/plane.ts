import type { View } from '../../hosts/host.js';
import { facing } from '../../imaging/framing.js';
import {
  type Point,
  axisVector,
  corners,
  cross,
  dot,
  indexToWorld,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import type { PlaneMap, Rectangle } from '../../session/figure/figure.js';
import type { Geometry } from '../../spectral/cube.js';

/** The plane of a figure: unit vectors of the world that point to the right and up in it. */
export type Plane = Pick<View, 'right' | 'up'>;

/** Where a position of the world lies in the plane; y runs down. */
const flat = ({ right, up }: Plane, point: Point): [number, number] => [
  dot(point, right),
  -dot(point, up),
];

/** The plane in which images are looked at straight: as the viewer has it, else that of the bottom-most. */
export function planeOf(layers: readonly Layer[], view: View | null): Plane {
  if (view) return view;
  const [{ geometry, image }] = layers;
  const { eye, up } = facing(
    geometry,
    corners(geometry, image.width, image.height),
    1,
  );
  return { up, right: cross(up, eye) };
}

/** From the pixels of an image, with (0, 0) the upper left corner of the first, to the plane: exact for sheared ones, too. */
export function placing(plane: Plane, geometry: Geometry): PlaneMap {
  const { right, up } = plane;
  const [x, y] = [axisVector(geometry, 0), axisVector(geometry, 1)];
  const [c, f] = flat(plane, indexToWorld(geometry, [-0.5, -0.5, 0]));
  return [dot(x, right), dot(y, right), c, -dot(x, up), -dot(y, up), f];
}

/** The least rectangle around images. */
export function extentOf(plane: Plane, layers: readonly Layer[]): Rectangle {
  const places = layers
    .flatMap(({ geometry, image }) =>
      corners(geometry, image.width, image.height),
    )
    .map((corner) => flat(plane, corner));
  const [x, y] = [0, 1].map((axis) =>
    Math.min(...places.map((place) => place[axis])),
  );
  const [right, bottom] = [0, 1].map((axis) =>
    Math.max(...places.map((place) => place[axis])),
  );
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * What a viewer shows of images, without the empty ground around them; null when it shows none of them.
 * @param aspect width over height of the view
 */
export function seenOf(
  view: View,
  aspect: number,
  images: Rectangle,
): Rectangle | null {
  const [x, y] = flat(view, view.centre);
  const halfWidth = view.halfHeight * aspect;
  const left = Math.max(images.x, x - halfWidth);
  const top = Math.max(images.y, y - view.halfHeight);
  const width = Math.min(images.x + images.width, x + halfWidth) - left;
  const height = Math.min(images.y + images.height, y + view.halfHeight) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}
