import { composite } from '../imaging/composite.js';
import type { Layer, LayerImage } from '../imaging/layer.js';

/** An image at another size, nearest pixel, its middle part where the proportions differ. */
function reduced(image: LayerImage, width: number, height: number): LayerImage {
  const scale = Math.min(image.width / width, image.height / height);
  const left = (image.width - scale * width) / 2;
  const top = (image.height - scale * height) / 2;
  const source = Uint32Array.from({ length: width * height }, (_, i) => {
    const x = Math.floor(left + scale * ((i % width) + 0.5));
    const y = Math.floor(top + scale * (Math.floor(i / width) + 0.5));
    return (
      Math.min(image.height - 1, Math.max(0, y)) * image.width +
      Math.min(image.width - 1, Math.max(0, x))
    );
  });
  if (image.kind === 'map')
    return {
      ...image,
      width,
      height,
      values: Float32Array.from(source, (n) => image.values[n]),
    };
  if (image.kind === 'classes')
    return {
      ...image,
      width,
      height,
      classes: Uint8Array.from(source, (n) => image.classes[n]),
    };
  const data = new Uint8ClampedArray(4 * source.length);
  source.forEach((n, i) =>
    data.set(image.data.subarray(4 * n, 4 * n + 4), 4 * i),
  );
  return { kind: 'rgba', width, height, data };
}

/** Layers as a canvas takes them, bottom first, at its size. */
export function drawReduced(
  canvas: HTMLCanvasElement,
  layers: readonly Layer[],
): void {
  // In memory: on a GPU that is busy training or drawing, the page would wait for it at each of these.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  if (layers.length === 0) return;
  const { data } = composite(
    layers.map((layer) => ({
      ...layer,
      image: reduced(layer.image, width, height),
    })),
  );
  const picture = context.createImageData(width, height);
  picture.data.set(data);
  context.putImageData(picture, 0, 0);
}

/** Whether a list of layers is another than before, for Lit. */
export const otherLayers = (
  now: readonly Layer[],
  before?: readonly Layer[],
): boolean =>
  now.length !== before?.length || now.some((layer, i) => layer !== before[i]);
