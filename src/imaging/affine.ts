import type { Geometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';

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

/** The map that does `inner` first, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, , d, e] = outer;
  const [p, q, r, s, t, u] = inner;
  const [x, y] = applyTo(outer, [r, u]);
  return [a * p + b * s, a * q + b * t, x, d * p + e * s, d * q + e * t, y];
}

/**
 * The map back.
 * @throws UnmixingError `input` when all positions go to one line or point
 */
export function invert(map: Affine): Affine {
  const [a, b, c, d, e, f] = map;
  const det = a * e - b * d;
  // Against the size of its parts, as maps between µm and mm are small, too.
  if (!(Math.abs(det) > 1e-12 * (a * a + b * b + d * d + e * e)))
    throw new UnmixingError(
      'input',
      `invalid map of the plane: ${map.join(' ')} (want one that keeps areas apart)`,
    );
  const [p, q, r, s] = [e / det, -b / det, -d / det, a / det];
  return [p, q, -(p * c + q * f), r, s, -(r * c + s * f)];
}

/** Turns by an angle in degrees (from x to y: clockwise where y runs down) and scales, and leaves `centre` in its place. */
export function turnedAbout(
  centre: readonly [number, number],
  degrees: number,
  scale = 1,
): Affine {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [x, y] = centre;
  return [c, -s, x - c * x + s * y, s, c, y - s * x - c * y];
}

/** What a map does, for people. */
export interface Motion {
  /** Degrees, −180 to 180, from x to y: clockwise where y runs down. */
  readonly turn: number;
  /** Mean factor of lengths: the root of that of areas. */
  readonly scale: number;
  /** The largest factor of lengths over the smallest: 1 without shear. */
  readonly stretch: number;
  /** It mirrors. */
  readonly mirrors: boolean;
  /** How far it takes the place that was asked for. */
  readonly shift: number;
}

/** Turn, scale and stretch of a map (polar decomposition: the nearest rotation), and how far it takes a place. */
export function motionOf(
  map: Affine,
  place: readonly [number, number],
): Motion {
  const [a, b, , d, e] = map;
  const det = a * e - b * d;
  const mirrors = det < 0;
  // Singular values of a 2 x 2 matrix: half sum and half difference of these.
  const together = Math.hypot(a + e, d - b);
  const apart = Math.hypot(a - e, d + b);
  const turn = mirrors ? Math.atan2(d + b, a - e) : Math.atan2(d - b, a + e);
  const [x, y] = applyTo(map, place);
  return {
    turn: (turn * 180) / Math.PI,
    scale: Math.sqrt(Math.abs(det)),
    stretch: (together + apart) / Math.abs(together - apart),
    mirrors,
    shift: Math.hypot(x - place[0], y - place[1]),
  };
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
