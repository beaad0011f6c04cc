import type { Finder } from '../find.js';
import { findVolView } from './page.js';

/** VolView, by its app: Vue's, in #app, with stores of VolView's names. */
export const volviewFinder: Finder = {
  id: 'volview',
  where: 'VolView (its app in #app)',
  look: (page) =>
    findVolView(page)
      ? async () => (await import('../volview.js')).volviewHost({ page })
      : null,
};
