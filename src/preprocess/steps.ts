import type { Quantity, Window } from '../spectral/axis.js';

/** Pixels of a part of the image: columns x … x + width - 1, rows y … y + height - 1. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Column and row of a pixel, from 0. */
export type Pixel = readonly [x: number, y: number];

/** What becomes of a bad pixel: left out, or the mean of its good neighbours. */
export type BadPixelFate = 'mask' | 'fill';

/** What conversion makes of the values. */
export type Converted = Exclude<Quantity, 'intensity'>;

/** Parameters of each correction, as plain JSON; `corrections` says what they mean. */
interface Parameters {
  range: { readonly window: Window };
  cut: { readonly windows: readonly Window[] };
  'spectral-bin': { readonly size: number };
  crop: { readonly rectangle: Rectangle };
  'spatial-bin': { readonly size: number };
  'bad-pixels': {
    readonly flatness: number;
    readonly pinned: number;
    readonly ceiling: number;
    readonly fate: BadPixelFate;
  };
  'chosen-pixels': {
    readonly pixels: readonly Pixel[];
    readonly fate: BadPixelFate;
  };
  spikes: { readonly threshold: number; readonly reach: number };
  'carbon-dioxide': {
    readonly window: Window;
    readonly how: 'line' | 'fit';
  };
  'water-vapour': { readonly windows: readonly Window[] };
  rubberband: object;
  als: {
    readonly smoothness: number;
    readonly asymmetry: number;
    readonly iterations: number;
  };
  arpls: {
    readonly smoothness: number;
    readonly tolerance: number;
    readonly iterations: number;
  };
  airpls: { readonly smoothness: number; readonly iterations: number };
  polynomial: { readonly degree: number; readonly iterations: number };
  'savitzky-golay': {
    readonly window: number;
    readonly degree: number;
    readonly derivative: number;
  };
  snv: object;
  vector: object;
  'min-max': object;
  area: object;
  band: { readonly position: number };
  pca: { readonly components: number };
  mnf: { readonly components: number };
  convert: { readonly to: Converted; readonly full: number };
}

/** The corrections there are. */
export type StepKind = keyof Parameters;

/** One correction of a chain; switched off it is kept, and not applied. */
export type StepOf<K extends StepKind> = K extends StepKind
  ? { readonly kind: K; readonly on: boolean } & Readonly<Parameters[K]>
  : never;

/** A chain is a list of these, applied in order. It is stored in recipes as it is. */
export type Step = StepOf<StepKind>;

/** Names of the parameters of a correction. */
export type ParameterOf<K extends StepKind> = keyof Parameters[K] & string;
