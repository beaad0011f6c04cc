// What the viewer has no calls for: taking a layer off its list, and colours of labels. Its own interface gives its state machine
// to elements by the context protocol of the web components community (an event `context-request` whose listener calls back),
// so an element of it can be asked for the state; a page that gave the viewer another interface has none.
import type { vtkColorTransferFunction } from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js';
import type { Undo } from '../host.js';
import type { ItkVtkViewer, ViewProxy } from './viewer.js';

interface Actor {
  stop?(): void;
}

/** What the viewer knows of one image and its labels. */
export interface ImageState {
  labelImage: unknown;
  labelImageName: string | null;
  labelImageBlend: number;
  labelNames: Map<number, string>;
  labelImageWeights: Map<number, number>;
  uniqueLabels?: readonly number[];
  renderedLabelImage?: unknown;
}

/** The viewer's state, as far as it is used here. */
export interface ViewerState {
  readonly images: {
    selectedName: string | null;
    readonly actorContext: Map<string, ImageState>;
    readonly imageRenderingActors: Map<string, Actor>;
    /** Of the components of what it draws, once it has drawn an image. */
    readonly colorTransferFunctions?: Map<
      number | 'labelImage',
      vtkColorTransferFunction
    >;
  };
  readonly layers: {
    readonly actorContext: Map<string, unknown>;
    readonly layerUIActors: Map<string, Actor>;
    readonly uiLayers: Map<string, HTMLElement>;
  };
  readonly uiGroups: ReadonlyMap<string, HTMLElement>;
}

/** The running state machine. */
export interface Service {
  readonly state: { readonly context: ViewerState };
  send(event: { readonly type: string; readonly data?: unknown }): void;
}

/** The state machine of the viewer that draws in this element; null where its interface is another. */
export function serviceOf(container: HTMLElement): Service | null {
  let given: unknown = null;
  container.dispatchEvent(
    Object.assign(
      new Event('context-request', { bubbles: true, composed: true }),
      {
        context: 'viewer-context',
        subscribe: false,
        callback: (value: unknown) => {
          given = (value as { service?: unknown } | null)?.service ?? null;
        },
      },
    ),
  );
  return isService(given) ? given : null;
}

function isService(value: unknown): value is Service {
  const service = value as Partial<Service> | null;
  const state = service?.state?.context as Partial<ViewerState> | undefined;
  const { images, layers, uiGroups } = state ?? {};
  return (
    typeof service?.send === 'function' &&
    uiGroups instanceof Map &&
    [
      images?.actorContext,
      images?.imageRenderingActors,
      layers?.actorContext,
      layers?.layerUIActors,
      layers?.uiLayers,
    ].every((map) => map instanceof Map)
  );
}

/** Takes note of which parts of the viewer's interface are shown, to bring them back. */
export function keepGroups({ uiGroups }: ViewerState): Undo {
  const before = [...uiGroups].map(
    ([, { style }]) => [style, style.display] as const,
  );
  return () => {
    for (const [style, display] of before) style.display = display;
  };
}

/** Names for layers that the viewer has none of, like these. */
export function freeNames(
  viewer: ItkVtkViewer,
  wanted: readonly string[],
): readonly string[] {
  const taken = new Set(viewer.getLayerNames());
  return wanted.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
    taken.add(free);
    return free;
  });
}

/** Takes a layer off the viewer's list and forgets its image, if it is one. */
export function forgetLayer(
  { images, layers }: ViewerState,
  view: ViewProxy,
  name: string,
): void {
  layers.uiLayers.get(name)?.remove();
  layers.layerUIActors.get(name)?.stop?.();
  images.imageRenderingActors.get(name)?.stop?.();
  for (const map of [
    layers.uiLayers,
    layers.layerUIActors,
    layers.actorContext,
    images.imageRenderingActors,
    images.actorContext,
  ])
    map.delete(name);
  const boxes = view.getReferenceByName('layerBBoxes');
  const box = boxes?.get(name);
  if (box) view.getRenderer().removeViewProp(box.actor);
  boxes?.delete(name);
}
