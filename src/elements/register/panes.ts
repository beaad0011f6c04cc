import {
  type Affine,
  applyTo,
  identity,
  invert,
} from '../../imaging/affine.js';
import type { Point } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import type { Geometry } from '../../spectral/cube.js';
import { placedGeometry } from '../placements.js';
import type { LayerEntry, SessionState } from '../state.js';
import type { StageGroup, StageMark, StagePane } from '../stage/panes.js';
import type { Place, Side } from './action.js';
import { figuresOf, registrationOf } from './fit.js';
import { frameOf, handlesOf } from './handles.js';
import { type RegisterImage, placementOf } from './images.js';
import { residualWords } from './words.js';

/** The two images, both there. */
export interface TwoImages {
  readonly moving: RegisterImage;
  readonly fixed: RegisterImage;
}

/** Layers put elsewhere: the same objects as long as layer and place are, so that nothing is drawn anew. */
const known = new WeakMap<LayerEntry, Map<Geometry, Layer>>();

function layerAt(entry: LayerEntry, geometry: Geometry): Layer {
  if (entry.geometry === geometry) return entry;
  const places = known.get(entry) ?? new Map<Geometry, Layer>();
  const layer = places.get(geometry) ?? { ...entry, geometry };
  // The last two: before and after.
  known.set(entry, new Map([...[...places].slice(-1), [geometry, layer]]));
  return layer;
}

/** The layers of an image that are visible, or else its own picture, bottom first, where a map puts them. */
function layersOf(
  { layers }: RegisterImage,
  map: Affine | undefined,
): readonly Layer[] {
  const shown = layers.filter(({ style }) => style.visible);
  const all =
    shown.length > 0
      ? shown
      : layers.slice(-1).map((layer) => ({
          ...layer,
          style: { ...layer.style, visible: true },
        }));
  return all
    .map((layer) => layerAt(layer, placedGeometry(layer.source, map)))
    .reverse();
}

const pointAt = ({ source }: RegisterImage, [x, y]: Place): Point => [
  x,
  y,
  source.origin[2],
];

/** Landmarks of one image, as points; `map` takes its file's places to where they are drawn. */
function marksOf(
  side: Side,
  images: TwoImages,
  { registrations, registering }: SessionState,
  map: Affine,
): readonly StageMark[] {
  const image = images[side];
  const other = images[side === 'moving' ? 'fixed' : 'moving'];
  const { landmarks = [] } =
    registrationOf(registrations, images.moving.id, images.fixed.id) ?? {};
  const { pending, selected } = registering;
  const point = (at: Place, index: number, label: string): StageMark => ({
    kind: 'point',
    id: String(index),
    at: pointAt(image, applyTo(map, at)),
    words: String(index + 1),
    label,
    shape: 'round',
    selected: index === selected,
  });
  return [
    ...landmarks.map((pair, i) =>
      point(pair[side], i, `Landmark ${i + 1} in ${image.name}`),
    ),
    ...(pending?.side === side
      ? [
          point(
            pending.at,
            landmarks.length,
            `Landmark ${landmarks.length + 1} in ${image.name}, waits for its place in ${other.name}`,
          ),
        ]
      : []),
  ];
}

/** From where the map takes each mark to where its counterpart lies, with the distance. */
function arrowsOf(
  { moving, fixed }: TwoImages,
  { registrations, placements }: SessionState,
): readonly StageMark[] {
  const registration = registrationOf(registrations, moving.id, fixed.id);
  const map = placementOf(placements, moving);
  if (!registration || !map) return [];
  const { residuals } = figuresOf(registration, placements);
  return registration.landmarks.map((pair, i) => ({
    kind: 'arrow',
    from: pointAt(fixed, applyTo(map, pair.moving)),
    to: pointAt(fixed, applyTo(placements[fixed.id] ?? identity, pair.fixed)),
    words: residualWords(residuals[i], fixed),
  }));
}

/** Where the pointer is, in the world of its pane. */
export interface PointerPlace {
  readonly side: Side;
  readonly at: Place;
}

/** The same place in the other image, once there is a map. */
function counterpart(
  { moving }: TwoImages,
  { placements }: SessionState,
  { side, at }: PointerPlace,
): Place | null {
  const map = placementOf(placements, moving);
  return map && applyTo(side === 'moving' ? map : invert(map), at);
}

/** Both images side by side: the one that is moved as its file has it, so that it stays while the map is found. */
export function landmarkPanes(
  images: TwoImages,
  session: SessionState,
  pointer: PointerPlace | null,
): readonly StagePane[] {
  const map = session.placements[images.fixed.id];
  const other = pointer && counterpart(images, session, pointer);
  const pane = (side: Side, where: Affine | undefined): StagePane => ({
    id: side,
    name: images[side].name,
    groups: [{ layers: layersOf(images[side], where) }],
    marks: [
      ...(side === 'fixed' ? arrowsOf(images, session) : []),
      ...marksOf(side, images, session, where ?? identity),
      ...(other && pointer.side !== side
        ? [{ kind: 'cross', at: pointAt(images[side], other) } as const]
        : []),
    ],
  });
  return [pane('moving', undefined), pane('fixed', map)];
}

/** One image over the other, with handles. */
export const nudgePane = (
  { moving, fixed }: TwoImages,
  { placements }: SessionState,
  opacity: number,
): StagePane => ({
  id: 'nudge',
  name: `${moving.name} over ${fixed.name}`,
  groups: [
    { layers: layersOf(fixed, placements[fixed.id]) },
    { layers: layersOf(moving, placements[moving.id]), opacity },
  ],
  marks: handlesOf(moving, placements[moving.id]),
});

/**
 * A proposed map against the one that is.
 * @param shows both sides of a divider, or one of them everywhere
 */
export function reviewPane(
  { moving, fixed }: TwoImages,
  { placements }: SessionState,
  proposed: Affine,
  opacity: number,
  shows: 'both' | 'before' | 'after',
): StagePane {
  const before = placements[moving.id];
  const over = (
    map: Affine | undefined,
    side?: StageGroup['side'],
  ): StageGroup => ({
    layers: layersOf(moving, map),
    opacity,
    ...(side && { side }),
  });
  return {
    id: 'review',
    name: `${moving.name} over ${fixed.name}, before and after`,
    groups: [
      { layers: layersOf(fixed, placements[fixed.id]) },
      ...(shows === 'both'
        ? [over(before, 'first'), over(proposed, 'second')]
        : [over(shows === 'before' ? before : proposed)]),
    ],
    marks: [
      {
        kind: 'outline',
        points: frameOf(moving, shows === 'before' ? before : proposed),
      },
    ],
  };
}
