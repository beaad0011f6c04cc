import { type Affine, placed } from '../imaging/affine.js';
import type { Geometry } from '../spectral/cube.js';
import type { LayerEntry, SessionState } from './state.js';

/** Where each geometry was last moved to: the same object as long as the map is the same, so that nothing is drawn anew. */
const known = new WeakMap<
  Geometry,
  { readonly map: Affine; readonly geometry: Geometry }
>();

/** A geometry as moved by the placement of the cube or picture it belongs to. */
export function placedGeometry(
  source: Geometry,
  map: Affine | undefined,
): Geometry {
  if (!map) return source;
  const last = known.get(source);
  if (last?.map === map) return last.geometry;
  const geometry = placed(source, map);
  known.set(source, { map, geometry });
  return geometry;
}

/** Layers where the placements of their owners put them; those that stay are the same objects. */
export function placedLayers(
  layers: readonly LayerEntry[],
  placements: SessionState['placements'],
): readonly LayerEntry[] {
  return layers.map((layer) => {
    const { source, owner } = layer;
    const geometry = placedGeometry(source, placements[owner]);
    return geometry === layer.geometry ? layer : { ...layer, geometry };
  });
}

/** Where the cube that the panel is about lies, moved by its placement; null while none is open. */
export function cubeGeometry({
  cube,
  active,
  placements,
}: Pick<SessionState, 'cube' | 'active' | 'placements'>): Geometry | null {
  return cube.state === 'ready'
    ? placedGeometry(cube.summary.geometry, placements[active])
    : null;
}

/** The unit of the session's world: that of the images that are there, but for those of one owner; null while none is known. */
export const worldUnit = (
  layers: readonly LayerEntry[],
  owner: string,
): Geometry['unit'] =>
  layers.find((layer) => layer.owner !== owner && layer.source.unit !== null)
    ?.source.unit ?? null;

/** Whether an image was brought onto another, or another onto it: what was said of their places rests on their size. */
export const isRegistered = (
  {
    placements,
    registrations,
  }: Pick<SessionState, 'placements' | 'registrations'>,
  owner: string,
): boolean =>
  owner in placements ||
  registrations.some(
    ({ moving, fixed, landmarks }) =>
      landmarks.length > 0 && [moving, fixed].includes(owner),
  );

/** The placements of all images but one. */
export const placementsWithout = (
  placements: SessionState['placements'],
  owner: string,
): SessionState['placements'] =>
  Object.fromEntries(
    Object.entries(placements).filter(([other]) => other !== owner),
  );
