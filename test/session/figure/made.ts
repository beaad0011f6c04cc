import type {
  Figure,
  Panel,
  PlacedRaster,
  Raster,
} from '../../../src/session/figure/figure.js';
import type { Type } from '../../../src/session/figure/marks.js';

/** Every letter as wide as 6/11 of its height. */
export const measure = (text: string, { size }: Type): number =>
  (6 / 11) * size * text.length;

/** A picture of which every pixel is told by its place. */
export const raster = (
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number, number],
): Raster => ({
  width,
  height,
  data: Uint8ClampedArray.from(
    Array.from({ length: width * height }, (_, n) =>
      colour(n % width, Math.floor(n / width)),
    ).flat(),
  ),
});

export const whole = { x: 0, y: 0, width: 1, height: 1 };

export const placed = (
  image: Raster,
  more: Partial<PlacedRaster> = {},
): PlacedRaster => ({
  raster: image,
  at: [1, 0, 0, 0, 1, 0],
  smooth: false,
  additive: false,
  ...more,
});

/** One image on its own ground. */
export const panel = (
  images: readonly PlacedRaster[],
  more: Partial<Panel> = {},
): Panel => ({
  stacks: [{ images, part: whole, opacity: 1, tag: null }],
  extent: {
    x: 0,
    y: 0,
    width: images[0].raster.width,
    height: images[0].raster.height,
  },
  title: null,
  ...more,
});

export const figure = (
  more: Partial<Figure> & Pick<Figure, 'panels'>,
): Figure => ({
  name: 'Layers',
  width: 424,
  theme: 'light',
  ground: 'page',
  legend: [],
  scale: null,
  caption: '',
  ...more,
});

export const entry = (number: number, name: string, colour = '#41C0F6') => ({
  swatch: { number, colour, hatched: false },
  name,
  detail: '',
  bar: null,
});
