import { UnmixingError } from '../../spectral/errors.js';
import type { PanelPlace, Undo } from '../host.js';

/** Elements of the page that take the panels. */
export type Places = Partial<Record<PanelPlace, HTMLElement>>;

/** Width of a panel that floats, CSS pixels. */
const floating = 344;

/** Distance from the edges of the view to what covers it, CSS pixels. */
const inset = 8;

/**
 * Puts an element in the place the page gave. Without one, `right` floats over the right edge of the view, `view`
 * lies over all of it, its content bottom left, and `cover` hides it; all beside the container, never in it, as a viewer may
 * clear its container. What floats in `view` lets the pointer through: parts of it that want the pointer set
 * `pointer-events: auto`.
 * @param drawing the part of the container that shows the image, where the viewer has its own tools beside it
 */
export function mount(
  element: HTMLElement,
  where: PanelPlace,
  container: HTMLElement,
  places: Places,
  drawing: HTMLElement = container,
): Undo {
  const place = places[where];
  if (place) {
    place.append(element);
    return () => element.remove();
  }
  const beside = container.parentElement;
  if (!beside || !['right', 'view', 'cover'].includes(where))
    throw new UnmixingError(
      'host',
      `invalid place: ${where} (want one that the page gave: ${Object.keys(places).join(', ') || 'it gave none'})`,
    );
  const frame = document.createElement('div');
  const fit = (): void => {
    const [outer, inner] = [container, drawing].map((one) =>
      one.getBoundingClientRect(),
    );
    const width =
      where === 'right' ? Math.min(floating, inner.width) : inner.width;
    Object.assign(frame.style, {
      left: `${container.offsetLeft + inner.right - outer.left - width}px`,
      top: `${container.offsetTop + inner.top - outer.top}px`,
      width: `${width}px`,
      height: `${inner.height}px`,
    });
  };
  Object.assign(frame.style, {
    position: 'absolute',
    overflow: where === 'right' ? 'auto' : 'hidden',
    pointerEvents: where === 'view' ? 'none' : 'auto',
    // What floats over the view lies along its lower edge, out of the way of the page's own tools.
    display: where === 'view' ? 'grid' : 'block',
    alignItems: 'end',
    boxSizing: 'border-box',
    padding: where === 'view' ? `${inset}px` : '0',
    // A cover lies over what the viewer writes beside its image, all else over a cover.
    zIndex: where === 'cover' ? '1' : '2',
  });
  frame.append(element);
  const { isolation } = container.style;
  if (where === 'cover') {
    // Before all that floats: whatever is mounted when, a cover lies under it; and over what the viewer draws on its image.
    container.after(frame);
    container.style.isolation = 'isolate';
  } else beside.append(frame);
  fit();
  const observer = new ResizeObserver(fit);
  observer.observe(container);
  observer.observe(drawing);
  return () => {
    observer.disconnect();
    element.remove();
    frame.remove();
    if (where === 'cover') container.style.isolation = isolation;
  };
}
