import { axisVector, cross, dot, type Point } from './geometry.js';
import type { Geometry } from '../spectral/cube.js';

type Vector = [number, number, number];

/** Room left around what is framed, as a factor. */
const margin = 1.04;

/** How a camera looks straight at an image. */
export interface Framing {
  /** Direction from the image towards the camera, of length 1. */
  readonly eye: Vector;
  /** Direction that is up on the screen, of length 1. */
  readonly up: Vector;
  /** Middle of what is framed. */
  readonly centre: Vector;
  /** Radius of a ball around all of it. */
  readonly radius: number;
  /** Half the height of the view in the world: the scale of a parallel projection. */
  readonly halfHeight: number;
}

/**
 * Looks at an image as images are shown: its first row on top, its first column left, all corners in view. For an image
 * without rotation the camera so stands on the side of negative z and up is negative y.
 * @param aspect width over height of the view
 */
export function facing(
  geometry: Geometry,
  corners: readonly Point[],
  aspect: number,
): Framing {
  const right = unit(axisVector(geometry, 0));
  const eye = unit(cross(axisVector(geometry, 1), right));
  const up = cross(eye, right);
  const middle = (axis: Point): [number, number] => {
    const along = corners.map((corner) => dot(corner, axis));
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return [(low + high) / 2, (high - low) / 2];
  };
  const [[x, halfWidth], [y, halfHeight], [z, halfDepth]] = [
    middle(right),
    middle(up),
    middle(eye),
  ];
  const place = (i: number): number => x * right[i] + y * up[i] + z * eye[i];
  return {
    eye,
    up,
    centre: [place(0), place(1), place(2)],
    radius: Math.hypot(halfWidth, halfHeight, halfDepth),
    halfHeight: margin * Math.max(halfHeight, halfWidth / aspect),
  };
}

function unit(v: Point): Vector {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
