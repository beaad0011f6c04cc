import {
  axisVector,
  dot,
  samePlace,
  subtract,
  transposeDirection,
  type Point,
} from '../../imaging/geometry.js';
import { layerStyleDefaults, type Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import { moveCamera } from './camera.js';
import { unitGeometry } from '../../spectral/cube.js';
import { cacheImage, newId, type DrawnLayer, type Place } from './drawn.js';
import { dropVolume, makeVolume, type Functions } from './local-volume.js';
import { slabOf } from './slab.js';
import type {
  ActorEntry,
  Cornerstone,
  ImageActor,
  StackViewport,
} from './viewer.js';

/** Distance between two layers towards the eye, as a share of a pixel's width: each hides none of those below. */
const gap = 1e-3;

/** A layer in a viewport of a stack: an image of finished colours, moved along to the image that is shown. */
export class ImageLayer implements DrawnLayer {
  /** What the pixels were made from. */
  #drawn: Layer | null;

  private constructor(
    readonly cornerstone: Cornerstone,
    public layer: Layer,
    readonly entry: ActorEntry,
    readonly actor: ImageActor,
  ) {
    this.#drawn = layer.style.visible ? layer : null;
    this.#style();
  }

  /** @throws UnmixingError `input` when the layer cannot be drawn; then nothing is done */
  static async make(
    place: Place & { viewport: StackViewport },
    layer: Layer,
  ): Promise<ImageLayer> {
    const { cornerstone, viewport } = place;
    const pixels = new Uint8Array(renderLayer(layer).data.buffer);
    const { colours, alpha } = await functionsOf(place);
    const id = newId(layer);
    const columns = transposeDirection(layer.geometry.direction);
    const imageId = cacheImage(cornerstone, id, layer, pixels, columns);
    const made: ImageActor[] = [];
    const camera = viewport.getCamera();
    viewport.addImages([
      {
        imageId,
        actorUID: id,
        callback: ({ imageActor }) => made.push(imageActor),
      },
    ]);
    viewport.removeActors([id]);
    moveCamera(viewport, camera);
    const [actor] = made;
    actor.setForceOpaque(true);
    actor.setPickable(false);
    // Without functions of its own an image takes two textures more with every change, and frees none.
    const property = actor.getProperty();
    property.setRGBTransferFunction(0, colours);
    property.setPiecewiseFunction(0, alpha);
    const scalars = scalarsOf(actor);
    // Otherwise vtk.js looks at every value for them.
    for (let c = 0; c < 4; c++) scalars.setRange({ min: 0, max: 255 }, c);
    scalars.setRange({ min: 0, max: 510 }, 4);
    fill(actor, pixels);
    const entry = { uid: id, actor, referencedId: imageId };
    return new ImageLayer(cornerstone, layer, entry, actor);
  }

  redraw(layer: Layer): boolean {
    const { image, geometry } = this.layer;
    if (
      layer.image.width !== image.width ||
      layer.image.height !== image.height ||
      !samePlace(layer.geometry, geometry)
    )
      return false;
    if (layer.style.visible && !sameLook(this.#drawn, layer)) {
      fill(this.actor, renderLayer(layer).data);
      this.#drawn = layer;
    }
    this.layer = layer;
    this.#style();
    return true;
  }

  free(): void {
    const { cache } = this.cornerstone;
    const { referencedId: id } = this.entry;
    if (id !== undefined && cache.getImage(id))
      cache.removeImageLoadObject(id, { force: true });
  }

  /**
   * Moves it to the plane of the image that is shown, one gap above that or the layer before.
   * @param rank 0 for the lowest layer
   * @param eye direction towards the eye, of length 1
   * @param shown a point of the plane
   */
  lift(rank: number, eye: Point, shown: Point): void {
    const { geometry } = this.layer;
    const width = Math.hypot(...axisVector(geometry, 0));
    const distance =
      dot(subtract(shown, geometry.origin), eye) + (rank + 1) * gap * width;
    const [x, y, z] = eye;
    this.actor.setPosition(x * distance, y * distance, z * distance);
  }

  #style(): void {
    const { visible, interpolation } = this.layer.style;
    this.actor.setVisibility(visible);
    this.actor
      .getProperty()
      .setInterpolationType(interpolation === 'linear' ? 1 : 0);
  }
}

/** Such functions can only be had with an actor that cornerstone makes: that of a volume of one pixel, made and left. */
async function functionsOf(place: Place): Promise<Functions> {
  const pixel: Layer = {
    id: 'pixel',
    name: '',
    image: {
      kind: 'rgba',
      width: 1,
      height: 1,
      data: new Uint8ClampedArray(4),
    },
    geometry: unitGeometry,
    style: layerStyleDefaults,
  };
  const slab = slabOf(unitGeometry, []);
  const local = await makeVolume(place, pixel, slab, new Uint8Array(4));
  dropVolume(place, local);
  return local.functions;
}

const scalarsOf = (actor: ImageActor) =>
  actor.getMapper().getInputData().getPointData().getScalars();

function fill(actor: ImageActor, pixels: ArrayLike<number>): void {
  const scalars = scalarsOf(actor);
  scalars.getData().set(pixels);
  scalars.modified();
  actor.getMapper().getInputData().modified();
}
