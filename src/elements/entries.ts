import type { CubeSummary } from '../engine/protocol.js';
import type { Capability } from '../hosts/host.js';
import { parseHex } from '../imaging/colour.js';
import { composite } from '../imaging/composite.js';
import { cubeImage } from '../imaging/cube-image.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { Layer } from '../imaging/layer.js';
import type { CubeImage, Picture } from '../spectral/cube.js';
import { formatPosition } from './format.js';
import { insteadOf } from './instead.js';
import type { CubeDisplay, LayerEntry, SessionState } from './state.js';

export const cubeLayerId = 'cube';
/** Of the layer that all abundances are blended into. */
export const blendId = 'abundances';

/** The cube as a picture, in false colour or as one band. */
export function cubeEntry(
  summary: CubeSummary,
  image: CubeImage,
  display: CubeDisplay,
  before: LayerEntry | undefined,
): LayerEntry {
  const { width, height, mask, axis, geometry } = summary;
  const band =
    display.mode === 'band'
      ? `, ${formatPosition(axis.values[display.band], axis.unit)}`
      : '';
  return {
    id: cubeLayerId,
    role: 'cube',
    endmember: null,
    name: `Cube${band}`,
    image: cubeImage(image, width, height, mask),
    owner: cubeLayerId,
    source: geometry,
    geometry,
    locked: before?.locked ?? false,
    style: before?.style ?? { ...layerStyleDefaults, opacity: 1 },
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

/**
 * One map for each endmember, with the styles and the order of the maps before where those are known.
 * @param abundances N x R
 */
export function abundanceEntries(
  { width, height, geometry }: CubeSummary,
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
    const known = before.find((layer) => layer.endmember === endmember);
    return {
      id: `abundance-${endmember}`,
      role: 'abundance',
      endmember,
      name,
      image: { kind: 'map', width, height, values },
      owner: cubeLayerId,
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
 * Puts the maps in place of those before, on top where there were none. The first maps make room for the picture beneath:
 * colour is theirs then, and a cube in false colour would hide it.
 */
export function withAbundances(
  layers: readonly LayerEntry[],
  maps: readonly LayerEntry[],
): LayerEntry[] {
  const at = layers.findIndex(({ role }) => role === 'abundance');
  const others = layers.filter(({ role }) => role !== 'abundance');
  if (at >= 0) return [...others.slice(0, at), ...maps, ...others.slice(at)];
  const hides =
    maps.length > 0 && others.some(({ role }) => role === 'picture');
  return [
    ...maps,
    ...others.map((layer) =>
      hides && layer.role === 'cube'
        ? { ...layer, style: { ...layer.style, visible: false } }
        : layer,
    ),
  ];
}

/** Layers in another order, top-most first. The maps stay together, where the first of them is. */
export function ordered(
  layers: readonly LayerEntry[],
  ids: readonly string[],
): LayerEntry[] {
  const place = ({ id }: LayerEntry): number => {
    const at = ids.indexOf(id);
    return at < 0 ? ids.length : at;
  };
  const sorted = [...layers].sort((a, b) => place(a) - place(b));
  const first = sorted.findIndex(({ role }) => role === 'abundance');
  return withAbundances(
    sorted.filter(({ role }, i) => role !== 'abundance' || i === first),
    sorted.filter(({ role }) => role === 'abundance'),
  );
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

/** All maps, bottom last, as one layer. */
export function blend(maps: readonly LayerEntry[]): Layer {
  return {
    id: blendId,
    name: 'Abundances',
    image: composite([...maps].reverse()),
    geometry: maps[0].geometry,
    style: {
      ...layerStyleDefaults,
      opacity: 1,
      interpolation: maps[0].style.interpolation,
    },
  };
}

/** What the host shall draw, bottom first. A blend is made anew only when a map changed since the last. */
export class Drawing {
  #maps: readonly LayerEntry[] = [];
  #blend: Layer | null = null;

  of(layers: readonly LayerEntry[], blends: boolean): Layer[] {
    const maps = layers.filter(({ role }) => role === 'abundance');
    if (!blends || maps.length === 0) {
      this.#blend = null;
      return [...layers].reverse();
    }
    const same =
      maps.length === this.#maps.length &&
      maps.every((map, i) => map === this.#maps[i]);
    if (!this.#blend || !same) this.#blend = blend(maps);
    this.#maps = maps;
    const blended = this.#blend;
    return layers
      .flatMap((layer): Layer[] =>
        layer.role !== 'abundance'
          ? [layer]
          : layer === maps[0]
            ? [blended]
            : [],
      )
      .reverse();
  }
}
