import type { Geometry } from '../spectral/cube.js';
import type { Ramp } from './ramp.js';

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

export type Blending = 'translucent' | 'additive';

/**
 * How a map is drawn. A value v has strength t = clamp((v - low) / (high - low), 0, 1), 0 where v < threshold;
 * its pixel is `colour` at alpha t · opacity.
 */
export interface LayerStyle {
  readonly colour: Rgb;
  /** 0 to 1. */
  readonly opacity: number;
  readonly visible: boolean;
  /** Contrast limits, in the unit of the map; low < high. */
  readonly limits: readonly [number, number];
  /** Values below are not drawn at all. */
  readonly threshold: number;
  readonly blending: Blending;
  readonly interpolation: 'nearest' | 'linear';
}

export const layerStyleDefaults: LayerStyle = Object.freeze({
  colour: [255, 255, 255] as const,
  opacity: 0.8,
  visible: true,
  limits: [0, 1] as const,
  threshold: 0,
  blending: 'translucent',
  interpolation: 'nearest',
});

/** What a layer shows: one value a pixel, coloured by the style, or finished colours, row by row from the top. */
export type LayerImage =
  | {
      readonly kind: 'map';
      readonly width: number;
      readonly height: number;
      readonly values: Float32Array;
      /** Colours from the low limit to the high one, all at full strength, in place of the style's one colour. */
      readonly ramp?: Ramp;
    }
  | {
      readonly kind: 'classes';
      readonly width: number;
      readonly height: number;
      /** One class a pixel, 1 to `names.length`; 0 is none and is not drawn. */
      readonly classes: Uint8Array;
      /** Of the classes 1, 2, …; of the style only opacity and visible apply. */
      readonly names: readonly string[];
      readonly colours: readonly Rgb[];
    }
  | {
      readonly kind: 'rgba';
      readonly width: number;
      readonly height: number;
      /** Straight (not premultiplied) alpha; of the style only opacity, visible and interpolation apply. */
      readonly data: Uint8ClampedArray;
    };

/** Finished colours. */
export type RgbaImage = Extract<LayerImage, { readonly kind: 'rgba' }>;

/** One image to be drawn by a host, placed in its world. */
export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly image: LayerImage;
  readonly geometry: Geometry;
  readonly style: LayerStyle;
}
