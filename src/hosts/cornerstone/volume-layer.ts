import {
  indexToWorld,
  samePlace,
  transposeDirection,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import { cacheImage, newId, type DrawnLayer, type Place } from './drawn.js';
import { sameSlab, type Slab } from './slab.js';
import type { ActorEntry, CachedVolume, VolumeActor } from './viewer.js';

/** vtk.js's maximum intensity: in the blend mode that cornerstone sets by default, alpha shrinks with the slab's thickness. */
const maximumIntensity = 1;

/**
 * Steps along a ray, mm: so long that one sample is taken. Opacity is meant for this step, too, so that none is taken off.
 */
const step = 1e5;

/**
 * A layer in a viewport of volumes: a local volume of one slice of finished colours, as thick as the volume that it belongs
 * to, so that it shows on each of its slices, and cut as they are in other views.
 *
 * That colours are exact takes: four components that depend on each other, so that the fourth is alpha; transfer functions
 * from 0 to 255 in both; maximum intensity and one sample a ray; and `modified()`, without which 5.14 never sends a local
 * volume's values to the GPU. The actor is made by `createVolumeActor`, which `addVolumesToViewports` calls: the latter hides
 * every volume that is not given `visibility: true`, and remembers its id in the viewport for ever.
 */
export class VolumeLayer implements DrawnLayer {
  /** What the pixels were made from. */
  #drawn: Layer | null;

  private constructor(
    readonly place: Place,
    public layer: Layer,
    readonly slab: Slab,
    readonly entry: ActorEntry,
    readonly volume: CachedVolume,
    readonly pixels: Uint8Array,
  ) {
    this.#drawn = layer.style.visible ? layer : null;
    this.#style();
  }

  /** @throws UnmixingError `input` when the layer cannot be drawn; then nothing is done */
  static async make(
    place: Place,
    layer: Layer,
    slab: Slab,
  ): Promise<VolumeLayer> {
    const { cornerstone, viewport } = place;
    const { width, height, data } = renderLayer(layer);
    const pixels = new Uint8Array(data.buffer);
    const { spacing, direction } = layer.geometry;
    const columns = transposeDirection(direction);
    const id = newId(layer);
    const volume = new cornerstone.ImageVolume({
      volumeId: id,
      metadata: { FrameOfReferenceUID: viewport.getFrameOfReferenceUID() },
      dimensions: [width, height, 1],
      spacing: [spacing[0], spacing[1], slab.high - slab.low],
      origin: indexToWorld(layer.geometry, [
        0,
        0,
        (slab.low + slab.high) / 2 / spacing[2],
      ]),
      direction: columns,
      imageIds: [cacheImage(cornerstone, id, layer, pixels, columns)],
      dataType: 'Uint8Array',
      numberOfComponents: 4,
    });
    cornerstone.cache.putVolumeSync(id, volume);
    const actor = await cornerstone.createVolumeActor(
      {
        volumeId: id,
        blendMode: maximumIntensity,
        callback: ({ volumeActor }) => showColours(volumeActor),
      },
      viewport.element,
      viewport.id,
      true,
    );
    volume.modified();
    const entry = { uid: id, actor, referencedId: id };
    return new VolumeLayer(place, layer, slab, entry, volume, pixels);
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
      this.volume.modified();
      this.#drawn = layer;
    }
    this.layer = layer;
    this.#style();
    return true;
  }

  free(): void {
    const { cache } = this.place.cornerstone;
    const { volumeId, imageIds, vtkOpenGLTexture } = this.volume;
    if (cache.getVolume(volumeId)) cache.removeVolumeLoadObject(volumeId);
    for (const id of imageIds)
      if (cache.getImage(id)) cache.removeImageLoadObject(id, { force: true });
    vtkOpenGLTexture.releaseGraphicsResources();
    vtkOpenGLTexture.delete();
  }

  #style(): void {
    const { visible, interpolation } = this.layer.style;
    const actor = this.entry.actor as VolumeActor;
    actor.setVisibility(visible);
    actor
      .getProperty()
      .setInterpolationType(interpolation === 'linear' ? 1 : 0);
  }
}

/** Components as they are: red, green, blue and alpha. */
function showColours(actor: VolumeActor): void {
  const property = actor.getProperty();
  property.setIndependentComponents(false);
  const colours = property.getRGBTransferFunction(0);
  colours.removeAllPoints();
  colours.addRGBPoint(0, 0, 0, 0);
  colours.addRGBPoint(255, 1, 1, 1);
  colours.setMappingRange(0, 255);
  const alpha = property.getScalarOpacity(0);
  alpha.removeAllPoints();
  alpha.addPoint(0, 0);
  alpha.addPoint(255, 1);
  property.setScalarOpacityUnitDistance(0, step);
  actor.getMapper().setSampleDistance(step);
  actor.setPickable(false);
}
