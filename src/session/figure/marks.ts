import type { PlaneMap, Raster, Rectangle } from './figure.js';

/** A colour of the sRGB space with straight alpha, 0 to 1. */
export interface Paint {
  /** #rrggbb. */
  readonly colour: string;
  readonly alpha: number;
}

export interface Type {
  /** CSS pixels. */
  readonly size: number;
  readonly bold: boolean;
}

/** All that figures are drawn of, in CSS pixels from the upper left corner; later marks lie over earlier ones. */
export type Mark =
  | {
      readonly kind: 'image';
      readonly raster: Raster;
      /** From its pixels, with (0, 0) the upper left corner of the first. */
      readonly at: PlaneMap;
      readonly smooth: boolean;
      readonly additive: boolean;
    }
  | ({
      readonly kind: 'rectangle';
      readonly fill: Paint;
      readonly radius: number;
    } & Rectangle)
  | {
      readonly kind: 'line';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly paint: Paint;
      readonly width: number;
    }
  | ({
      readonly kind: 'text';
      readonly text: string;
      readonly paint: Paint;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly x: number;
      /** Of the baseline. */
      readonly y: number;
    } & Type)
  /** Marks that are seen inside a rectangle only, all as one at this opacity. */
  | ({
      readonly kind: 'clip';
      readonly alpha: number;
      readonly marks: readonly Mark[];
    } & Rectangle);

/** A figure, laid out. */
export interface Drawing {
  /** CSS pixels, whole. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly name: string;
  readonly caption: string;
}

/** The look's stack: each system has one of them. */
export const fontFamily =
  "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

export const paint = (colour: string, alpha = 1): Paint => ({ colour, alpha });

/** The marks, moved. */
export function moved(
  marks: readonly Mark[],
  right: number,
  down: number,
): Mark[] {
  return marks.map((mark): Mark => {
    switch (mark.kind) {
      case 'image': {
        const [a, b, c, d, e, f] = mark.at;
        return { ...mark, at: [a, b, c + right, d, e, f + down] };
      }
      case 'line': {
        const { from, to } = mark;
        return {
          ...mark,
          from: [from[0] + right, from[1] + down],
          to: [to[0] + right, to[1] + down],
        };
      }
      case 'clip':
        return {
          ...mark,
          x: mark.x + right,
          y: mark.y + down,
          marks: moved(mark.marks, right, down),
        };
      default:
        return { ...mark, x: mark.x + right, y: mark.y + down };
    }
  });
}

/** All images of a drawing, each once. */
export function rastersOf(marks: readonly Mark[]): Raster[] {
  const all = marks.flatMap((mark) =>
    mark.kind === 'image'
      ? [mark.raster]
      : mark.kind === 'clip'
        ? rastersOf(mark.marks)
        : [],
  );
  return [...new Set(all)];
}
