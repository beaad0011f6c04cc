import { UnmixingError } from '../spectral/errors.js';
import type { Geometry } from '../spectral/cube.js';

/** A position in the world, or in the index space of an image. */
export type Point = readonly [number, number, number];

/** Nine numbers of a 3 x 3 matrix. */
export type Matrix3 = [
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
];

/** World position of an index; (0, 0, 0) is the centre of the first pixel, and fractions are allowed. */
export function indexToWorld(
  { origin, spacing, direction }: Geometry,
  index: Point,
): [number, number, number] {
  const steps = index.map((i, axis) => i * spacing[axis]);
  const along = (row: number): number =>
    origin[row] +
    direction[3 * row] * steps[0] +
    direction[3 * row + 1] * steps[1] +
    direction[3 * row + 2] * steps[2];
  return [along(0), along(1), along(2)];
}

/**
 * Index of a world position, with fractions: the inverse of `indexToWorld`, for any direction that has one.
 * @throws UnmixingError `input` when the axes of the geometry lie in one plane
 */
export function worldToIndex(
  geometry: Geometry,
  world: Point,
): [number, number, number] {
  const [x, y, z] = [0, 1, 2].map((axis) => axisVector(geometry, axis));
  const from = subtract(world, geometry.origin);
  const volume = dot(x, cross(y, z));
  if (!(Math.abs(volume) > 0))
    throw new UnmixingError(
      'input',
      `invalid geometry: spacing ${geometry.spacing.join(' x ')} with direction ${geometry.direction.join(' ')} (want three axes that span space)`,
    );
  // Cramer's rule.
  return [
    dot(from, cross(y, z)) / volume,
    dot(x, cross(from, z)) / volume,
    dot(x, cross(y, from)) / volume,
  ];
}

/** World vector from one pixel to the next along an index axis. */
export function axisVector(
  { spacing, direction }: Geometry,
  axis: number,
): [number, number, number] {
  return [
    direction[axis] * spacing[axis],
    direction[3 + axis] * spacing[axis],
    direction[6 + axis] * spacing[axis],
  ];
}

/**
 * World positions of the outer corners of an image of `width` x `height` pixels, half a pixel beyond the pixels' centres:
 * first row's start and end, last row's start and end.
 */
export function corners(
  geometry: Geometry,
  width: number,
  height: number,
): Point[] {
  return [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [-0.5, height - 0.5],
    [width - 0.5, height - 0.5],
  ].map(([i, j]) => indexToWorld(geometry, [i, j, 0]));
}

/** The pixel that holds a world position (distance to the image's plane is ignored), or null outside the image. */
export function pixelAt(
  geometry: Geometry,
  width: number,
  height: number,
  world: Point,
): { x: number; y: number } | null {
  const [i, j] = worldToIndex(geometry, world);
  const x = Math.round(i);
  const y = Math.round(j);
  return x >= 0 && y >= 0 && x < width && y < height ? { x, y } : null;
}

/** Where a ray meets the plane of an image (k = 0), or null when it runs along the plane. */
export function meetPlane(
  geometry: Geometry,
  [start, end]: readonly [Point, Point],
): [number, number, number] | null {
  const normal = cross(axisVector(geometry, 0), axisVector(geometry, 1));
  const along = subtract(end, start);
  const rate = dot(along, normal);
  const size = Math.hypot(...along) * Math.hypot(...normal);
  if (!(Math.abs(rate) > 1e-9 * size)) return null;
  const t = dot(subtract(geometry.origin, start), normal) / rate;
  return [
    start[0] + t * along[0],
    start[1] + t * along[1],
    start[2] + t * along[2],
  ];
}

/** The geometry of the plane k = `slice`, as an image of its own. */
export function planeOf(geometry: Geometry, slice: number): Geometry {
  return { ...geometry, origin: indexToWorld(geometry, [0, 0, slice]) };
}

/** The geometry of an image whose pixels are so many µm wide: all lengths grow alike, about the origin of the world. */
export function pixelSized(geometry: Geometry, size: number): Geometry {
  const scale = size / geometry.spacing[0];
  const scaled = ([x, y, z]: Point): Point => [scale * x, scale * y, scale * z];
  return {
    ...geometry,
    origin: scaled(geometry.origin),
    spacing: scaled(geometry.spacing),
    unit: 'µm',
  };
}

/** Whether two images start at the same place and have the same steps, but for rounding. */
export function samePlace(a: Geometry, b: Geometry): boolean {
  const numbers = (g: Geometry): number[] => [
    ...g.origin,
    ...g.spacing,
    ...g.direction,
  ];
  const other = numbers(b);
  return numbers(a).every(
    (value, i) => Math.abs(value - other[i]) <= 1e-9 * (1 + Math.abs(value)),
  );
}

/** Cosine of an angle between axes that counts as a right one: what rounding leaves. */
const rightAngle = 1e-6;

/** Whether the rows and columns of an image are perpendicular, as most viewers take for granted. */
export function isStraight(geometry: Geometry): boolean {
  const [x, y] = [axisVector(geometry, 0), axisVector(geometry, 1)];
  return (
    Math.abs(dot(x, y)) <= rightAngle * Math.hypot(...x) * Math.hypot(...y)
  );
}

/** vtk.js keeps the direction column after column, this package (as ITK) row after row: either way it is the transpose. */
export function transposeDirection(matrix: ArrayLike<number>): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = Array.from(matrix);
  return [a, d, g, b, e, h, c, f, i];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Point, b: Point): [number, number, number] {
  return [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
}

export function subtract(a: Point, b: Point): [number, number, number] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

const millimetre = { µm: 1e-3, mm: 1 } as const;

/** The same place with its lengths in another unit; as it is where one of the two is not known. */
export function inUnit(geometry: Geometry, unit: Geometry['unit']): Geometry {
  const { origin, spacing, unit: own } = geometry;
  if (!unit || !own || unit === own) return geometry;
  const factor = millimetre[own] / millimetre[unit];
  const scaled = ([x, y, z]: Point): Point => [
    factor * x,
    factor * y,
    factor * z,
  ];
  return {
    ...geometry,
    origin: scaled(origin),
    spacing: scaled(spacing),
    unit,
  };
}
