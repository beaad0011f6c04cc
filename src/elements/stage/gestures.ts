import type { Place } from './view.js';

/** What the gestures on a pane ask for; places are CSS pixels from its upper left corner. */
export interface Gestured {
  readonly move: (by: Place) => void;
  readonly zoom: (factor: number, at: Place) => void;
  /** The pointer passes; null when it leaves. */
  readonly pass: (at: Place | null) => void;
  /** Pressed and let go without moving the image. */
  readonly press: (at: Place) => void;
}

/** How far a pointer travels before a press becomes a drag, CSS pixels. */
const slack = 4;

const between = (a: Place, b: Place): Place => [
  (a[0] + b[0]) / 2,
  (a[1] + b[1]) / 2,
];
const distance = (a: Place, b: Place): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Wheel, drag, pinch and press on a pane. A drag of any button moves the image. */
export class Gestures {
  readonly #down = new Map<number, Place>();
  #start: Place = [0, 0];
  #dragged = false;

  constructor(private readonly gestured: Gestured) {}

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const turn = Math.max(-120, Math.min(120, event.deltaY * lines));
    this.gestured.zoom(Math.exp(-turn / 400), placeOf(event));
  };

  readonly down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    // The middle button would scroll the page.
    if (event.button === 1) event.preventDefault();
    if (event.currentTarget instanceof Element)
      event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    if (this.#down.size === 0) {
      this.#start = at;
      this.#dragged = event.button === 1;
    } else this.#dragged = true;
    this.#down.set(event.pointerId, at);
  };

  readonly move = (event: PointerEvent): void => {
    const at = placeOf(event);
    const before = this.#down.get(event.pointerId);
    if (before) {
      this.#dragged ||= distance(at, this.#start) > slack;
      if (this.#dragged) this.#drag(event.pointerId, before, at);
    }
    this.gestured.pass(at);
  };

  readonly up = (event: PointerEvent): void => {
    const pressed = this.#down.delete(event.pointerId) && !this.#dragged;
    if (pressed && event.type === 'pointerup')
      this.gestured.press(placeOf(event));
  };

  readonly leave = (): void => this.gestured.pass(null);

  #drag(pointer: number, before: Place, at: Place): void {
    const other = [...this.#down].find(([id]) => id !== pointer)?.[1];
    this.#down.set(pointer, at);
    const [old, now] = other
      ? [between(before, other), between(at, other)]
      : [before, at];
    this.gestured.move([now[0] - old[0], now[1] - old[1]]);
    if (!other) return;
    const apart = distance(before, other);
    if (apart > 0) this.gestured.zoom(distance(at, other) / apart, now);
  }
}

function placeOf(event: MouseEvent): Place {
  const target = event.currentTarget;
  if (!(target instanceof Element)) return [event.offsetX, event.offsetY];
  const box = target.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}
