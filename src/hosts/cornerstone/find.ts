import { quietly } from '../common/shapes.js';
import type { Finder } from '../find.js';

/** Viewports of Cornerstone3D, on a page that keeps its module as a global, as OHIF does. */
export const cornerstoneFinder: Finder = {
  id: 'cornerstone',
  where:
    'Cornerstone3D (window.cornerstone, and an element with data-viewport-uid)',
  look(page) {
    const module = quietly(
      () => (page as unknown as { cornerstone?: unknown }).cornerstone,
    );
    // Bundled modules have getters that only hand on; calling them changes nothing.
    const isModule = quietly(
      () =>
        typeof (module as { getRenderingEngines?: unknown })
          .getRenderingEngines === 'function',
    );
    return isModule && page.document.querySelector('[data-viewport-uid]')
      ? async () =>
          (await import('../cornerstone.js')).cornerstoneHost({
            cornerstone: module,
          })
      : null;
  },
};
