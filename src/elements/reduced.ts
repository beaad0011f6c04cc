import { composite } from '../imaging/composite.js';
import type { Layer, LayerImage } from '../imaging/layer.js';

/** For each of `to` places along a side, the nearest of `from`; of the middle part where `scale` takes no more. */
function nearest(from: number, to: number, scale: number): Uint32Array {
  const before = (from - scale * to) / 2;
  const places = new Uint32Array(to);
  for (let i = 0; i < to; i++)
    places[i] = Math.min(
      from - 1,
      Math.max(0, Math.floor(before + scale * (i + 0.5))),
    );
  return places;
}

/** Takes from an array of `from` pixels a row those in certain columns and rows, of `each` values. */
function pick<Values extends Float32Array | Uint8Array | Uint8ClampedArray>(
  source: Values,
  target: Values,
  from: number,
  columns: Uint32Array,
  rows: Uint32Array,
  each = 1,
): Values {
  let at = 0;
  for (let y = 0; y < rows.length; y++) {
    const row = rows[y] * from;
    for (let x = 0; x < columns.length; x++) {
      const first = (row + columns[x]) * each;
      for (let c = 0; c < each; c++) target[at++] = source[first + c];
    }
  }
  return target;
}

/** An image at another size, nearest pixel, its middle part where the proportions differ. */
export function reduced(
  image: LayerImage,
  width: number,
  height: number,
): LayerImage {
  const scale = Math.min(image.width / width, image.height / height);
  const columns = nearest(image.width, width, scale);
  const rows = nearest(image.height, height, scale);
  const size = { width, height };
  const pixels = width * height;
  if (image.kind === 'map') {
    const target = new Float32Array(pixels);
    const values = pick(image.values, target, image.width, columns, rows);
    return { ...image, ...size, values };
  }
  if (image.kind === 'classes') {
    const target = new Uint8Array(pixels);
    const classes = pick(image.classes, target, image.width, columns, rows);
    return { ...image, ...size, classes };
  }
  const target = new Uint8ClampedArray(4 * pixels);
  const data = pick(image.data, target, image.width, columns, rows, 4);
  return { kind: 'rgba', ...size, data };
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
