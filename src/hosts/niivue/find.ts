import { hasMethods, objectsOn, valueOf } from '../common/shapes.js';
import type { Finder } from '../find.js';

/** A Niivue instance that is attached to a canvas of the page, as a global under any name. */
export const niivueFinder: Finder = {
  id: 'niivue',
  where: 'niivue (its instance as a global of the page)',
  look(page) {
    const nv = objectsOn(page).find(
      (value) =>
        hasMethods(
          value,
          'niftiArray2NVImage',
          'setVolume',
          'canvasPos2frac',
        ) && page.document.contains(valueOf(value, 'canvas') as Node | null),
    );
    return nv
      ? async () => (await import('../niivue.js')).niivueHost({ nv })
      : null;
  },
};
