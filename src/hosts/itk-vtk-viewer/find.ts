import { UnmixingError } from '../../spectral/errors.js';
import { objectsOn, valueOf } from '../common/shapes.js';
import type { Finder } from '../find.js';
import { isViewer } from './viewer.js';

/**
 * What `createViewer` gave, as a global under any name. The viewer itself leaves nothing there but its module, and no way from its
 * element to what it gave: where only that is found, the page is told what to do.
 */
export const itkVtkViewerFinder: Finder = {
  id: 'itk-vtk-viewer',
  where: 'itk-vtk-viewer (what createViewer gave, as a global of the page)',
  look(page) {
    const viewer = objectsOn(page).find((one) => isViewer(one));
    if (viewer)
      return async () =>
        (await import('../itk-vtk-viewer.js')).itkVtkViewerHost({
          viewer,
          ...versionOf(page),
        });
    return page.document.querySelector('service-context')
      ? () =>
          Promise.reject(
            new UnmixingError(
              'host',
              'There is an itk-vtk-viewer on this page, but not what createViewer gave: put that on window, or pass itkVtkViewerHost({ viewer }) to activate.',
            ),
          )
      : null;
  },
};

/** As the viewer's module tells it, where the page loaded it as a script. */
function versionOf(page: Window): { version?: string } {
  const module = valueOf(page, 'itkVtkViewer');
  const version =
    typeof module === 'object' && module !== null
      ? (module as { version?: unknown }).version
      : undefined;
  return typeof version === 'string' ? { version } : {};
}
