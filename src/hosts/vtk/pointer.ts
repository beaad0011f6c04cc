import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { meetPlane, pixelAt, type Point } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Pick, Undo } from '../host.js';

/** Farthest a pointer may move between down and up for a press, CSS pixels; farther is a drag, the viewer's business. */
const stillness = 4;

/** An image in the view: what the pointer can meet. */
export interface Surface {
  readonly geometry: Geometry;
  readonly width: number;
  readonly height: number;
}

/** The part of vtk.js's OpenGL view that is used here. */
export interface View {
  getCanvas(): HTMLCanvasElement;
  getSize(): [number, number];
  isInViewport(x: number, y: number, renderer: vtkRenderer): boolean;
  displayToWorld(
    x: number,
    y: number,
    z: number,
    renderer: vtkRenderer,
  ): ArrayLike<number>;
}

/**
 * Where a point of the page meets the first of these images that it lies on, or null. The ray is met with the image's
 * plane, which is exact for rotated images, in parallel and in perspective views.
 */
export function worldUnder(
  client: { readonly clientX: number; readonly clientY: number },
  view: View,
  renderer: vtkRenderer,
  surfaces: readonly Surface[],
): Point | null {
  const box = view.getCanvas().getBoundingClientRect();
  const [width, height] = view.getSize();
  const x = ((client.clientX - box.left) / box.width) * width;
  const y = (1 - (client.clientY - box.top) / box.height) * height;
  if (!view.isInViewport(x, y, renderer)) return null;
  const at = (depth: number): Point => {
    const [a, b, c] = Array.from(view.displayToWorld(x, y, depth, renderer));
    return [a, b, c];
  };
  const ray = [at(0), at(1)] as const;
  for (const { geometry, width: columns, height: rows } of surfaces) {
    const world = meetPlane(geometry, ray);
    if (world && pixelAt(geometry, columns, rows, world)) return world;
  }
  return null;
}

/**
 * Tells what lies under the pointer: at most once a frame while it passes, at once for a press with the main button,
 * and null once when it leaves the image.
 */
export function watchPointer(
  container: HTMLElement,
  find: (event: PointerEvent) => Point | null,
  tell: (pick: Pick | null) => void,
): Undo {
  const stop = new AbortController();
  let last: PointerEvent | null = null;
  let down: PointerEvent | null = null;
  let frame = 0;
  let inside = false;
  const report = (world: Point | null, pressed: boolean): void => {
    if (world || inside) tell(world && { world, pressed });
    inside = world !== null;
  };
  const on = (
    type: 'pointermove' | 'pointerdown' | 'pointerup' | 'pointerleave',
    listener: (event: PointerEvent) => void,
  ): void =>
    // Capturing, as a viewer's own listeners may stop the event.
    container.addEventListener(type, listener, {
      capture: true,
      passive: true,
      signal: stop.signal,
    });
  const forget = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  on('pointermove', (event) => {
    last = event;
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (last) report(find(last), false);
    });
  });
  on('pointerdown', (event) => {
    down = event.button === 0 ? event : null;
  });
  on('pointerup', (event) => {
    const from = down;
    down = null;
    if (!from || event.button !== 0) return;
    const [dx, dy] = [
      event.clientX - from.clientX,
      event.clientY - from.clientY,
    ];
    if (Math.hypot(dx, dy) > stillness) return;
    forget();
    report(find(event), true);
  });
  on('pointerleave', (event) => {
    if (event.target !== container) return;
    forget();
    report(null, false);
  });
  return () => {
    forget();
    stop.abort();
  };
}
