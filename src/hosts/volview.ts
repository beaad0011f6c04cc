import type { Capability, Host, Undo } from './host.js';
import { watchPointer } from './common/pointer.js';
import { Undoing, promised } from './common/undoing.js';
import { Cameras } from './volview/camera.js';
import { Homes } from './volview/homes.js';
import { mountPanel } from './volview/panels.js';
import { worldUnder } from './volview/pointer.js';
import { LayerStack } from './volview/stack.js';
import { openVolView } from './volview/open.js';
import { Datasets } from './volview/volumes.js';

export interface VolViewHostOptions {
  /** The window that VolView runs in. Default: this one. */
  readonly page?: Window;
}

/**
 * The adapter for VolView 4.4.1, which has no interface for others: what is used of its insides is checked beforehand.
 * Layers stand in VolView's own list, where the user can change their opacity and delete them; they are drawn exactly,
 * source over, in the order given. VolView draws layers on a dataset only: where it has none in the plane of a layer, the
 * layer lies on a black one that comes and goes with it. VolView cannot add light, so `additive` is no capability.
 * @throws UnmixingError `host` when there is no VolView on the page, or another one than was tested; nothing is touched then
 */
export function volviewHost({ page = window }: VolViewHostOptions = {}): Host {
  const volview = openVolView(page);
  const { stores, element } = volview;
  const undoing = new Undoing();
  const volumeListeners = new Set<() => void>();
  const ours = new Set<string>();
  const datasets = new Datasets(volview, ours);
  const homes = new Homes(volview, datasets, ours);
  const stack = new LayerStack(volview, homes, ours);
  const cameras = new Cameras(volview);

  const signature = (): string => JSON.stringify(datasets.list());
  let known = signature();
  const look = (): void => {
    stack.look();
    const now = signature();
    if (now === known) return;
    known = now;
    for (const listener of [...volumeListeners]) listener();
  };
  const { cache, images, dicom, layers, views, colouring } = stores;
  for (const store of [cache, images, dicom, layers, views, colouring])
    undoing.add(store.$subscribe(look, { detached: true, flush: 'post' }));

  return {
    id: 'volview',
    version: volview.version,
    capabilities: new Set<Capability>([
      'volumes',
      'ordered-layers',
      'pick',
      'view',
      'panel-right',
    ]),
    volumes: () => promised(() => datasets.list()),
    readVolume: (id, task) => datasets.read(id, task),
    onVolumesChanged(listener) {
      const own = (): void => listener();
      volumeListeners.add(own);
      return undoing.add(() => volumeListeners.delete(own));
    },
    addLayer: (layer) => stack.add(layer),
    orderLayers: (ids) => stack.order(ids),
    onPick: (listener) =>
      undoing.add(
        watchPointer(
          element,
          (event) => worldUnder(event, volview, stack.all),
          listener,
        ),
      ),
    mountPanel: (panel, where): Undo =>
      undoing.add(mountPanel(panel, where, volview)),
    fit() {
      const parents = stack.all.flatMap(({ place }) => place?.parent ?? []);
      for (const parent of parents.slice(0, 1)) homes.show(parent);
      cameras.reset(parents);
    },
    dispose() {
      undoing.all();
      stack.clear();
      cameras.bringBack();
    },
  };
}
