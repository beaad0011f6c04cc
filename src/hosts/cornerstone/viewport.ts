import { UnmixingError } from '../../spectral/errors.js';
import { isDrawable } from './guard.js';
import type { Cornerstone, Viewport } from './viewer.js';

/** Which viewport is meant: by its names, by its element, or the first of stacks or slices that there is. */
export interface Choice {
  readonly renderingEngineId?: string;
  readonly viewportId?: string;
  readonly element?: HTMLElement;
}

/** @throws UnmixingError `host` when there is no such viewport, with those that there are */
export function findViewport(
  cornerstone: Cornerstone,
  { renderingEngineId, viewportId, element }: Choice,
): Viewport {
  const all = cornerstone
    .getRenderingEngines()
    .filter(({ hasBeenDestroyed }) => !hasBeenDestroyed)
    .flatMap((engine) => engine.getViewports());
  const whichever =
    viewportId === undefined &&
    renderingEngineId === undefined &&
    element === undefined;
  const found = all.find(
    (one) =>
      (!whichever || isDrawable(one)) &&
      (viewportId === undefined || one.id === viewportId) &&
      (renderingEngineId === undefined ||
        one.renderingEngineId === renderingEngineId) &&
      (element === undefined || one.element === element),
  );
  if (found) return found;
  const wanted =
    [renderingEngineId, viewportId]
      .filter((id) => id !== undefined)
      .join(', ') || (element ? 'of the element' : 'any');
  const those = all.map(({ id }) => id).join(', ');
  throw new UnmixingError(
    'host',
    `invalid viewport: ${wanted} (want one that is enabled: ${those || 'there are none'})`,
  );
}
