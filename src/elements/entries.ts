import type { CubeSummary } from '../engine/protocol.js';
import type { Capability } from '../hosts/host.js';
import { parseHex } from '../imaging/colour.js';
import { composite } from '../imaging/composite.js';
import { cubeImage, cubeLook } from '../imaging/cube-image.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { Layer } from '../imaging/layer.js';
import type { CubeImage, Picture } from '../spectral/cube.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { formatPosition } from './format.js';
import { insteadOf } from './instead.js';
import type { CubeDisplay, LayerEntry, SessionState } from './state.js';

/** Layers of a cube bear its id: its own picture alone, the others with what they are after it. */
export const layerId = (cube: string, what: string): string =>
  `${cube}/${what}`;
/** Of the layer that all abundances of a cube are blended into. */
export const blendId = (cube: string): string => layerId(cube, 'abundances');

/** A word for something of a cube: from the second on with the number of the cube. */
export const numbered = (word: string, cube: string): string => {
  const number = Number(cube.replace(/^cube-/, ''));
  return number > 1 ? `${word} ${number}` : word;
};

const owned = new WeakMap<
  readonly LayerEntry[],
  Map<string, readonly LayerEntry[]>
>();

/** Layers of one cube or picture: of the same list the same object. */
export function ownLayers(
  layers: readonly LayerEntry[],
  owner: string,
): readonly LayerEntry[] {
  const lists = owned.get(layers) ?? new Map<string, readonly LayerEntry[]>();
  owned.set(layers, lists);
  const own =
    lists.get(owner) ?? layers.filter((layer) => layer.owner === owner);
  lists.set(owner, own);
  return own;
}

/** The cube as a picture, in false colour or as one band. */
export function cubeEntry(
  cube: string,
  summary: CubeSummary,
  image: CubeImage,
  display: CubeDisplay,
  before: LayerEntry | undefined,
): LayerEntry {
  const { width, height, mask, axis, geometry } = summary;
  const drawn = cubeImage(image, width, height, mask);
  const band =
    display.mode === 'band'
      ? `, ${formatPosition(axis.values[display.band], axis.unit)}`
      : '';
  return {
    id: cube,
    role: 'cube',
    endmember: null,
    name: before?.named ? before.name : `${numbered('Cube', cube)}${band}`,
    ...(before?.named && { named: true }),
    image: drawn,
    owner: cube,
    source: geometry,
    geometry,
    locked: before?.locked ?? false,
    style: {
      ...layerStyleDefaults,
      opacity: 1,
      ...before?.style,
      ...cubeLook(image, drawn),
      // From band to band it stays as the user chose it.
      ...(before?.image.kind === 'map' &&
        drawn.kind === 'map' && { colourMap: before.style.colourMap }),
    },
  };
}

export function pictureEntry(picture: Picture, id: string): LayerEntry {
  const { name, width, height, data, geometry } = picture;
  return {
    id,
    role: 'picture',
    endmember: null,
    name,
    image: { kind: 'rgba', width, height, data },
    owner: id,
    source: geometry,
    geometry,
    locked: false,
    style: { ...layerStyleDefaults, opacity: 1, interpolation: 'linear' },
  };
}

/** The abundances that a map was taken from. */
const origins = new WeakMap<Float32Array, Float32Array>();

/** Whether maps are those of a result, one for each of its endmembers. */
export const areMapsOf = (
  maps: readonly LayerEntry[],
  unmixing: Pick<Unmixing, 'abundances' | 'names'> | null,
): boolean =>
  maps.length === (unmixing?.names.length ?? 0) &&
  maps.every(
    ({ image }) =>
      image.kind === 'map' &&
      origins.get(image.values) === unmixing?.abundances,
  );

/**
 * One map for each endmember, with the styles and the order of the maps before where those are known.
 * @param abundances N x R
 */
export function abundanceEntries(
  cube: string,
  {
    width,
    height,
    geometry,
  }: Pick<CubeSummary, 'width' | 'height' | 'geometry'>,
  abundances: Float32Array,
  names: readonly string[],
  colours: readonly string[],
  before: readonly LayerEntry[],
): LayerEntry[] {
  const count = names.length;
  const pixels = width * height;
  const entries = names.map((name, endmember): LayerEntry => {
    const values = new Float32Array(pixels);
    for (let n = 0; n < pixels; n++)
      values[n] = abundances[n * count + endmember];
    origins.set(values, abundances);
    const id = layerId(cube, `abundance-${endmember}`);
    const known = before.find((layer) => layer.id === id);
    return {
      id,
      role: 'abundance',
      endmember,
      name,
      image: { kind: 'map', width, height, values },
      owner: cube,
      source: geometry,
      geometry,
      locked: known?.locked ?? false,
      style: {
        ...(known?.style ?? layerStyleDefaults),
        colour: parseHex(colours[endmember]),
      },
    };
  });
  const place = (entry: LayerEntry): number => {
    const at = before.findIndex(({ id }) => id === entry.id);
    return at < 0 ? before.length : at;
  };
  return entries.sort((a, b) => place(a) - place(b));
}

