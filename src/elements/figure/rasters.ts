import type { Layer, LayerImage } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { PlacedRaster, Raster } from '../../session/figure/figure.js';
import type { SessionState } from '../state.js';
import { type Plane, placing } from './plane.js';

/** Places along the colours of a map. */
const barSteps = 128;

/** The finished pixels of layers; they are made anew only where the image or its look changed. */
export class Rasters {
  readonly #kept = new WeakMap<
    LayerImage,
    { readonly layer: Layer; readonly raster: Raster }
  >();

  of(layer: Layer): Raster {
    const { image, geometry } = layer;
    const kept = this.#kept.get(image);
    if (kept && sameLook({ ...kept.layer, geometry }, layer))
      return kept.raster;
    const raster = renderLayer(layer);
    this.#kept.set(image, { layer, raster });
    return raster;
  }
}

/** Layers as a figure takes them, in the same order. */
export const placedIn = (
  plane: Plane,
  layers: readonly Layer[],
  rasters: Rasters,
  { capabilities }: SessionState['viewer'],
): PlacedRaster[] =>
  layers.map((layer) => ({
    raster: rasters.of(layer),
    at: placing(plane, layer.geometry),
    smooth: layer.style.interpolation === 'linear',
    // Elsewhere such layers are drawn over what is beneath, too.
    additive:
      layer.style.blending === 'additive' && capabilities.has('additive'),
  }));

/** What a map makes of the values from its low limit to its high one, in one row, at full opacity. */
export function barRaster({ style, ...layer }: Layer): Raster {
  const [low, high] = style.limits;
  const values = Float32Array.from(
    { length: barSteps },
    (_, i) => low + ((high - low) * i) / (barSteps - 1),
  );
  return renderLayer({
    ...layer,
    image: { kind: 'map', width: barSteps, height: 1, values },
    style: { ...style, opacity: 1, visible: true },
  });
}
