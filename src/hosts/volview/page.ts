import { quietly } from '../common/shapes.js';
import type { VueNode } from './tree.js';

/** The element of a VolView, and its Vue app, as far as they are there. */
export interface Mounted {
  readonly element: HTMLElement;
  readonly stores: Map<string, unknown>;
  readonly root: { _vnode?: VueNode | null };
}

/** What of VolView is on a page: an app of Vue in #app with stores of its names. Null where it is not. */
export function findVolView(page: Window): Mounted | null {
  const element = page.document.querySelector<
    HTMLElement & { __vue_app__?: unknown }
  >('#app');
  const app = element?.__vue_app__ as
    | {
        config?: {
          globalProperties?: { $pinia?: { _s?: Map<string, unknown> } };
        };
        _container?: { _vnode?: VueNode | null };
      }
    | undefined;
  const stores = quietly(() => app?.config?.globalProperties?.$pinia?._s);
  const known = ['image-cache', 'dataset', 'layer'];
  return element && app?._container && known.every((name) => stores?.has(name))
    ? { element, stores: stores!, root: app._container }
    : null;
}
