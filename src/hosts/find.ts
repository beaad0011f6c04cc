import { UnmixingError } from '../spectral/errors.js';
import { quietly } from './common/shapes.js';
import { cornerstoneFinder } from './cornerstone/find.js';
import type { Host } from './host.js';
import { itkVtkViewerFinder } from './itk-vtk-viewer/find.js';
import { niivueFinder } from './niivue/find.js';
import { volviewFinder } from './volview/find.js';
import { vtkFinder } from './vtk/find.js';

/** The page that is searched: a window, with what scripts have put on it. */
export type Page = Window & typeof globalThis;

/** How the viewer of one adapter is told on a page. Each lies beside its adapter and loads it only when it is used. */
export interface Finder {
  /** As in the manifest. */
  readonly id: string;
  /** Where it is looked for, to be read after "looked for": `VolView (its app in #app)`. */
  readonly where: string;
  /** Looks, and touches nothing. Null where this viewer is not, else what gives its host. */
  look(page: Page): (() => Promise<Host>) | null;
}

/** Every adapter that can find its viewer. Others draw with vtk.js too: that comes last. */
export const finders: readonly Finder[] = [
  cornerstoneFinder,
  itkVtkViewerFinder,
  niivueFinder,
  volviewFinder,
  vtkFinder,
];

/**
 * The host for the first viewer that is found on the page.
 * @throws UnmixingError `host` when there is none, with what was looked for; or when one was found that its adapter does not know
 */
export async function findHost(
  page: Page = window,
  among: readonly Finder[] = finders,
): Promise<Host> {
  for (const finder of among) {
    const make = quietly(() => finder.look(page));
    if (make) return make();
  }
  throw new UnmixingError(
    'host',
    `There is no known viewer on this page (looked for ${among.map(({ where }) => where).join(', ')}): pass its host to activate.`,
  );
}
