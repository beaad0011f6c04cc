// The viewer carries vtk.js 29 inside its bundle and hands out no classes. Its proxy manager, though, has vtk.js's own public
// `loadState`, which makes any object of that copy from the name of its class, as the dataset of a source proxy. So layers are
// drawn with the viewer's own vtk.js: the page loads no second one, and later edits do not go stale. The source proxies are
// deleted at once; only then does `deleteProxy` need an entry in the map from sources to representations, hence its name below.
import type { LayerParts } from '../vtk/parts.js';
import { unknownViewer, type ProxyManager } from './viewer.js';

const wanted: Readonly<Record<keyof LayerParts, object>> = {
  renderer: { vtkClass: 'vtkRenderer' },
  slice: { vtkClass: 'vtkImageSlice', forceOpaque: true },
  mapper: { vtkClass: 'vtkImageMapper' },
  image: { vtkClass: 'vtkImageData' },
  scalars: { vtkClass: 'vtkDataArray', size: 0, empty: true },
  colours: { vtkClass: 'vtkColorTransferFunction' },
  alpha: { vtkClass: 'vtkPiecewiseFunction' },
};

/**
 * Fresh parts of the viewer's copy of vtk.js.
 * @throws UnmixingError `host` when the viewer does not make them
 */
export async function viewerParts(manager: ProxyManager): Promise<LayerParts> {
  const keys = Object.keys(wanted) as (keyof LayerParts)[];
  const representations = manager.getReferenceByName('sv2rMapping');
  if (typeof representations !== 'object')
    throw unknownViewer('its proxy manager has no sv2rMapping');
  const { $oldToNewIdMapping: ids } = await manager.loadState({
    sources: keys.map((key) => ({
      id: key,
      group: 'Sources',
      name: 'TrivialProducer',
      props: { name: key, type: key, dataset: wanted[key] },
    })),
    views: [],
    representations: [],
    fields: {},
    options: {},
    userData: {},
  });
  const take = (key: string): unknown => {
    const id = ids[key];
    const proxy = id === undefined ? undefined : manager.getProxyById(id);
    if (id === undefined || !proxy) return undefined;
    const part = proxy.getDataset();
    representations[id] = {};
    manager.deleteProxy(proxy);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- vtk.js's own map
    delete representations[id];
    return part;
  };
  const made = keys.map((key) => [key, take(key)] as const);
  const missing = made.find(([, part]) => part === undefined);
  if (missing) throw unknownViewer(`its vtk.js makes no ${missing[0]}`);
  return Object.fromEntries(made) as unknown as LayerParts;
}
