import type { Geometry } from '../spectral/cube.js';

/**
 * An affine map of the world's x and y, in the unit of the world: x' = a x + b y + c, y' = d x + e y + f.
 * Row-major 2 x 3: a, b, c, d, e, f. The third axis stays.
 */
export type Affine = readonly [number, number, number, number, number, number];

export const identity: Affine = Object.freeze([1, 0, 0, 0, 1, 0] as const);

/** Where a map takes a position. */
export function applyTo(
  [a, b, c, d, e, f]: Affine,
  [x, y]: readonly [number, number],
): [number, number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** The geometry of an image that a map moves: placed(g, m) takes an index to where m takes what g gives for it. */
export function placed(geometry: Geometry, map: Affine): Geometry {
  const [a, b, , d, e] = map;
  const { origin, direction } = geometry;
  const column = (axis: number): readonly [number, number, number] => {
    const [x, y] = [direction[axis], direction[3 + axis]];
    return [a * x + b * y, d * x + e * y, direction[6 + axis]];
  };
  const columns = [column(0), column(1), column(2)];
  const lengths = columns.map((one) => Math.hypot(...one));
  const row = (at: number): number[] =>
    columns.map((one, axis) => one[at] / lengths[axis]);
  const spacing = geometry.spacing.map((step, axis) => step * lengths[axis]);
  return {
    ...geometry,
    origin: [...applyTo(map, [origin[0], origin[1]]), origin[2]],
    spacing: [spacing[0], spacing[1], spacing[2]],
    direction: [...row(0), ...row(1), ...row(2)],
  };
}
