import type { PanelPlace, Undo } from '../host.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { VolView } from './viewer.js';
import { axisOf, sliceViews } from './views.js';

/** Width of the panel, CSS pixels. */
const wide = 344;

/** What VolView writes along the lower edge of a view, and what is left free around a cover, CSS pixels. */
const [written, inset] = [52, 8];

/**
 * Puts an element beside VolView, which makes room for it, or over its first view of the slices of a cube. VolView has no
 * places for others, so they stand in the page next to its app, never in it.
 */
export function mountPanel(
  element: HTMLElement,
  where: PanelPlace,
  volview: VolView,
): Undo {
  if (where === 'right') return beside(element, volview.element);
  if (where === 'view' || where === 'cover')
    return over(element, volview, where === 'cover');
  throw new UnmixingError(
    'host',
    `invalid place: ${where} (want right, view or cover: VolView has no others)`,
  );
}

function beside(element: HTMLElement, app: HTMLElement): Undo {
  const page = app.ownerDocument;
  const style = app.getAttribute('style');
  const aside = page.createElement('aside');
  aside.setAttribute('aria-label', 'Unmixing');
  Object.assign(aside.style, {
    position: 'fixed',
    inset: '0 0 0 auto',
    width: `min(${wide}px, 50vw)`,
    overflow: 'auto',
  });
  // What VolView fixes to the window is fixed to its app instead.
  Object.assign(app.style, {
    contain: 'layout',
    width: `calc(100% - min(${wide}px, 50vw))`,
  });
  aside.append(element);
  page.body.append(aside);
  return () => {
    element.remove();
    aside.remove();
    if (style === null) app.removeAttribute('style');
    else app.setAttribute('style', style);
  };
}

/**
 * What floats lets the pointer through; parts of it that want the pointer set `pointer-events: auto`.
 * @param whole hides the view
 */
function over(element: HTMLElement, volview: VolView, whole: boolean): Undo {
  const page = volview.element.ownerDocument;
  const cover = page.createElement('div');
  Object.assign(cover.style, {
    position: 'fixed',
    overflow: 'hidden',
    boxSizing: 'border-box',
    ...(!whole && {
      pointerEvents: 'none',
      alignItems: 'end',
      justifyItems: 'start',
      padding: `${inset}px ${inset}px ${written}px`,
    }),
  });
  let covered: Element | undefined;
  const fit = (): void => {
    const view = sliceViews(volview).find(
      ({ info, dataset }) => axisOf(volview, info, dataset) === 2,
    );
    const canvas = view?.renderWindowView.getCanvas();
    if (canvas !== covered) {
      if (covered) observer.unobserve(covered);
      if (canvas) observer.observe(canvas);
      covered = canvas;
    }
    const box = canvas?.getBoundingClientRect();
    Object.assign(cover.style, {
      display: box ? 'grid' : 'none',
      left: `${box?.left}px`,
      top: `${box?.top}px`,
      width: `${box?.width}px`,
      height: `${box?.height}px`,
    });
  };
  const observer = new ResizeObserver(fit);
  cover.append(element);
  if (whole) volview.element.after(cover);
  else page.body.append(cover);
  observer.observe(volview.element);
  fit();
  const unsubscribe = volview.stores.views.$subscribe(fit, {
    detached: true,
    flush: 'post',
  });
  return () => {
    observer.disconnect();
    unsubscribe();
    element.remove();
    cover.remove();
  };
}
