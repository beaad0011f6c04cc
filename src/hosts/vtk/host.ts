import type { vtkImageData } from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import type { vtkRenderWindowInteractor } from '@kitware/vtk.js/Rendering/Core/RenderWindowInteractor.js';
import type { Capability, Host, Undo } from '../host.js';
import { mount, type Places } from '../common/panels.js';
import { Undoing, promised } from '../common/undoing.js';
import type { LayerParts } from './parts.js';
import { Scene } from './scene.js';
import { handle } from './stack.js';
import { drawnSlices, VolumeList } from './volumes.js';

/** What a page made with vtk.js hands to the plugin. */
export interface VtkHostOptions {
  /** With an OpenGL view added to it, as every vtk.js page has. */
  readonly renderWindow: vtkRenderWindow;
  /** The renderer that shows the volume. It is read, never changed. */
  readonly renderer: vtkRenderer;
  /** The element that vtk.js draws in. */
  readonly container: HTMLElement;
  /** Elements that take panels. Without `right` the panel floats over the view. */
  readonly places?: Places;
  /** Images that the page holds without drawing them: vtk.js draws none of more than four components. */
  readonly volumes?: () => readonly vtkImageData[];
  /** Version of vtk.js, for reports. Default: "unknown", as vtk.js does not tell. */
  readonly version?: string;
}

/** How often a page without an interactor is asked for new volumes, ms. */
const lookInterval = 500;

/**
 * The host on a page made with vtk.js.
 * @param parts makes objects for a layer
 * @param foreign whether they are of another copy of vtk.js than the one that draws the page
 */
export function hostOn(
  options: VtkHostOptions,
  parts: () => LayerParts,
  foreign = false,
): Host {
  const { renderWindow, renderer, container, places = {} } = options;
  const volumes = new VolumeList(renderer, options.volumes ?? (() => []));
  const undoing = new Undoing();
  const volumeListeners = new Set<() => void>();
  const scene = new Scene({
    renderWindow,
    renderer,
    container,
    slices: () => drawnSlices(renderer.getViewProps()),
    ...(foreign && { fresh: parts }),
  });
  const { stack } = scene;

  const signature = (): string =>
    volumes
      .list()
      .map(({ id, width, height, bands }) => [id, width, height, bands].join())
      .join(' ');
  let known = signature();
  undoing.add(
    watchFrames(renderWindow, () => {
      const now = signature();
      if (now === known) return;
      known = now;
      stack.follow();
      for (const listener of [...volumeListeners]) listener();
    }),
  );

  return {
    id: 'vtk.js',
    version: options.version ?? 'unknown',
    capabilities: new Set<Capability>([
      'volumes',
      'ordered-layers',
      'pick',
      'affine',
      'camera',
      'view',
      'panel-right',
      ...(places.left ? (['panel-left'] as const) : []),
      ...(places.bottom ? (['panel-bottom'] as const) : []),
    ]),
    volumes: () => promised(() => volumes.list()),
    readVolume: (id, task) => volumes.read(id, task),
    onVolumesChanged(listener) {
      const own = (): void => listener();
      volumeListeners.add(own);
      return undoing.add(() => volumeListeners.delete(own));
    },
    addLayer: (layer) => promised(() => handle(stack.add(layer, parts()))),
    orderLayers: (ids) => promised(() => stack.order(ids)),
    onPick: (listener) => undoing.add(scene.watchPick(listener)),
    mountPanel: (element, where) =>
      undoing.add(mount(element, where, container, places)),
    camera: scene.camera((undo) => undoing.add(undo)),
    fit: () => scene.fit(),
    dispose() {
      undoing.all();
      scene.dispose();
    },
  };
}

/** Calls after every frame where the page has an interactor, now and then where it has none. */
function watchFrames(renderWindow: vtkRenderWindow, look: () => void): Undo {
  const interactor =
    renderWindow.getInteractor() as vtkRenderWindowInteractor | null;
  if (interactor) {
    const subscription = interactor.onRenderEvent(look);
    return () => subscription.unsubscribe();
  }
  const timer = setInterval(look, lookInterval);
  return () => clearInterval(timer);
}
