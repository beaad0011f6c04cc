import type { Capability, Host, Undo } from './host.js';
import { mount, type Places } from './common/panels.js';
import { watchPointer } from './common/pointer.js';
import { Undoing, promised } from './common/undoing.js';
import { gridOf } from './niivue/grid.js';
import { lookAt, remember } from './niivue/look.js';
import { worldUnder } from './niivue/pointer.js';
import { LayerStack } from './niivue/stack.js';
import { checkNiivue } from './niivue/viewer.js';
import { VolumeList } from './niivue/volumes.js';

/** What a page with niivue hands to the plugin. */
export interface NiivueHostOptions {
  /** The Niivue instance, attached to its canvas. */
  readonly nv: object;
  /** Elements that take panels. Without `right` the panel floats over the view. */
  readonly places?: Places;
}

/**
 * The adapter for a page with niivue 0.69. Its world is that of ITK and DICOM, in millimetres: x to the left of a patient, y to the
 * back. Frames of a volume are bands; slices are, where there is one frame. Layers are volumes of finished colours above the
 * viewer's own: niivue blends them to a level of 255, in the grid of its first volume, so that over a coarse one finer layers
 * look as coarse. It adds no light, so `additive` is no capability.
 * @throws UnmixingError `host` when this is no Niivue instance as the adapter knows it
 */
export function niivueHost({
  nv: given,
  places = {},
}: NiivueHostOptions): Host {
  const nv = checkNiivue(given);
  const { canvas } = nv;
  const undoing = new Undoing();
  const stack = new LayerStack(nv);
  const volumes = new VolumeList(nv, stack.isOurs);
  const volumeListeners = new Set<() => void>();
  let bringBackLook: Undo | null = null;

  const signature = (): string =>
    volumes
      .list()
      .map((ref) => [ref.id, ref.width, ref.height, ref.bands].join())
      .join(' ');
  let known = signature();
  const look = (): void => {
    const now = signature();
    if (now === known) return;
    known = now;
    for (const listener of [...volumeListeners]) listener();
  };
  const listen = (type: string, listener: () => void): void => {
    nv.addEventListener(type, listener);
    undoing.add(() => nv.removeEventListener(type, listener));
  };
  listen('volumeUpdated', () => {
    stack.follow();
    look();
  });
  listen('locationChange', look);

  return {
    id: 'niivue',
    version: 'unknown',
    capabilities: new Set<Capability>([
      'volumes',
      'ordered-layers',
      'pick',
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
    async addLayer(layer) {
      const { id, update, remove } = await stack.add(layer);
      return {
        id,
        update: (next) => promised(() => update(next)),
        remove: () => promised(remove),
      };
    },
    orderLayers: (ids) => promised(() => stack.order(ids)),
    onPick: (listener) =>
      undoing.add(
        watchPointer(canvas, (event) => worldUnder(event, nv), listener),
      ),
    mountPanel: (element, where) =>
      undoing.add(mount(element, where, canvas, places)),
    fit() {
      if (stack.all.length === 0) return;
      bringBackLook ??= remember(nv);
      stack.settle();
      const alone = stack.others.length === 0;
      lookAt(nv, gridOf(stack.all[0].layer), alone);
    },
    dispose() {
      undoing.all();
      stack.close();
      bringBackLook?.();
      bringBackLook = null;
    },
  };
}
