import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { hasMethods, objectsOn, quietly, valueOf } from '../common/shapes.js';
import type { Finder } from '../find.js';
import type { VtkHostOptions } from './host.js';
import type { VtkNamespace } from './page-parts.js';

type Found = Pick<VtkHostOptions, 'renderWindow' | 'renderer' | 'container'>;

/**
 * Pages made with vtk.js, by what its examples leave on window: `renderWindow`, `renderer`, or the helper that made both, under
 * any name. Of several the one that draws images is taken.
 */
export const vtkFinder: Finder = {
  id: 'vtk.js',
  where: 'vtk.js (a render window or renderer as a global of the page)',
  look(page) {
    const windows = new Set(objectsOn(page).flatMap(renderWindowsOf));
    const found = [...windows].flatMap((one) => partsOf(one, page));
    const parts =
      found.find(({ renderer }) => drawsImages(renderer)) ?? found.at(0);
    if (!parts) return null;
    const vtk = valueOf(page, 'vtk');
    return isNamespace(vtk)
      ? async () => {
          const [{ hostOn }, { pageParts }] = await Promise.all([
            import('./host.js'),
            import('./page-parts.js'),
          ]);
          return hostOn(parts, pageParts(vtk));
        }
      : async () => (await import('../vtk.js')).vtkHost(parts);
  },
};

/** What vtk.js leaves on window where it was loaded as a script: then that copy draws the page. */
const isNamespace = (value: unknown): value is VtkNamespace =>
  (typeof value === 'function' ||
    (typeof value === 'object' && value !== null)) &&
  valueOf(value, 'Rendering') !== undefined;

interface VtkObject {
  isA(name: string): boolean;
}

const isVtk = (value: object): value is VtkObject =>
  hasMethods(value, 'isA', 'getClassName', 'getMTime', 'isDeleted');

/** The render window that an object is, made or belongs to. */
function renderWindowsOf(value: object): vtkRenderWindow[] {
  if (!isVtk(value)) return [];
  const window = quietly((): unknown =>
    value.isA('vtkRenderWindow')
      ? value
      : (value as { getRenderWindow?(): unknown }).getRenderWindow?.(),
  );
  return isRenderWindow(window) ? [window] : [];
}

const isRenderWindow = (value: unknown): value is vtkRenderWindow =>
  typeof value === 'object' &&
  value !== null &&
  isVtk(value) &&
  hasMethods(value, 'getViews', 'getRenderers', 'getInteractor', 'render') &&
  quietly(() => (value as unknown as vtkRenderWindow).isDeleted()) === false;

/** What its host needs, where it draws into the page. */
function partsOf(renderWindow: vtkRenderWindow, page: Window): Found[] {
  const renderers = quietly(() => renderWindow.getRenderers()) ?? [];
  const renderer = renderers.find(drawsImages) ?? renderers.at(0);
  const container = quietly(() =>
    (
      renderWindow.getViews()[0] as {
        getContainer(): HTMLElement | null;
      }
    ).getContainer(),
  );
  return renderer && container && page.document.contains(container)
    ? [{ renderWindow, renderer, container }]
    : [];
}

const drawsImages = (renderer: vtkRenderer): boolean =>
  quietly(() =>
    renderer
      .getViewProps()
      .some((prop) => prop.isA('vtkImageSlice') || prop.isA('vtkVolume')),
  ) ?? false;
