/** Finished colours with straight alpha, row by row from the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** An affine map of the plane, row-major 2 x 3: x' = a x + b y + c, y' = d x + e y + f. */
export type PlaneMap = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
];

/** A rectangle, from its upper left corner; y runs down. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An image where it lies. */
export interface PlacedRaster {
  readonly raster: Raster;
  /** From the pixels, with (0, 0) the upper left corner of the first, to the plane of the figure, in the unit of the world. */
  readonly at: PlaneMap;
  /** Linear between pixels, else each pixel a flat parallelogram. */
  readonly smooth: boolean;
  /** Adds its light to what is beneath, else lies over it. */
  readonly additive: boolean;
}

/** Images that lie over each other in a part of a panel. */
export interface Stack {
  /** Bottom first. */
  readonly images: readonly PlacedRaster[];
  /** In shares of the panel, 0 to 1: the whole of it is { x: 0, y: 0, width: 1, height: 1 }. */
  readonly part: Rectangle;
  /** Of all of them as one, 0 to 1. */
  readonly opacity: number;
  /** What it shows, where several are held against each other. */
  readonly tag: string | null;
}

/** What the colours of a map stand for. */
export interface Bar {
  /** One row, from the low limit on the left to the high one. */
  readonly raster: Raster;
  readonly low: string;
  readonly high: string;
}

/** The number is the identity of an endmember, its colour comes second. */
export interface Swatch {
  readonly number: number;
  /** #rrggbb. */
  readonly colour: string;
  /** The colour was given before. */
  readonly hatched: boolean;
}

export interface LegendEntry {
  readonly swatch: Swatch | null;
  readonly name: string;
  /** Limits, threshold, or which image it is of; empty when there is nothing to say. */
  readonly detail: string;
  readonly bar: Bar | null;
}

export interface Panel {
  readonly stacks: readonly Stack[];
  /** What is seen, in the plane of the figure. */
  readonly extent: Rectangle;
  /** Over it, what the panel shows, where there are several. */
  readonly title: LegendEntry | null;
}

export interface FigureScale {
  /** In the unit of the world. */
  readonly length: number;
  readonly label: string;
}

/** `transparent`: as light, on nothing. */
export type FigureTheme = 'light' | 'dark' | 'transparent';
export const figureThemes: readonly FigureTheme[] = [
  'light',
  'dark',
  'transparent',
];

/** Everything that is to be seen, before it is laid out. */
export interface Figure {
  /** What it is called, for those who do not see it. */
  readonly name: string;
  /** CSS pixels: 96 to the inch. */
  readonly width: number;
  readonly theme: FigureTheme;
  /** Where panels show nothing: the page, or near-black for maps, whose colours are made of light. */
  readonly ground: 'page' | 'black';
  /** At least one; all of one extent. */
  readonly panels: readonly Panel[];
  readonly legend: readonly LegendEntry[];
  readonly scale: FigureScale | null;
  /** Empty for none. */
  readonly caption: string;
}
