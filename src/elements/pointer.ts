import { indexToWorld, pixelAt } from '../imaging/geometry.js';
import type { Geometry } from '../spectral/cube.js';
import type { PointerState } from './state.js';

/** The image that the pointer moves over. */
export interface Ground {
  readonly geometry: Geometry;
  readonly width: number;
  readonly height: number;
}

/** Where in the image a position of the viewer lies; null outside. */
export function pointAt(
  { geometry, width, height }: Ground,
  world: readonly [number, number, number],
  pinned: boolean,
  before: PointerState | null,
): PointerState | null {
  const pixel = pixelAt(geometry, width, height, world);
  if (!pixel) return null;
  const same = before?.x === pixel.x && before.y === pixel.y;
  return {
    ...pixel,
    world: pinned ? indexToWorld(geometry, [pixel.x, pixel.y, 0]) : world,
    pinned,
    spectrum: same ? before.spectrum : null,
  };
}
