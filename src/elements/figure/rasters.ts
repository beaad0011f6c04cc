import type { Layer, LayerImage } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { Raster } from '../../session/figure/figure.js';

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