/**
 * Layers with the maps of a cube as those of the places that their endmembers have come to; maps of those that are gone are left out, and
 * new ones look like the one that they stand behind.
 */
export const inPlaces = (
  cube: string,
  layers: readonly LayerEntry[],
  places: readonly (number | null)[],
): readonly LayerEntry[] =>
  layers.flatMap((layer) => {
    if (layer.owner !== cube || layer.endmember === null) return [layer];
    const first = places.indexOf(layer.endmember);
    if (first < 0) return [];
    let last = first;
    while (places[last + 1] === null) last++;
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      ...layer,
      id: layerId(cube, `abundance-${first + i}`),
      endmember: first + i,
    }));
  });

/**
 * Puts the maps of a cube in place of those before, on top where there were none. The first maps make room for the picture beneath:
 * colour is theirs then, and a cube in false colour would hide it.
 */
export function withAbundances(
  cube: string,
  layers: readonly LayerEntry[],
  maps: readonly LayerEntry[],
): LayerEntry[] {
  const isMap = ({ role, owner }: LayerEntry): boolean =>
    role === 'abundance' && owner === cube;
  const at = layers.findIndex(isMap);
  const others = layers.filter((layer) => !isMap(layer));
  if (at >= 0) return [...others.slice(0, at), ...maps, ...others.slice(at)];
  const hides =
    maps.length > 0 && others.some(({ role }) => role === 'picture');
  return [
    ...maps,
    ...others.map((layer) =>
      hides && layer.id === cube
        ? { ...layer, style: { ...layer.style, visible: false } }
        : layer,
    ),
  ];
}

/** Layers in another order, top-most first. Locked ones keep their places, and the maps of a cube stay together, where the first of them is. */
export function ordered(
  layers: readonly LayerEntry[],
  ids: readonly string[],
): LayerEntry[] {
  const place = ({ id }: LayerEntry): number => {
    const at = ids.indexOf(id);
    return at < 0 ? ids.length : at;
  };
  const free = layers
    .filter(({ locked }) => !locked)
    .sort((a, b) => place(a) - place(b));
  const sorted = layers.map((layer) =>
    layer.locked ? layer : (free.shift() ?? layer),
  );
  const seen = new Set<string>();
  return sorted.flatMap((layer) => {
    if (layer.role !== 'abundance') return [layer];
    if (seen.has(layer.owner)) return [];
    seen.add(layer.owner);
    return sorted.filter(
      ({ role, owner }) => role === 'abundance' && owner === layer.owner,
    );
  });
}

/** Whether the maps must be blended by us, and why. */
export function compositeOf(
  chosen: boolean,
  layers: readonly LayerEntry[],
  capabilities: ReadonlySet<Capability>,
): SessionState['composite'] {
  const adds = layers.some(
    ({ role, style }) => role === 'abundance' && style.blending === 'additive',
  );
  const reason = !capabilities.has('ordered-layers')
    ? insteadOf['ordered-layers']
    : adds && !capabilities.has('additive')
      ? insteadOf.additive
      : null;
  return { on: chosen || reason !== null, reason };
}

/** All maps of one cube, bottom last, as one layer. */
export function blend(maps: readonly LayerEntry[]): Layer {
  const [{ owner, geometry, style }] = maps;
  return {
    id: blendId(owner),
    name: numbered('Abundances', owner),
    image: composite([...maps].reverse()),
    geometry,
    style: {
      ...layerStyleDefaults,
      opacity: 1,
      interpolation: style.interpolation,
    },
  };
}

/** What the host shall draw, bottom first. A blend is made anew only when a map of its cube changed since the last. */
export class Drawing {
  #blends: ReadonlyMap<
    string,
    { readonly maps: readonly LayerEntry[]; readonly blend: Layer }
  > = new Map();

  of(layers: readonly LayerEntry[], blends: boolean): Layer[] {
    if (!blends) {
      this.#blends = new Map();
      return [...layers].reverse();
    }
    const maps = layers.filter(({ role }) => role === 'abundance');
    this.#blends = new Map(
      [...new Set(maps.map(({ owner }) => owner))].map((owner) => [
        owner,
        this.#blend(ownLayers(maps, owner), owner),
      ]),
    );
    const drawn = new Set<string>();
    return layers
      .flatMap((layer): Layer[] => {
        if (layer.role !== 'abundance') return [layer];
        const { owner } = layer;
        const blended = this.#blends.get(owner)?.blend;
        if (!blended || drawn.has(owner)) return [];
        drawn.add(owner);
        return [blended];
      })
      .reverse();
  }

  #blend(maps: readonly LayerEntry[], owner: string) {
    const known = this.#blends.get(owner);
    const same =
      maps.length === known?.maps.length &&
      maps.every((map, i) => map === known.maps[i]);
    return same ? known : { maps, blend: blend(maps) };
  }
}
