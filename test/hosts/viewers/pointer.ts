/** After the next frame, and all that waits for it. */
export async function twoFrames(): Promise<void> {
  for (let frame = 0; frame < 2; frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Where a point of a viewer's frame lies on its page, CSS pixels: `x` and `y` from its top left, in pixels of the frame. */
export function onPage(
  canvas: HTMLCanvasElement,
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
): { x: number; y: number } {
  const box = canvas.getBoundingClientRect();
  return {
    x: box.left + (x / width) * box.width,
    y: box.top + (y / height) * box.height,
  };
}

/** What a mouse there sends; the element may be of another window, and gets an event of that one. */
export function sendPointer(
  element: Element,
  type: 'pointermove' | 'pointerdown' | 'pointerup' | 'pointerleave',
  { x, y }: { x: number; y: number } = { x: 0, y: 0 },
): void {
  const { PointerEvent } = element.ownerDocument
    .defaultView as typeof globalThis & Window;
  element.dispatchEvent(
    new PointerEvent(type, {
      clientX: x,
      clientY: y,
      button: type === 'pointermove' || type === 'pointerleave' ? -1 : 0,
      bubbles: type !== 'pointerleave',
      pointerType: 'mouse',
    }),
  );
}

/** Moves a mouse there, gives its move two frames, and presses its button where that is asked. */
export async function pointAt(
  element: Element,
  place: { x: number; y: number },
  pressed: boolean,
): Promise<void> {
  sendPointer(element, 'pointermove', place);
  await twoFrames();
  if (!pressed) return;
  sendPointer(element, 'pointerdown', place);
  sendPointer(element, 'pointerup', place);
}
