import type { Point } from '../../imaging/geometry.js';
import type { Pick, Undo } from '../host.js';

/** Farthest a pointer may move between down and up for a press, CSS pixels; farther is a drag, the viewer's business. */
const stillness = 4;

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
