import { UnmixingError } from '../../spectral/errors.js';
import { hasMethods } from '../common/shapes.js';
import { findVolView } from './page.js';
import { components, versionOf, type VueNode } from './tree.js';
import { tested, type Stores, type VolView } from './viewer.js';
import { isNoViewOrWhole } from './views.js';

/** Each store with VolView's name for it, and what must be in it; the last comes to be with the first layer. */
const shapes = {
  cache: ['image-cache', ['addVTKImageData'], ['imageById']],
  images: ['images', ['addVTKImageData'], []],
  dicom: ['dicom', [], []],
  datasets: ['dataset', ['remove'], ['idsAsSelections']],
  layers: ['layer', ['deleteLayer'], ['parentToLayers']],
  views: ['view', ['getAllViews', 'setDataForView'], []],
  slices: ['viewSlice', ['getConfig'], []],
  colouring: ['layerColoring', ['updateConfig', 'removeData'], ['configs']],
} as const satisfies Record<
  keyof Stores,
  readonly [string, readonly string[], readonly string[]]
>;

const refuse = (what: string): never => {
  throw new UnmixingError(
    'host',
    `This VolView cannot be used: ${what}. The plugin knows VolView ${tested}; another version needs an adapter made for it.`,
  );
};

/**
 * The VolView of a page, with all that the adapter will use of it checked.
 * @throws UnmixingError `host` where there is none, or it is not as tested; nothing is touched then
 */
export function openVolView(page: Window): VolView {
  const mounted = findVolView(page);
  if (!mounted)
    throw new UnmixingError(
      'host',
      'There is no VolView on this page: its app is looked for in #app (add the plugin after its own script).',
    );
  const { element, stores, root } = mounted;
  const tree = (): VueNode =>
    root._vnode ?? refuse('what it has drawn is not to be seen');
  const version = versionOf(tree());
  if (version !== tested)
    refuse(
      version === null ? 'it does not tell its version' : `it is ${version}`,
    );
  const names = Object.keys(shapes) as (keyof Stores)[];
  for (const name of names) if (name !== 'colouring') check(stores, name);
  checkImages(stores.get('image-cache') as Stores['cache']);
  const drawn = components(tree());
  if (!drawn.every(({ exposed }) => isNoViewOrWhole(exposed)))
    refuse('its views do not give what layers are drawn with');
  const app = drawn.find(({ type }) => type.name === 'App');
  const load = app?.setupState?.['loadFiles'];
  if (typeof load !== 'function') refuse('it has no function to open files');
  // A removal, also of a dataset that is not there, has VolView make the store of colours; it makes it late by itself.
  (stores.get('dataset') as Stores['datasets']).remove('stratigraph');
  const checked = names.map((name) => [name, check(stores, name)] as const);
  return {
    page: page as VolView['page'],
    element,
    version: tested,
    stores: Object.fromEntries<unknown>(checked) as unknown as Stores,
    load: load as VolView['load'],
    tree,
  };
}

/** Images of its cache have what is used of them. */
function checkImages({ imageById }: Stores['cache']): void {
  const methods = ['getVtkImageData', 'getImageMetadata', 'isLoaded'];
  for (const held of Object.values(imageById))
    if (!held || !hasMethods(held, ...methods))
      refuse('images of its cache are not as they were');
}

function check(stores: Map<string, unknown>, name: keyof Stores): unknown {
  const [own, methods, fields] = shapes[name];
  const store = stores.get(own) as Record<string, unknown> | undefined;
  if (!store) return refuse(`its store "${own}" is missing`);
  for (const method of ['$subscribe', ...methods])
    if (typeof store[method] !== 'function')
      refuse(`its store "${own}" has no ${method}`);
  for (const field of fields)
    if (typeof store[field] !== 'object' || store[field] === null)
      refuse(`its store "${own}" has no ${field}`);
  return store;
}
