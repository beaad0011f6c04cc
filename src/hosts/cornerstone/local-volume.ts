import { indexToWorld, transposeDirection } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { cacheImage, newId, type Place } from './drawn.js';
import type { Slab } from './slab.js';
import type { AlphaFunction, CachedVolume, ColourFunction } from './viewer.js';
import type { View, VolumeActor } from './viewer.js';

/** vtk.js's maximum intensity: in the blend mode that cornerstone sets by default, alpha shrinks with the slab's thickness. */
const maximumIntensity = 1;

/** Steps along a ray, mm: so long that one sample is taken. Opacity is meant for this step, too, so that none is taken off. */
const step = 1e5;

/** Leave values from 0 to 255 as they are. */
export interface Functions {
  readonly colours: ColourFunction;
  readonly alpha: AlphaFunction;
}

/** A volume of one slice of finished colours that only we know of, and its actor. */
export interface LocalVolume {
  readonly id: string;
  readonly volume: CachedVolume;
  readonly actor: VolumeActor;
  readonly functions: Functions;
  /** What it is drawn with. */
  readonly view: View;
}

/** @param pixels RGBA, kept and not copied */
export async function makeVolume(
  { cornerstone, viewport }: Place,
  layer: Layer,
  slab: Slab,
  pixels: Uint8Array,
): Promise<LocalVolume> {
  const { image, geometry } = layer;
  const { spacing, direction } = geometry;
  const columns = transposeDirection(direction);
  const middle = (slab.low + slab.high) / 2 / spacing[2];
  const id = newId(layer);
  const volume = new cornerstone.ImageVolume({
    volumeId: id,
    metadata: { FrameOfReferenceUID: viewport.getFrameOfReferenceUID() },
    dimensions: [image.width, image.height, 1],
    spacing: [spacing[0], spacing[1], slab.high - slab.low],
    origin: indexToWorld(geometry, [0, 0, middle]),
    direction: columns,
    imageIds: [cacheImage(cornerstone, id, layer, pixels, columns)],
    dataType: 'Uint8Array',
    numberOfComponents: 4,
  });
  cornerstone.cache.putVolumeSync(id, volume);
  const actor = await cornerstone.createVolumeActor(
    { volumeId: id, blendMode: maximumIntensity },
    viewport.element,
    viewport.id,
    true,
  );
  volume.modified();
  const [view] = viewport.getRenderer().getVTKWindow().getViews();
  return { id, volume, actor, functions: showColours(actor), view };
}

/** Leaves nothing of it in the cache and on the GPU, where cornerstone keeps what removed actors were drawn with. */
export function dropVolume(
  { cornerstone: { cache } }: Place,
  { volume, actor, view }: LocalVolume,
): void {
  const { volumeId, imageIds, vtkOpenGLTexture } = volume;
  if (cache.getVolume(volumeId)) cache.removeVolumeLoadObject(volumeId);
  for (const id of imageIds)
    if (cache.getImage(id)) cache.removeImageLoadObject(id, { force: true });
  const node = view.getViewNodeFor(actor.getMapper());
  if (node) {
    const { jitterTexture, ...sources } = node.get(
      '_colorTextureCore',
      '_opacityTextureCore',
      '_labelOutlineThicknessTextureCore',
      'jitterTexture',
    );
    for (const source of Object.values<object | undefined>(sources))
      if (source) view.unregisterGraphicsResourceUser(source, node);
    jitterTexture?.releaseGraphicsResources(view);
  }
  vtkOpenGLTexture.releaseGraphicsResources(view);
  vtkOpenGLTexture.delete();
}

/** Takes components as they are: red, green, blue and alpha. */
function showColours(actor: VolumeActor): Functions {
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
  return { colours, alpha };
}
