import type { Layer } from '../../imaging/layer.js';
import type { Slab } from './slab.js';
import type { ActorEntry, Cornerstone, Viewport } from './viewer.js';

/** One layer as an actor of cornerstone's. */
export interface DrawnLayer {
  readonly layer: Layer;
  /** What a viewport is given to draw it. */
  readonly entry: ActorEntry;
  /** Draws another image, style or place with the same actor; false, and nothing is done, where it needs another one. */
  redraw(layer: Layer, slab: Slab): boolean;
  /** Leaves nothing of it in cornerstone's cache. The actor is out of the viewport before. */
  free(): void;
}

/** Where layers are drawn. */
export interface Place {
  readonly cornerstone: Cornerstone;
  readonly viewport: Viewport;
}

/** Begins the ids of everything of ours in cornerstone's cache. */
const prefix = 'stratigraph:';

export const isOurs = (id: string): boolean => id.startsWith(prefix);

let count = 0;

/** An id that was not given before. */
export const newId = (layer: Layer): string =>
  `${prefix}${++count}/${layer.id}`;

/**
 * Puts the pixels of a layer into the cache as an image of its own. Its id begins as those of images that cornerstone
 * derives: for others it would ask an image loader.
 * @param pixels RGBA, kept and not copied
 */
export function cacheImage(
  { imageLoader, utilities }: Cornerstone,
  id: string,
  { image: { width, height }, geometry }: Layer,
  pixels: Uint8Array,
  direction: readonly number[],
): string {
  const imageId = `derived:${id}`;
  const { origin, spacing } = geometry;
  utilities.genericMetadataProvider.add(imageId, {
    type: 'generalSeriesModule',
    metadata: { modality: 'OT' },
  });
  const image = imageLoader.createAndCacheLocalImage(imageId, {
    scalarData: pixels,
    dimensions: [width, height],
    spacing: [spacing[0], spacing[1]],
    origin: [...origin],
    direction,
    targetBuffer: { type: 'Uint8Array' },
  });
  image.numberOfComponents = 4;
  return imageId;
}
