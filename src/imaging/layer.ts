import type { Geometry } from '../spectral/cube.js';
import type { Ramp } from './ramp.js';

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

export type Blending = 'translucent' | 'additive';

/** `single`: the layer's one colour, stronger with its value; or the colours of a ramp, all at full strength. */
export type ColourMap = 'single' | Ramp;

/**
 * How a layer is drawn.
 *
 * A value v of a map has strength t = clamp((v - low) / (high - low), 0, 1) ^ gamma, 0 where v < threshold; its pixel is `colour`
 * at alpha t · opacity or, with a ramp, the ramp's colour at t, at alpha opacity where v >= threshold.
 * Each component of finished colours, as a share c of full brightness, becomes clamp((c - low) / (high - low), 0, 1) ^ gamma.
 * Classes take opacity and visible only.
 */
export interface LayerStyle {
  readonly colour: Rgb;
  /** 0 to 1. */
  readonly opacity: number;
  readonly visible: boolean;
  /** Of maps. */
  readonly colourMap: ColourMap;
  /** Contrast limits; low < high. In the unit of a map; of finished colours shares of full brightness, [0, 1] as they are. */
  readonly limits: readonly [number, number];
  /** 0.2 to 5; 1 is linear, less brightens the middle. */
  readonly gamma: number;
  /** Values of a map below are not drawn at all. */
  readonly threshold: number;
  /** Additive layers add their light to what is beneath, where the viewer can, or where we blend them ourselves. */
  readonly blending: Blending;
  readonly interpolation: 'nearest' | 'linear';
}

export const layerStyleDefaults: LayerStyle = Object.freeze({
  colour: [255, 255, 255] as const,
  opacity: 0.8,
  visible: true,
  colourMap: 'single',
  limits: [0, 1] as const,
  gamma: 1,
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
    }
  | {
      readonly kind: 'classes';
      readonly width: number;
      readonly height: number;
      /** One class a pixel, 1 to `names.length`; 0 is none and is not drawn. */
      readonly classes: Uint8Array;
      /** Of the classes 1, 2, … */
      readonly names: readonly string[];
      readonly colours: readonly Rgb[];
    }
  | {
      readonly kind: 'rgba';
      readonly width: number;
      readonly height: number;
      /** Straight (not premultiplied) alpha. */
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
