import type { vtkProp } from '@kitware/vtk.js/Rendering/Core/Prop.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { UnmixingError } from '../../spectral/errors.js';
import { hasMethods } from '../common/shapes.js';

/** The version that the adapter is tested with; its private parts may differ in others. */
export const testedVersion = '14.51.0';

/** An image as itk-wasm gives it: bands as components, or as slices along the third axis; direction row after row. */
export interface ItkImage {
  readonly imageType: {
    readonly dimension: number;
    readonly componentType: string;
    readonly pixelType: string;
    readonly components: number;
  };
  readonly name: string;
  readonly origin: readonly number[];
  readonly spacing: readonly number[];
  readonly direction: ArrayLike<number>;
  readonly size: readonly number[];
  readonly metadata: ReadonlyMap<string, unknown>;
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
  /** Least and greatest value of each component, where they are not to be looked for. */
  readonly ranges?: readonly (readonly [number, number])[];
}

/** What the viewer makes of an image: itself at several scales, 0 the finest. */
export interface ScaledImage {
  readonly imageType: ItkImage['imageType'];
  readonly scaleInfo: readonly {
    readonly arrayShape: ReadonlyMap<string, number>;
  }[];
  getImage(scale: number): Promise<ItkImage>;
}

/** The source proxies and the factory of vtk.js objects in the viewer's proxy manager. */
export interface ProxyManager {
  loadState(state: object): Promise<{
    readonly $oldToNewIdMapping: Readonly<Record<string, string | undefined>>;
  }>;
  getProxyById(id: string): SourceProxy | undefined;
  deleteProxy(proxy: SourceProxy): void;
  getReferenceByName(name: 'sv2rMapping'): Record<string, object> | undefined;
}

export interface SourceProxy {
  getDataset(): unknown;
}

/** What draws: internal to the viewer. */
export interface ViewProxy {
  getRenderer(): vtkRenderer;
  getRenderWindow(): vtkRenderWindow;
  getContainer(): HTMLElement;
  getProxyManager(): ProxyManager;
  getRepresentations(): readonly { getActors(): readonly vtkProp[] }[];
  setLabelNames(names: ReadonlyMap<number, string> | null): void;
  getReferenceByName(
    name: 'layerBBoxes',
  ): Map<string, { readonly actor: vtkProp }> | undefined;
}

type ViewerEvent = 'renderedImageAssigned' | 'viewModeChanged';

/** The part of what `createViewer` gives that is used here. */
export interface ItkVtkViewer {
  getViewProxy(): ViewProxy;
  getLayerNames(): readonly string[];
  /** Throws for the name of a label image. */
  getImage(name: string): ScaledImage | null;
  setImage(image: ItkImage, name: string): Promise<void>;
  setImageColorMap(map: string, component: number, name: string): void;
  setImagePiecewiseFunctionPoints(
    points: readonly (readonly [number, number])[],
    component: number,
    name: string,
  ): void;
  getImageInterpolationEnabled(name: string): boolean;
  setImageInterpolationEnabled(enabled: boolean, name: string): void;
  setLabelImage(image: ItkImage, imageName: string): Promise<void>;
  setLabelImageBlend(blend: number, name: string): void;
  setLabelImageLabelNames(
    names: ReadonlyMap<number, string>,
    name: string,
  ): void;
  setCompareImages(
    fixedName: string,
    movingName: string,
    options: object,
  ): Promise<void>;
  setXSlice(position: number): void;
  setYSlice(position: number): void;
  setZSlice(position: number): void;
  on(event: ViewerEvent, listener: (name: unknown) => void): void;
  off(event: ViewerEvent, listener: (name: unknown) => void): void;
}

const viewerMethods = [
  'getViewProxy',
  'getLayerNames',
  'getImage',
  'setImage',
  'setImageColorMap',
  'setImagePiecewiseFunctionPoints',
  'getImageInterpolationEnabled',
  'setImageInterpolationEnabled',
  'setLabelImage',
  'setLabelImageBlend',
  'setLabelImageLabelNames',
  'setCompareImages',
  'setXSlice',
  'setYSlice',
  'setZSlice',
  'on',
  'off',
] as const satisfies readonly (keyof ItkVtkViewer)[];

const viewMethods = [
  'getRenderer',
  'getRenderWindow',
  'getContainer',
  'getProxyManager',
  'getRepresentations',
  'setLabelNames',
  'getReferenceByName',
] as const satisfies readonly (keyof ViewProxy)[];

const managerMethods = [
  'loadState',
  'getProxyById',
  'deleteProxy',
  'getReferenceByName',
] as const satisfies readonly (keyof ProxyManager)[];

/** Whether an object has what `createViewer` gives. */
export const isViewer = (value: object): value is ItkVtkViewer =>
  hasMethods(value, ...viewerMethods);

/**
 * Looks whether the viewer is as the adapter knows it, and touches nothing.
 * @param version of the viewer, when it is known
 * @throws UnmixingError `host` when it is another
 */
export function checkViewer(viewer: ItkVtkViewer, version?: string): void {
  if (version !== undefined && !sameRelease(version, testedVersion))
    throw unknownViewer(`its version is ${version}`);
  check('the viewer', viewer, viewerMethods);
  const view: unknown = viewer.getViewProxy();
  check('its view proxy', view, viewMethods);
  check(
    'its proxy manager',
    (view as ViewProxy).getProxyManager(),
    managerMethods,
  );
}

export const unknownViewer = (what: string): UnmixingError =>
  new UnmixingError(
    'host',
    `This itk-vtk-viewer is not one that the plugin knows: ${what} (tested with ${testedVersion}).`,
  );

function check(what: string, value: unknown, methods: readonly string[]): void {
  const missing = methods.find(
    (method) =>
      typeof value !== 'object' || value === null || !hasMethods(value, method),
  );
  if (missing !== undefined) throw unknownViewer(`${what} has no ${missing}`);
}

/** Corrections of one minor version do not change its parts. */
const sameRelease = (a: string, b: string): boolean => {
  const release = (version: string): string =>
    version.split('.').slice(0, 2).join('.');
  return release(a) === release(b);
};
