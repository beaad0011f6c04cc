import type { Layer, LayerStyle, Rgb } from '../../src/imaging/layer.js';
import { layerStyleDefaults } from '../../src/imaging/layer.js';
import { unitGeometry } from '../../src/spectral/cube.js';

/** A map as a layer; red and opaque unless the style says otherwise. */
export function mapLayer(
  values: readonly number[],
  style: Partial<LayerStyle> = {},
  width = values.length,
): Layer {
  return {
    id: 'map',
    name: 'Map',
    image: {
      kind: 'map',
      width,
      height: values.length / width,
      values: Float32Array.from(values),
    },
    geometry: unitGeometry,
    style: { ...layerStyleDefaults, colour: [255, 0, 0], opacity: 1, ...style },
  };
}

/** Finished colours, one [r, g, b, a] a pixel, as a layer of one row. */
export function rgbaLayer(
  pixels: readonly (readonly number[])[],
  style: Partial<LayerStyle> = {},
): Layer {
  return {
    ...mapLayer([0], style),
    image: {
      kind: 'rgba',
      width: pixels.length,
      height: 1,
      data: Uint8ClampedArray.from(pixels.flat()),
    },
  };
}

/** Classes, one a pixel, as a layer. */
export function classesLayer(
  classes: readonly number[],
  colours: readonly Rgb[],
  style: Partial<LayerStyle> = {},
  width = classes.length,
): Layer {
  return {
    ...mapLayer([0], style),
    image: {
      kind: 'classes',
      width,
      height: classes.length / width,
      classes: Uint8Array.from(classes),
      names: colours.map((_, k) => `Class ${k + 1}`),
      colours,
    },
  };
}

/** Draws one straight-alpha pixel over an opaque one, in real numbers. */
export function drawOver(
  [r, g, b, a]: readonly number[],
  base: Rgb | readonly number[],
): number[] {
  return [r, g, b].map((c, i) => (c * a) / 255 + base[i] * (1 - a / 255));
}
