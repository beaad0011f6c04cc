import { autoShares, sampledValues } from '../../imaging/auto-limits.js';
import {
  colourDifference,
  isMapLayer,
  mapDifference,
} from '../../imaging/difference.js';
import type { MapLayer } from '../../imaging/difference.js';
import { layerStyleDefaults } from '../../imaging/layer.js';
import type { Layer } from '../../imaging/layer.js';
import { type Pace, keepPace } from '../../spectral/pace.js';
import type { LayerEntry, SessionState } from '../state.js';
import type { Subject } from './subjects.js';

/** What a difference is taken of. */
export type Sides =
  | {
      readonly kind: 'maps';
      readonly first: MapLayer;
      readonly second: MapLayer;
      /** What is subtracted, where the subjects hold more than that. */
      readonly of: string | null;
      /** Of the values; empty for shares. */
      readonly unit: string;
    }
  | {
      readonly kind: 'colours';
      readonly first: readonly Layer[];
      readonly second: readonly Layer[];
    };

const unitOf = (layer: Layer): string =>
  'unit' in layer && typeof layer.unit === 'string' ? layer.unit : '';

/** Whether two layers hold values that may be subtracted. */
const alike = (a: LayerEntry | Layer, b: LayerEntry | Layer): boolean =>
  roleOf(a) === roleOf(b) && unitOf(a) === unitOf(b);
const roleOf = (layer: Layer): unknown => ('role' in layer ? layer.role : '');

/**
 * Values where both are maps of one quantity, or results: then the shares of the endmember that the user turned to, else the first.
 * Colours for all else.
 */
export function sidesOf(
  first: Subject,
  second: Subject,
  {
    selected,
    unmixing,
    colours,
  }: Pick<SessionState, 'selected' | 'unmixing' | 'colours'>,
): Sides {
  const endmember = selected ?? 0;
  const names = unmixing?.names ?? [];
  const name = names.at(endmember) ?? '';
  const colour = colours.at(endmember) ?? '';
  const count = names.length;
  const maps = [first, second].map(({ map }) =>
    map({ endmember, name, colour, count }),
  );
  if (maps[0] && maps[1])
    return {
      kind: 'maps',
      first: maps[0],
      second: maps[1],
      of: name || maps[0].name,
      unit: '',
    };
  const [one, other] = [first, second].map(({ own }) =>
    own.length === 1 ? own[0] : null,
  );
  if (one && other && isMapLayer(one) && isMapLayer(other) && alike(one, other))
    return {
      kind: 'maps',
      first: one,
      second: other,
      of: null,
      unit: unitOf(one),
    };
  return {
    kind: 'colours',
    first: [...first.ground, ...first.own],
    second: [...second.ground, ...second.own],
  };
}

/** Whether the difference of these is that of those, so that it need not be made anew. */
export function sameSides(a: Sides | null, b: Sides): boolean {
  if (a?.kind === 'maps' && b.kind === 'maps')
    return samePlaced(a.first, b.first) && samePlaced(a.second, b.second);
  if (a?.kind !== 'colours' || b.kind !== 'colours') return false;
  const same = (one: readonly Layer[], other: readonly Layer[]): boolean =>
    one.length === other.length && one.every((layer, i) => layer === other[i]);
  return same(a.first, b.first) && same(a.second, b.second);
}

const samePlaced = (a: MapLayer, b: MapLayer): boolean =>
  a.image.values === b.image.values &&
  a.geometry === b.geometry &&
  a.style.interpolation === b.style.interpolation;

/** The difference as a layer on the grid of the first: values from blue over grey to orange, about zero; colours as they are apart. */
export async function differenceLayer(
  sides: Sides,
  pace: Pace = keepPace(),
): Promise<Layer> {
  if (sides.kind === 'maps') {
    const { first, second } = sides;
    const image = await mapDifference(first, second, pace);
    return {
      ...drawn,
      image,
      geometry: first.geometry,
      style: {
        ...drawn.style,
        colourMap: 'balance',
        limits: limitsOf(image, first),
        threshold: -Infinity,
        interpolation: first.style.interpolation,
      },
    };
  }
  const [{ image, geometry, style }] = sides.first;
  const { width, height } = image;
  return {
    ...drawn,
    image: await colourDifference(
      sides.first,
      sides.second,
      { width, height, geometry },
      pace,
    ),
    geometry,
    style: { ...drawn.style, interpolation: style.interpolation },
  };
}

/** Least limit, as a share of the largest value: what is less is rounding and noise, and shall look like it. */
const leastSeen = 0.01;

/** About zero: so wide that few values lie outside. */
function limitsOf(
  difference: Parameters<typeof sampledValues>[0],
  { image: { values } }: MapLayer,
): readonly [number, number] {
  const sizes = sampledValues(difference).map(Math.abs).toSorted();
  const most = sizes.at(Math.round(autoShares[1] * (sizes.length - 1))) ?? 0;
  const largest = values.reduce(
    (high, value) => (Math.abs(value) > high ? Math.abs(value) : high),
    0,
  );
  const high = Math.max(most, leastSeen * largest) || 1;
  return [-high, high];
}

const drawn = {
  id: 'difference',
  name: 'Difference',
  style: { ...layerStyleDefaults, opacity: 1 },
} as const;
