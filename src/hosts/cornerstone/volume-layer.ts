import { samePlace } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { DrawnLayer, Place } from './drawn.js';
import { dropVolume, makeVolume, type LocalVolume } from './local-volume.js';
import { sameSlab, type Slab } from './slab.js';
import type { ActorEntry } from './viewer.js';

/**
 * A layer in a viewport of volumes: a local volume of one slice of finished colours, as thick as the volume that it belongs
 * to, so that it shows on each of its slices, and is cut as they are in other views.
 *
 * That colours are exact takes: four components that depend on each other, so that the fourth is alpha; transfer functions
 * from 0 to 255 in both; maximum intensity and one sample a ray; and `modified()`, without which 5.14 never sends a local
 * volume's values to the GPU. The actor is made by `createVolumeActor`, which `addVolumesToViewports` calls: the latter hides
 * every volume that is not given `visibility: true`, and remembers its id in the viewport for ever.
 */
export class VolumeLayer implements DrawnLayer {
  /** What the pixels were made from. */
  #drawn: Layer | null;
  readonly entry: ActorEntry;

  private constructor(
    readonly place: Place,
    public layer: Layer,
    readonly slab: Slab,
    readonly local: LocalVolume,
    readonly pixels: Uint8Array,
  ) {
    const { id, actor } = local;
    this.entry = { uid: id, actor, referencedId: id };
    this.#drawn = layer.style.visible ? layer : null;
    this.#style();
  }

  /** @throws UnmixingError `input` when the layer cannot be drawn; then nothing is done */
  static async make(
    place: Place,
    layer: Layer,
    slab: Slab,
  ): Promise<VolumeLayer> {
    const pixels = new Uint8Array(renderLayer(layer).data.buffer);
    const local = await makeVolume(place, layer, slab, pixels);
    return new VolumeLayer(place, layer, slab, local, pixels);
  }

  redraw(layer: Layer, slab: Slab): boolean {
    const { image, geometry } = this.layer;
    if (
      !sameSlab(slab, this.slab) ||
      layer.image.width !== image.width ||
      layer.image.height !== image.height ||
      !samePlace(layer.geometry, geometry)
    )
      return false;
    if (layer.style.visible && !sameLook(this.#drawn, layer)) {
      this.pixels.set(renderLayer(layer).data);
      this.local.volume.modified();
      this.#drawn = layer;
    }
    this.layer = layer;
    this.#style();
    return true;
  }

  free(): void {
    dropVolume(this.place, this.local);
  }

  #style(): void {
    const { visible, interpolation } = this.layer.style;
    const { actor } = this.local;
    actor.setVisibility(visible);
    actor
      .getProperty()
      .setInterpolationType(interpolation === 'linear' ? 1 : 0);
  }
}
