import type { Pace } from '../spectral/pace.js';
import type { Layer, LayerImage, RgbaImage } from './layer.js';
import { renderLayer } from './render.js';
import { type Grid, rowSampler } from './resample.js';

type MapImage = Extract<LayerImage, { readonly kind: 'map' }>;

/** A map of values with its place and how it is drawn between its pixels. */
export type MapLayer = Layer & { readonly image: MapImage };

export const isMapLayer = (layer: Layer): layer is MapLayer =>
  layer.image.kind === 'map';

/**
 * First minus second, pixel by pixel of the first; the second is resampled through both geometries, as its style says between
 * pixels. NaN outside the second, and where a value is none.
 */
export async function mapDifference(
  first: MapLayer,
  second: MapLayer,
  pace: Pace,
): Promise<MapImage> {
  const { width, height, values } = first.image;
  const fill = rowSampler(
    { ...second.image, channels: 1, geometry: second.geometry },
    { width, height, geometry: first.geometry },
    second.style.interpolation,
  );
  const difference = new Float32Array(width * height);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    await pace(y / height);
    fill(y, row);
    for (let x = 0; x < width; x++)
      difference[y * width + x] = values[y * width + x] - row[x];
  }
  return { kind: 'map', width, height, values: difference };
}

/**
 * Layers, bottom first, as they are seen over black on a grid, wherever they lie: three values 0 to 1 a pixel, with "over" and
 * added light as in `composite`; NaN where no layer lies.
 */
export async function flattened(
  layers: readonly Layer[],
  onto: Grid,
  pace: Pace,
): Promise<Float32Array> {
  const { width, height } = onto;
  const seen = new Float32Array(width * height * 3).fill(Number.NaN);
  const row = new Float32Array(width * 4);
  for (const layer of layers) {
    if (!layer.style.visible) continue;
    const fill = rowSampler(
      {
        ...layer.image,
        channels: 4,
        values: premultiplied(renderLayer(layer)),
        geometry: layer.geometry,
      },
      onto,
      layer.style.interpolation,
    );
    const additive = layer.style.blending === 'additive';
    for (let y = 0; y < height; y++) {
      await pace();
      fill(y, row);
      for (let x = 0; x < width; x++) {
        const alpha = row[4 * x + 3];
        if (Number.isNaN(alpha)) continue;
        const below = additive ? 1 : 1 - alpha;
        for (let c = 0; c < 3; c++) {
          const at = 3 * (y * width + x) + c;
          seen[at] = Math.min(1, (seen[at] || 0) * below + row[4 * x + c]);
        }
      }
    }
  }
  return seen;
}

/** Colour times alpha, and alpha, 0 to 1: what may be averaged between pixels. */
function premultiplied({ data }: RgbaImage): Float32Array {
  const values = new Float32Array(data.length);
  for (let n = 0; n < data.length; n += 4) {
    const alpha = data[n + 3] / 255;
    for (let c = 0; c < 3; c++) values[n + c] = (data[n + c] / 255) * alpha;
    values[n + 3] = alpha;
  }
  return values;
}

/** How far the colours of two stacks are apart, component by component, on a grid: black where they are alike, clear where one is missing. */
export async function colourDifference(
  first: readonly Layer[],
  second: readonly Layer[],
  onto: Grid,
  pace: Pace,
): Promise<RgbaImage> {
  const { width, height } = onto;
  const [one, other] = [
    await flattened(first, onto, pace),
    await flattened(second, onto, pace),
  ];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let n = 0; n < width * height; n++) {
    if (Number.isNaN(one[3 * n] + other[3 * n])) continue;
    for (let c = 0; c < 3; c++)
      data[4 * n + c] = 255 * Math.abs(one[3 * n + c] - other[3 * n + c]);
    data[4 * n + 3] = 255;
  }
  return { kind: 'rgba', width, height, data };
}
