import { type Affine, applyTo, identity } from '../../imaging/affine.js';
import { axisVector, indexToWorld } from '../../imaging/geometry.js';
import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import type { LayerEntry, SessionState } from '../state.js';
import type { Place } from './action.js';

/** A cube or a picture that can be registered. */
export interface RegisterImage {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Where its file puts it. */
  readonly source: Geometry;
  /** Top-most first. */
  readonly layers: readonly LayerEntry[];
  /** One of its layers is held against changes. */
  readonly locked: boolean;
}

/** All cubes and pictures that are drawn, top-most first. */
export function imagesOf({
  layers,
  cubes,
}: Pick<SessionState, 'layers' | 'cubes'>): readonly RegisterImage[] {
  return [...new Set(layers.map(({ owner }) => owner))].map((id) => {
    const own = layers.filter(({ owner }) => owner === id);
    const [{ name, image, source }] = own;
    return {
      id,
      name: cubes.find((cube) => cube.id === id)?.name ?? name,
      width: image.width,
      height: image.height,
      source,
      layers: own,
      locked: own.some(({ locked }) => locked),
    };
  });
}

/** The two images that the registration is about; null for one that there is not. */
export interface ImagePair {
  readonly moving: RegisterImage | null;
  readonly fixed: RegisterImage | null;
}

/** As chosen; else the cube of the panel onto the picture at the bottom. */
export function pairOf({
  layers,
  cubes,
  active,
  registering,
}: Pick<
  SessionState,
  'layers' | 'cubes' | 'active' | 'registering'
>): ImagePair {
  const images = imagesOf({ layers, cubes });
  const byId = (id: string): RegisterImage | undefined =>
    images.find((image) => image.id === id);
  const moving = byId(registering.moving) ?? byId(active) ?? images.at(0);
  const others = images.filter((image) => image !== moving);
  const fixed =
    others.find(({ id }) => id === registering.fixed) ??
    others.findLast(({ layers: own }) => own[0].role === 'picture') ??
    others.at(-1);
  return { moving: moving ?? null, fixed: fixed ?? null };
}

/** The middle of an image, where its file puts it. */
export const middleOf = ({ source, width, height }: RegisterImage): Place => {
  const [x, y] = indexToWorld(source, [(width - 1) / 2, (height - 1) / 2, 0]);
  return [x, y];
};

/** Length of a pixel in the world, after its placement: the shorter of its sides. */
export function pixelOf({ source }: RegisterImage, map?: Affine): number {
  const [a, b, , d, e] = map ?? identity;
  return Math.min(
    ...[0, 1].map((axis) => {
      const [x, y] = axisVector(source, axis);
      return Math.hypot(...applyTo([a, b, 0, d, e, 0], [x, y]));
    }),
  );
}

/** Both files give a unit, and a place other than the corner of nothing: they may be stage coordinates. */
export const onStage = ({ moving, fixed }: ImagePair): boolean =>
  [moving, fixed].every(
    (image) =>
      image !== null &&
      image.source.unit !== null &&
      image.source.origin
        .slice(0, 2)
        .some((at, axis) => at !== unitGeometry.origin[axis]),
  );

/** Where an image was moved to; null where it lies as its file has it. */
export const placementOf = (
  placements: SessionState['placements'],
  { id }: RegisterImage,
): Affine | null => (Object.hasOwn(placements, id) ? placements[id] : null);
