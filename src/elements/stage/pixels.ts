import type { Layer, LayerImage } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';

/** A layer at full opacity, as it is kept: the canvas applies the opacity. */
const whole = (layer: Layer): Layer => ({
  ...layer,
  style: { ...layer.style, opacity: 1, visible: true },
});

interface Kept {
  readonly layer: Layer;
  readonly canvas: OffscreenCanvas;
}

/** The pixels of layers as canvases. One is made anew only when the image or its look changed; opacity and place are no part of it. */
export class LayerPixels {
  readonly #kept = new WeakMap<LayerImage, Kept>();

  /** Null for an image without pixels. */
  of(layer: Layer): OffscreenCanvas | null {
    const { image, geometry } = layer;
    if (image.width < 1 || image.height < 1) return null;
    const wanted = whole(layer);
    const kept = this.#kept.get(image);
    if (kept && sameLook({ ...kept.layer, geometry }, wanted))
      return kept.canvas;
    const canvas =
      kept?.canvas ?? new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) return null;
    const picture = context.createImageData(image.width, image.height);
    picture.data.set(renderLayer(wanted).data);
    context.putImageData(picture, 0, 0);
    this.#kept.set(image, { layer: wanted, canvas });
    return canvas;
  }
}
