import { UnmixingError } from '../spectral/errors.js';
import { mount, type Places } from './common/panels.js';
import { Undoing, promised } from './common/undoing.js';
import type { Capability, Comparison, Host } from './host.js';
import { Comparing } from './itk-vtk-viewer/compare.js';
import { ImageList } from './itk-vtk-viewer/images.js';
import { Labels } from './itk-vtk-viewer/labels.js';
import { viewerParts } from './itk-vtk-viewer/parts.js';
import { serviceOf } from './itk-vtk-viewer/state.js';
import {
  checkViewer,
  type ItkImage,
  type ItkVtkViewer,
} from './itk-vtk-viewer/viewer.js';
import { Scene } from './vtk/scene.js';
import { handle } from './vtk/stack.js';
import { drawnSlices } from './vtk/volumes.js';

export type { ItkImage, ItkVtkViewer } from './itk-vtk-viewer/viewer.js';

/** What a page with itk-vtk-viewer hands to the plugin. */
export interface ItkVtkViewerHostOptions {
  /** What `createViewer` gave. */
  readonly viewer: ItkVtkViewer;
  /** Elements that take panels. Without `right` the panel floats over the view. */
  readonly places?: Places;
  /** Version of the viewer, `itkVtkViewer.version`: another than the tested one is refused. Default: told by its parts alone. */
  readonly version?: string;
}

/** The host, and the way of cubes that the viewer cannot draw. */
export interface ItkVtkViewerHost extends Host {
  /**
   * Shows a cube of many bands, in place of the viewer's `setImage`: the plugin keeps it whole, and the viewer gets the mean
   * of its bands in the same place. The viewer itself makes a pyramid of more than two million values, which for many
   * components does not end.
   * @param name of the layer in the viewer; the image's when left out
   */
  showCube(cube: ItkImage, name?: string): Promise<void>;
}

/**
 * The adapter for itk-vtk-viewer. Layers are drawn over its view, in any order, exact to a level of 255, by its own copy of
 * vtk.js. Layers of classes become its label image where they lie on the image it shows.
 * @throws UnmixingError `host` when the viewer's internal parts are not those of the tested version
 */
export function itkVtkViewerHost(
  options: ItkVtkViewerHostOptions,
): ItkVtkViewerHost {
  const { viewer, version, places = {} } = options;
  checkViewer(viewer, version);
  const view = viewer.getViewProxy();
  const images = new ImageList(viewer);
  const undoing = new Undoing();
  const volumeListeners = new Set<() => void>();
  const scene = new Scene({
    renderWindow: view.getRenderWindow(),
    renderer: view.getRenderer(),
    container: view.getContainer(),
    slices: () =>
      drawnSlices(view.getRepresentations().flatMap((one) => one.getActors())),
  });
  const { stack } = scene;
  const service = serviceOf(view.getContainer());
  const labels = service && new Labels(viewer, service);
  const comparing =
    service &&
    new Comparing(viewer, service, images, (hidden) => stack.hide(hidden));
  let disposed = false;

  /** As the layers are now; none while two are compared, whose colours they would join. */
  const showLabels = (): void => {
    const shown = comparing?.isOn
      ? undefined
      : stack.all
          .map(({ layer }) => layer)
          .find(
            ({ image, style }) => image.kind === 'classes' && style.visible,
          );
    labels?.set(shown ?? null);
  };

  const tell = (): void => {
    for (const listener of [...volumeListeners]) listener();
  };
  const watch = (
    event: Parameters<ItkVtkViewer['on']>[0],
    listener: () => void,
  ): void => {
    viewer.on(event, listener);
    undoing.add(() => viewer.off(event, listener));
  };
  const signature = (): string =>
    images
      .list()
      .map(({ id, width, height, bands }) => [id, width, height, bands].join())
      .join(' ');
  let known = signature();
  watch('viewModeChanged', () => stack.follow());
  watch('renderedImageAssigned', () => {
    stack.follow();
    labels?.follow();
    const now = signature();
    if (now === known) return;
    known = now;
    tell();
  });

  return {
    id: 'itk-vtk-viewer',
    version: version ?? 'unknown',
    capabilities: new Set<Capability>([
      'volumes',
      'ordered-layers',
      'pick',
      ...(service ? (['classes', 'compare'] as const) : []),
      'view',
      'panel-right',
      ...(places.left ? (['panel-left'] as const) : []),
      ...(places.bottom ? (['panel-bottom'] as const) : []),
    ]),
    showCube: (cube, name = cube.name) => images.hold(cube, name),
    volumes: () => promised(() => images.list()),
    readVolume: (id, task) => images.read(id, task),
    onVolumesChanged(listener) {
      const own = (): void => listener();
      volumeListeners.add(own);
      return undoing.add(() => volumeListeners.delete(own));
    },
    async addLayer(layer) {
      const parts = await viewerParts(view.getProxyManager());
      if (disposed)
        throw new UnmixingError('host', 'The plugin has left the viewer.');
      const { id, update, remove } = stack.add(layer, parts);
      showLabels();
      return handle({
        id,
        update(next) {
          update(next);
          showLabels();
        },
        remove() {
          remove();
          showLabels();
        },
      });
    },
    orderLayers: (ids) => promised(() => stack.order(ids)),
    onPick: (listener) => undoing.add(scene.watchPick(listener)),
    mountPanel(element, where) {
      const drawing = view.getContainer();
      return undoing.add(
        mount(element, where, rootOf(drawing), places, drawing),
      );
    },
    ...(comparing && {
      async compare(comparison: Comparison | null) {
        labels?.set(null);
        try {
          await (comparison ? comparing.show(comparison) : comparing.end());
        } finally {
          showLabels();
        }
      },
    }),
    fit: () => scene.fit(),
    dispose() {
      disposed = true;
      undoing.all();
      comparing?.leave();
      labels?.dispose();
      scene.dispose();
    },
  };
}

/** The element that the page gave to `createViewer`. */
function rootOf(container: HTMLElement): HTMLElement {
  return container.closest('service-context')?.parentElement ?? container;
}
