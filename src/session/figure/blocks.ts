import type { Bar, FigureScale, LegendEntry, Swatch } from './figure.js';
import { type Mark, type Paint, type Type, moved, paint } from './marks.js';
import { type Measure, wrap } from './wrap.js';

/** Marks in a box of their own, from its upper left corner. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** How the parts of a figure look. */
export interface Look {
  /** What one pixel of their measures is, CSS pixels. */
  readonly unit: number;
  readonly text: Paint;
  /** Of limits, captions and other second things. */
  readonly fainter: Paint;
  /** Beneath text that lies on an image. */
  readonly veil: Paint;
  readonly measure: Measure;
}

const textSize = 11;
const smallSize = 10;

const plain = ({ unit }: Look): Type => ({
  size: textSize * unit,
  bold: false,
});
const small = ({ unit }: Look): Type => ({
  size: smallSize * unit,
  bold: false,
});

/** Lines of text, one under the other; the first begins at the top. */
function lines(
  texts: readonly string[],
  type: Type,
  colour: Paint,
  look: Look,
): Block {
  const step = Math.round(type.size * 1.4);
  return {
    width: Math.ceil(
      Math.max(0, ...texts.map((text) => look.measure(text, type))),
    ),
    height: step * texts.length,
    marks: texts.map((text, i) => ({
      kind: 'text',
      text,
      ...type,
      paint: colour,
      anchor: 'start',
      x: 0,
      y: step * i + Math.round(step * 0.76),
    })),
  };
}

/** The caption, in lines that fit. */
export const captionBlock = (text: string, width: number, look: Look): Block =>
  lines(
    wrap(text, width, small(look), look.measure),
    small(look),
    look.fainter,
    look,
  );

/** The square of an endmember with its number: dark on its colour in both themes. */
function swatchBlock({ number, colour, hatched }: Swatch, look: Look): Block {
  const { unit } = look;
  const side = 14 * unit;
  const box = { x: 0, y: 0, width: side, height: side };
  const hatch = [-7, -2, 3, 8].map((x): Mark => ({
    kind: 'line',
    from: [x * unit, side],
    to: [x * unit + side, 0],
    paint: paint('#111111', 0.4),
    width: unit,
  }));
  return {
    width: side,
    height: side,
    marks: [
      { kind: 'rectangle', ...box, radius: 3 * unit, fill: paint(colour) },
      ...(hatched
        ? [{ kind: 'clip', ...box, alpha: 1, marks: hatch } as const]
        : []),
      {
        kind: 'text',
        text: `${number}`,
        size: 9 * unit,
        bold: true,
        paint: paint('#111111'),
        anchor: 'middle',
        x: side / 2,
        y: 10.2 * unit,
      },
    ],
  };
}

/** Colours from the low limit to the high one, each with its number. */
function barBlock({ raster, low, high }: Bar, look: Look): Block {
  const { unit } = look;
  const type = small(look);
  const [before, after] = [
    lines([low], type, look.fainter, look),
    lines([high], type, look.fainter, look),
  ];
  const from = Math.round(before.width + 5 * unit);
  const [width, height] = [Math.round(56 * unit), Math.round(7 * unit)];
  const to = from + width;
  const y = Math.round((before.height - height) / 2);
  return {
    width: to + 5 * unit + after.width,
    height: before.height,
    marks: [
      ...before.marks,
      // Colours fade into black, as maps do on their ground.
      {
        kind: 'rectangle',
        x: from,
        y,
        width,
        height,
        radius: 0,
        fill: paint('#0e0e0e'),
      },
      {
        kind: 'image',
        raster,
        at: [width / raster.width, 0, from, 0, height / raster.height, y],
        smooth: false,
        additive: false,
      },
      ...moved(after.marks, to + 5 * unit, 0),
    ],
  };
}

/**
 * Swatch, name in lines that fit, then limits: behind the name where there is room, else under it.
 * @param wide the colours of a map end at the right, so that those of several stand alike
 */
export function entryBlock(
  { swatch, name, detail, bar }: LegendEntry,
  width: number,
  look: Look,
  wide = false,
): Block {
  const { unit, measure } = look;
  const type = plain(look);
  const mark = swatch && swatchBlock(swatch, look);
  const indent = mark ? mark.width + 6 * unit : 0;
  const room = Math.max(unit, width - indent);
  const texts = wrap(name, room, type, measure);
  const named = lines(texts, type, look.text, look);
  const step = named.height / Math.max(1, texts.length);
  let [right, bottom] = [named.width, named.height];
  let at = measure(texts.at(-1) ?? '', type);
  const marks = [
    ...(mark ? moved(mark.marks, 0, Math.round((step - mark.height) / 2)) : []),
    ...moved(named.marks, indent, 0),
  ];
  const details = [
    ...(detail === ''
      ? []
      : [
          lines(
            wrap(detail, room, small(look), measure),
            small(look),
            look.fainter,
            look,
          ),
        ]),
    ...(bar ? [barBlock(bar, look)] : []),
  ];
  for (const block of details) {
    const behind = at + 7 * unit;
    const fits = behind + block.width <= room && block.height <= step;
    const [x, y] = fits
      ? [
          wide ? room - block.width : behind,
          bottom - step + (step - block.height) / 2,
        ]
      : [0, bottom];
    marks.push(...moved(block.marks, Math.round(indent + x), Math.round(y)));
    at = x + block.width;
    right = Math.max(right, at);
    if (!fits) bottom += block.height;
  }
  return { width: indent + right, height: bottom, marks };
}

/** A length, drawn, with its label. */
export function scaleBlock(
  { length, label }: FigureScale,
  unitsPerPixel: number,
  look: Look,
): Block {
  const { unit } = look;
  const text = lines([label], plain(look), look.text, look);
  const from = text.width + 8 * unit;
  const to = from + length / unitsPerPixel;
  const y = Math.round(text.height / 2);
  return {
    width: to,
    height: text.height,
    marks: [
      ...text.marks,
      {
        kind: 'line',
        from: [from, y],
        to: [to, y],
        paint: look.text,
        width: 2 * unit,
      },
    ],
  };
}

/** A block on a veil, to lie on an image. */
export function veiled({ width, height, marks }: Block, look: Look): Block {
  const [side, top] = [7 * look.unit, 3 * look.unit];
  // On whole pixels, where edges are sharp.
  const box = {
    width: Math.ceil(width + 2 * side),
    height: Math.ceil(height + 2 * top),
  };
  return {
    ...box,
    marks: [
      {
        kind: 'rectangle',
        x: 0,
        y: 0,
        ...box,
        radius: 4 * look.unit,
        fill: look.veil,
      },
      ...moved(marks, side, top),
    ],
  };
}

/** A name on a veil. */
export const tagBlock = (text: string, width: number, look: Look): Block =>
  veiled(
    lines(
      wrap(text, width, plain(look), look.measure),
      plain(look),
      look.text,
      look,
    ),
    look,
  );

/** Blocks side by side, in as many rows as it takes. */
export function flow(
  blocks: readonly Block[],
  width: number,
  { unit }: Look,
): Block {
  const [across, down] = [16 * unit, 5 * unit];
  const marks: Mark[] = [];
  let [x, y, row, right] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > width) {
      y += row + down;
      [x, row] = [0, 0];
    }
    marks.push(...moved(block.marks, x, y));
    right = Math.max(right, x + block.width);
    row = Math.max(row, block.height);
    x = Math.round(x + block.width + across);
  }
  return { width: right, height: y + row, marks };
}
