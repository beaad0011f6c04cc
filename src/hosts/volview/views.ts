import { hasMethods } from '../common/shapes.js';
import { components } from './tree.js';
import type { ViewInfo, VolView, VtkImage } from './viewer.js';

/** The parts of vtk.js's camera, in VolView's own copy, that are used here. */
export interface VtkCamera {
  getPosition(): [number, number, number];
  getFocalPoint(): [number, number, number];
  getViewUp(): [number, number, number];
  getParallelScale(): number;
  setPosition(x: number, y: number, z: number): void;
  setFocalPoint(x: number, y: number, z: number): void;
  setViewUp(x: number, y: number, z: number): void;
  setParallelScale(scale: number): void;
}

/** Likewise of a slice of an image. */
export interface VtkSlice {
  isA(name: string): boolean;
  getMapper(): { getInputData(): VtkImage | null } | null;
  getProperty(): {
    getRGBTransferFunction(index: number): {
      removeAllPoints(): void;
      addRGBPoint(x: number, r: number, g: number, b: number): void;
    };
    setInterpolationType(type: number): void;
  };
  setForceOpaque(on: boolean): void;
}

export interface VtkRenderer {
  getActiveCamera(): VtkCamera;
  getViewProps(): VtkSlice[];
  removeActor(actor: VtkSlice): void;
}

/** What VolView lets its own components know of a view. */
interface DrawnView {
  readonly renderer: VtkRenderer;
  readonly renderWindowView: {
    getCanvas(): HTMLCanvasElement;
    getSize(): [number, number];
    displayToWorld(
      x: number,
      y: number,
      z: number,
      renderer: VtkRenderer,
    ): ArrayLike<number>;
  };
  requestRender(): void;
  resetCamera(): void;
}

/** A 2D view that is on the screen, of a dataset. */
export interface SliceView extends DrawnView {
  readonly info: ViewInfo;
  readonly dataset: string;
}

/** The 2D views on the screen that show a dataset. */
export function sliceViews(volview: VolView): SliceView[] {
  const infos = new Map(
    volview.stores.views.getAllViews().map((info) => [info.id, info]),
  );
  return components(volview.tree()).flatMap(({ exposed, props }) => {
    const info = infos.get(String(props['viewId']));
    const dataset = info?.dataID;
    return info?.type === '2D' && dataset && isDrawnView(exposed)
      ? [{ ...exposed, info, dataset }]
      : [];
  });
}

/** Whether what a component lets others know is no view's, or has all that is used of a view. */
export const isNoViewOrWhole = (exposed: object | null): boolean =>
  exposed === null || !('renderWindowView' in exposed) || isDrawnView(exposed);

function isDrawnView(value: object | null): value is DrawnView {
  const view = value as Partial<DrawnView> | null;
  return (
    !!view?.renderer &&
    !!view.renderWindowView &&
    hasMethods(view, 'requestRender', 'resetCamera') &&
    hasMethods(
      view.renderer,
      'getActiveCamera',
      'getViewProps',
      'removeActor',
    ) &&
    hasMethods(view.renderWindowView, 'getCanvas', 'getSize', 'displayToWorld')
  );
}

/** The axis of a dataset along which the slices of a view follow one another; 2 where a cube's own slices are seen. */
export function axisOf(
  { stores }: VolView,
  { type, options }: ViewInfo,
  dataset: string,
): 0 | 1 | 2 | null {
  const held = stores.cache.imageById[dataset];
  return type === '2D' && options?.orientation && held
    ? held.getImageMetadata().lpsOrientation[options.orientation]
    : null;
}
