import {
  axisVector,
  dot,
  subtract,
  type Point,
} from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';

/** Between which distances from its own plane, along its third axis, a layer is drawn; mm. */
export interface Slab {
  readonly low: number;
  readonly high: number;
  /** Whether these are the slices of an image that the viewer shows. */
  readonly shown: boolean;
}

/** A slab of all slices of the first shown image in which the layer lies as one of its slices, or of one slice on its own. */
export function slabOf(
  layer: Geometry,
  shown: readonly { readonly geometry: Geometry; readonly depth: number }[],
): Slab {
  const [along, own] = thirdAxis(layer);
  for (const { geometry, depth } of shown) {
    const [axis, step] = thirdAxis(geometry);
    const side = dot(axis, along);
    if (Math.abs(side) < 1 - 1e-6) continue;
    const first = dot(subtract(geometry.origin, layer.origin), along);
    const ends = [-0.5, depth - 0.5].map((k) => first + k * step * side);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    if (low <= 0 && high >= 0) return { low, high, shown: true };
  }
  return { low: -own / 2, high: own / 2, shown: false };
}

/** How far a point lies from a layer's plane, along its third axis. */
export const heightOver = (layer: Geometry, world: Point): number =>
  dot(subtract(world, layer.origin), thirdAxis(layer)[0]);

export const sameSlab = (a: Slab, b: Slab): boolean =>
  Math.hypot(a.low - b.low, a.high - b.high) <= 1e-9 * (a.high - a.low);

function thirdAxis(geometry: Geometry): [Point, number] {
  const [x, y, z] = axisVector(geometry, 2);
  const length = Math.hypot(x, y, z);
  return [[x / length, y / length, z / length], length];
}
