import {
  cubeGeometry,
  indexToWorld,
  type Host,
  type SessionState,
  type UnmixingController,
} from 'stratigraph';
import type { ImageView, Place } from './image-view.js';

/** For scripts and tests: what a person can see and do, by name. */
export interface ScriptHook {
  readonly controller: UnmixingController;
  readonly host: Host;
  /** Where the middle of a cube pixel is on the page, CSS pixels. */
  pixel(x: number, y: number): Place;
  /** The colours on the screen at the middle of every cube pixel, 3 bytes a pixel, row by row; pixels out of view are 0. */
  colours(): Uint8Array;
}

declare global {
  interface Window {
    stratigraphViewer?: ScriptHook;
  }
}

export function scriptHook(
  view: ImageView,
  host: Host,
  controller: UnmixingController,
): ScriptHook {
  const ready = () => {
    const { cube }: SessionState = controller.state;
    if (cube.state !== 'ready') throw new Error('no cube is open');
    return cube;
  };
  const placeOf = (x: number, y: number): Place => {
    const geometry = cubeGeometry(controller.state);
    if (!geometry) throw new Error('no cube is open');
    return view.toView(indexToWorld(geometry, [x, y, 0]));
  };
  return {
    controller,
    host,
    pixel(x, y) {
      const box = view.container.getBoundingClientRect();
      const [left, top] = placeOf(x, y);
      return [box.left + left, box.top + top];
    },
    colours() {
      const { width, height } = ready().summary;
      const seen = view.readPixels();
      const colours = new Uint8Array(3 * width * height);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const colour = seen.colourAt(placeOf(x, y));
          if (colour) colours.set(colour, 3 * (y * width + x));
        }
      return colours;
    },
  };
}
