import { formatHex } from '../../imaging/colour.js';
import { isMapLayer } from '../../imaging/difference.js';
import type { MapLayer } from '../../imaging/difference.js';
import { layerStyleDefaults } from '../../imaging/layer.js';
import type { Layer } from '../../imaging/layer.js';
import { endmemberName } from '../../spectral/unmixing.js';
import type { Unmixing } from '../../spectral/unmixing.js';
import { blendId, numbered, ownLayers } from '../entries.js';
import { findRun } from '../runs/kept.js';
import { runBlend } from '../runs/run-blend.js';
import type { KeptRun, LayerEntry, SessionState } from '../state.js';
import { seenId } from './choices.js';

/** Something that can be compared. */
export interface Subject {
  readonly name: string;
  /** Its own layers, bottom first; all are visible. */
  readonly own: readonly Layer[];
  /** What maps lie on, bottom first: the pictures that are shown. Pictures and cubes themselves lie on nothing. */
  readonly ground: readonly Layer[];
  /** The map of the same material; null where it has none, and for what is no result. */
  readonly map: (of: Material) => MapLayer | null;
}

/** An endmember of the result on show, as it is found again in another. */
export interface Material {
  readonly endmember: number;
  readonly name: string;
  /** As #rrggbb. */
  readonly colour: string;
  /** How many endmembers there are beside it, with itself. */
  readonly count: number;
}

/**
 * Which of several endmembers is a material: the one of its colour, as endmembers that match have one colour in all results; of its
 * name, when it has one of its own; or in its place among as many.
 */
function placeOf(
  { endmember, name, colour, count }: Material,
  names: readonly string[],
  colours: readonly string[],
): number | null {
  const coloured = colours.findIndex(
    (one) => one.toUpperCase() === colour.toUpperCase(),
  );
  if (coloured >= 0) return coloured;
  const named = name === endmemberName(endmember) ? -1 : names.indexOf(name);
  if (named >= 0) return named;
  return names.length === count ? endmember : null;
}

const shown = new WeakMap<LayerEntry, LayerEntry>();

/** A layer as it is when it is shown: the same object as long as it stays the same. */
function visible(layer: LayerEntry): LayerEntry {
  if (layer.style.visible) return layer;
  const known = shown.get(layer);
  if (known) return known;
  const made = { ...layer, style: { ...layer.style, visible: true } };
  shown.set(layer, made);
  return made;
}

const upwards = <T>(topFirst: readonly T[]): readonly T[] =>
  topFirst.toReversed();

/** Maps of a result are seen on what lies beneath them. */
const groundOf = ({ layers }: SessionState): readonly Layer[] =>
  upwards(
    layers.filter(
      ({ role, style }) =>
        (role === 'picture' || role === 'cube') && style.visible,
    ),
  );

const noMap = (): null => null;

/** What is meant by an id: `seen`, a layer, `<cube>/abundances`, or `run:<id>`; null once it is gone. */
export function subjectOf(state: SessionState, id: string): Subject | null {
  const { layers } = state;
  if (id === seenId) {
    const own = upwards(layers.filter(({ style }) => style.visible));
    return own.length > 0
      ? { name: 'What is seen', own, ground: [], map: noMap }
      : null;
  }
  if (id.startsWith('run:')) return runSubject(state, id.slice(4));
  const owner = layers.find((one) => blendId(one.owner) === id)?.owner;
  if (owner !== undefined) return abundancesSubject(state, owner);
  const layer = layers.find((one) => one.id === id);
  if (!layer) return null;
  const isMap = layer.role === 'abundance' || layer.role === 'diagnostic';
  return {
    name: layer.name,
    own: [visible(layer)],
    ground: isMap ? groundOf(state) : [],
    map: noMap,
  };
}

/** All abundances of a cube: those that are shown, or all while none is. */
function abundancesSubject(state: SessionState, owner: string): Subject | null {
  const maps = ownLayers(state.layers, owner).filter(
    ({ role }) => role === 'abundance',
  );
  if (maps.length === 0) return null;
  const inPlace = maps.toSorted(
    (a, b) => (a.endmember ?? 0) - (b.endmember ?? 0),
  );
  const some = maps.filter(({ style }) => style.visible);
  return {
    name: numbered('Abundances', owner),
    own: upwards(some.length > 0 ? some : maps.map(visible)),
    ground: groundOf(state),
    map: (material) => {
      const at = placeOf(
        material,
        inPlace.map(({ name }) => name),
        inPlace.map(({ style }) => formatHex(style.colour)),
      );
      const found = at === null ? null : inPlace[at];
      return found && isMapLayer(found) ? visibleMap(found) : null;
    },
  };
}

const visibleMap = (layer: MapLayer): MapLayer => ({
  ...layer,
  style: { ...layer.style, visible: true },
});

function runSubject(state: SessionState, id: string): Subject | null {
  const found = findRun(state, id);
  const blend = runBlend(state, id);
  if (!found || !blend) return null;
  const { run, name } = found;
  return {
    name,
    own: [blend],
    ground: groundOf(state),
    map: (material) => {
      const at = placeOf(material, run.unmixing.names, run.colours);
      return at === null ? null : runMap(run, blend, at);
    },
  };
}

const runValues = new WeakMap<
  Unmixing['abundances'],
  Map<number, Float32Array>
>();

/** The map of one endmember of a run that need not be on show. */
function runMap(
  { unmixing }: KeptRun,
  { geometry, style }: Layer,
  r: number,
): MapLayer {
  const { names, abundances, width, height } = unmixing;
  const known = runValues.get(abundances) ?? new Map<number, Float32Array>();
  runValues.set(abundances, known);
  const values =
    known.get(r) ??
    Float32Array.from(
      { length: width * height },
      (_, n) => abundances[n * names.length + r],
    );
  known.set(r, values);
  return {
    id: `${r}`,
    name: names[r],
    image: { kind: 'map', width, height, values },
    geometry,
    style: { ...layerStyleDefaults, interpolation: style.interpolation },
  };
}
