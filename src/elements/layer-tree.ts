import type { LayerEntry, SessionState } from './state.js';

/** Layers that lie one above the other and belong together, top-most first. */
export interface LayerGroup {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly LayerEntry[];
}

export type LayerItem = LayerEntry | LayerGroup;

export const isGroup = (item: LayerItem): item is LayerGroup =>
  'layers' in item;

/** What an item of the list is made of. */
export const layersOf = (item: LayerItem): readonly LayerEntry[] =>
  isGroup(item) ? item.layers : [item];

/**
 * The layers as they are listed, top-most first. Of one cube the abundances are a group; of several cubes each is one, with
 * everything that is its own. Layers between which something else lies are two groups: the list tells the order in which
 * they are drawn.
 */
export function layerItems({
  layers,
  cubes,
}: Pick<SessionState, 'layers' | 'cubes'>): readonly LayerItem[] {
  const names = new Map(cubes.map(({ id, name }) => [id, name]));
  const several = cubes.length > 1;
  const groupOf = ({ owner, role }: LayerEntry): string | null =>
    several
      ? names.has(owner)
        ? owner
        : null
      : role === 'abundance'
        ? 'abundances'
        : null;
  const runs: { of: string | null; layers: LayerEntry[] }[] = [];
  for (const layer of layers) {
    const of = groupOf(layer);
    const last = runs.at(-1);
    if (last && of !== null && last.of === of) last.layers.push(layer);
    else runs.push({ of, layers: [layer] });
  }
  return runs.map(({ of, layers: members }, i) => {
    if (of === null || (members.length === 1 && !several)) return members[0];
    const before = runs.slice(0, i).filter((run) => run.of === of).length;
    return {
      id: before === 0 ? `group ${of}` : `group ${of} ${before + 1}`,
      name: names.get(of) ?? 'Abundances',
      layers: members,
    };
  });
}

/** The list in which an item stands, all of the items or those of its group, and its place in it. */
export function siblings(
  items: readonly LayerItem[],
  id: string,
): { readonly list: readonly LayerItem[]; readonly at: number } | null {
  const lists = [items, ...items.filter(isGroup).map(({ layers }) => layers)];
  for (const list of lists) {
    const at = list.findIndex((item) => item.id === id);
    if (at >= 0) return { list, at };
  }
  return null;
}

/**
 * Ids of all layers, top-most first, once an item stands before or after another of its list; null where that changes nothing
 * or the two are not of one list. A group moves whole.
 */
export function moved(
  items: readonly LayerItem[],
  id: string,
  other: string,
  after: boolean,
): readonly string[] | null {
  const found = siblings(items, id);
  const item = found?.list[found.at];
  const target = found?.list.find((one) => one.id === other);
  if (!found || !item || !target || item === target) return null;
  const rest = found.list.filter((one) => one !== item);
  const order = rest
    .toSpliced(rest.indexOf(target) + (after ? 1 : 0), 0, item)
    .flatMap(layersOf);
  const from = items.flatMap(layersOf);
  const first = from.indexOf(layersOf(found.list[0])[0]);
  const ids = from
    .toSpliced(first, order.length, ...order)
    .map((one) => one.id);
  return ids.join('\n') === from.map((one) => one.id).join('\n') ? null : ids;
}
