import { pixelAt } from '../imaging/geometry.js';
import type { Layer } from '../imaging/layer.js';
import { mount, type Places } from './common/panels.js';
import { watchPointer } from './common/pointer.js';
import { Undoing, promised } from './common/undoing.js';
import { moveCamera, viewOf } from './cornerstone/camera.js';
import { isOurs } from './cornerstone/drawn.js';
import { slabOf, type Slab } from './cornerstone/slab.js';
import {
  checkCornerstone,
  checkViewport,
  isDrawable,
} from './cornerstone/guard.js';
import { LayerStack } from './cornerstone/stack.js';
import type { Camera } from './cornerstone/viewer.js';
import { findViewport, type Choice } from './cornerstone/viewport.js';
import { SourceList } from './cornerstone/volumes.js';
import type { Capability, Host } from './host.js';

/** What a page made with Cornerstone3D hands to the plugin. Without ids and element its first viewport is taken. */
export interface CornerstoneHostOptions extends Choice {
  /** The module object of @cornerstonejs/core: the plugin never imports one itself. */
  readonly cornerstone: unknown;
  /** Elements that take panels. Without `right` the panel floats over the viewport. */
  readonly places?: Places;
}

/**
 * The adapter for a viewport of Cornerstone3D 5, of stacks or of volumes. Layers are exact to a level of 255, in any order.
 * Light cannot be added, so `additive` is no capability: such layers are drawn translucent.
 * @throws UnmixingError `host` when it is another Cornerstone3D than the plugin knows, or has no such viewport
 */
export function cornerstoneHost(options: CornerstoneHostOptions): Host {
  const { places = {} } = options;
  const cornerstone = checkCornerstone(options.cornerstone);
  let viewport = checkViewport(findViewport(cornerstone, options), cornerstone);
  const { element } = viewport;
  const { Events } = cornerstone.Enums;
  const undoing = new Undoing();
  const volumeListeners = new Set<() => void>();
  /** Where the camera was before it was moved. */
  let found: Camera | null = null;
  let over = false;

  const sources = new SourceList(cornerstone, () => viewport, isOurs);
  const slabHere = ({ geometry }: Layer): Slab =>
    slabOf(geometry, sources.shown());
  const stack = new LayerStack(cornerstone, () => viewport, slabHere);

  const on = (
    target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
    names: readonly string[],
    listener: (event: Event) => void,
  ): void => {
    for (const name of names) {
      target.addEventListener(name, listener);
      undoing.add(() => target.removeEventListener(name, listener));
    }
  };
  /** Events come in the midst of what the viewer does; this waits until it is done. */
  const afterwards = (work: () => void): (() => void) => {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      queueMicrotask(() => {
        asked = false;
        if (!over) work();
      });
    };
  };

  const signature = (): string =>
    sources
      .all()
      .map(({ ref: { id, width, height, bands } }) =>
        [id, width, height, bands].join(),
      )
      .join(' ');
  let known = signature();
  const look = afterwards(() => {
    const now = signature();
    if (now === known) return;
    known = now;
    void stack.settle();
    for (const listener of [...volumeListeners]) listener();
  });
  on(
    cornerstone.eventTarget,
    [
      Events.VOLUME_CACHE_VOLUME_ADDED,
      Events.VOLUME_CACHE_VOLUME_REMOVED,
      Events.IMAGE_VOLUME_LOADING_COMPLETED,
    ],
    look,
  );
  on(
    element,
    [Events.VOLUME_VIEWPORT_NEW_VOLUME, Events.VIEWPORT_NEW_IMAGE_SET],
    look,
  );
  on(
    element,
    [Events.ACTORS_CHANGED, Events.STACK_NEW_IMAGE],
    afterwards(() => stack.follow()),
  );
  // A viewport may be closed and another one opened in its place, of another type.
  on(cornerstone.eventTarget, [Events.ELEMENT_ENABLED], (event) => {
    if ((event as CustomEvent<{ element: unknown }>).detail.element !== element)
      return;
    const next = findViewport(cornerstone, { element });
    if (next === viewport || !isDrawable(next)) return;
    viewport = next;
    found = null;
    void stack.renew();
    look();
  });

  /** Layers that are seen, and what the viewer itself shows, the topmost first. */
  const worldUnder = ({ clientX, clientY }: PointerEvent) => {
    const box = viewport.getCanvas().getBoundingClientRect();
    const world = viewport.canvasToWorld([
      clientX - box.left,
      clientY - box.top,
    ]);
    const hit = [
      ...stack.all
        .filter(({ style }) => style.visible)
        .map(({ geometry, image: { width, height } }) => ({
          geometry,
          width,
          height,
        })),
      ...sources.shown().map(({ geometry, ref: { width, height } }) => ({
        geometry,
        width,
        height,
      })),
    ].some(({ geometry, width, height }) =>
      pixelAt(geometry, width, height, world),
    );
    return hit ? world : null;
  };

  return {
    id: 'cornerstone',
    version: cornerstone.version,
    capabilities: new Set<Capability>([
      'volumes',
      'ordered-layers',
      'pick',
      'view',
      'panel-right',
      ...(places.left ? (['panel-left'] as const) : []),
      ...(places.bottom ? (['panel-bottom'] as const) : []),
    ]),
    volumes: () => promised(() => sources.all().map(({ ref }) => ref)),
    readVolume: (id, task) => sources.read(id, task),
    onVolumesChanged(listener) {
      const own = (): void => listener();
      volumeListeners.add(own);
      return undoing.add(() => volumeListeners.delete(own));
    },
    async addLayer(layer) {
      const { update, remove } = await stack.add(layer);
      return { id: layer.id, update, remove };
    },
    orderLayers: (ids) => stack.order(ids),
    onPick: (listener) =>
      undoing.add(watchPointer(element, worldUnder, listener)),
    mountPanel: (panel, where) =>
      undoing.add(mount(panel, where, element, places)),
    fit() {
      const layers = stack.all;
      if (layers.length === 0) return;
      found ??= viewport.getCamera();
      moveCamera(viewport, viewOf(viewport, layers, slabHere(layers[0])));
      viewport.render();
    },
    dispose() {
      over = true;
      undoing.all();
      stack.clear();
      if (found && stack.alive) {
        moveCamera(viewport, found);
        viewport.render();
      }
      found = null;
    },
  };
}
