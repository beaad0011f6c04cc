import {
  type Block,
  type Look,
  captionBlock,
  entryBlock,
  flow,
  scaleBlock,
  tagBlock,
  veiled,
} from './blocks.js';
import type { Figure, FigureTheme, Panel, PlaneMap, Stack } from './figure.js';
import { type Grid, gridOf, unitOf } from './grid.js';
import { type Drawing, type Mark, type Paint, moved, paint } from './marks.js';
import type { Measure } from './wrap.js';

interface ThemeColours {
  /** Null: nothing. */
  readonly page: Paint | null;
  readonly black: Paint | null;
  readonly text: Paint;
  readonly fainter: Paint;
  readonly veil: Paint;
}

const onWhite = {
  text: paint('#1b1b1b'),
  fainter: paint('#505050'),
  veil: paint('#ffffff', 0.92),
};
const themes: Readonly<Record<FigureTheme, ThemeColours>> = {
  light: { ...onWhite, page: paint('#ffffff'), black: paint('#0e0e0e') },
  transparent: { ...onWhite, page: null, black: null },
  dark: {
    page: paint('#181818'),
    black: paint('#0e0e0e'),
    text: paint('#ededed'),
    fainter: paint('#b4b4b4'),
    veil: paint('#181818', 0.92),
  },
};

const rectangle = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: Paint,
): Mark => ({ kind: 'rectangle', x, y, width, height, fill, radius: 0 });

/** From the plane of the figure to a panel whose upper left corner is at (0, 0). */
function into(
  panel: Panel,
  width: number,
  [a, b, c, d, e, f]: PlaneMap,
): PlaneMap {
  const { x, y, width: across } = panel.extent;
  const scale = width / across;
  return [
    scale * a,
    scale * b,
    scale * (c - x),
    scale * d,
    scale * e,
    scale * (f - y),
  ];
}

/** Where one part of a panel meets the next: white, and dark beside it, so that it shows on anything. */
function edges({ part }: Stack, { width, height }: Grid, unit: number): Mark[] {
  const along = (
    from: readonly [number, number],
    to: readonly [number, number],
  ): Mark[] => [
    {
      kind: 'line',
      from,
      to,
      paint: paint('#000000', 0.5),
      width: 3.5 * unit,
    },
    { kind: 'line', from, to, paint: paint('#ffffff'), width: 1.5 * unit },
  ];
  const [x, y] = [width * part.x, height * part.y];
  return [
    ...(x > 0 ? along([x, 0], [x, height]) : []),
    ...(y > 0 ? along([0, y], [width, y]) : []),
  ];
}

/** The images of a panel, cut to its box. */
function imagesBlock(
  panel: Panel,
  grid: Grid,
  ground: Paint | null,
  look: Look,
): Block {
  const { width, height } = grid;
  const marks: Mark[] = ground ? [rectangle(0, 0, width, height, ground)] : [];
  for (const { images, part, opacity } of panel.stacks)
    marks.push({
      kind: 'clip',
      x: width * part.x,
      y: height * part.y,
      width: width * part.width,
      height: height * part.height,
      alpha: opacity,
      marks: [
        // What adds its light adds it to this: a clip is drawn apart from what lies beneath it.
        ...(ground && opacity === 1
          ? [rectangle(0, 0, width, height, ground)]
          : []),
        ...images.map(({ at, ...image }): Mark => ({
          kind: 'image',
          ...image,
          at: into(panel, width, at),
        })),
      ],
    });
  const inset = 8 * look.unit;
  for (const stack of panel.stacks) {
    marks.push(...edges(stack, grid, look.unit));
    if (stack.tag === null) continue;
    const left = width * stack.part.x + inset;
    const tag = tagBlock(
      stack.tag,
      Math.max(40 * look.unit, width * stack.part.width - 4 * inset),
      look,
    );
    marks.push(...moved(tag.marks, left, height * stack.part.y + inset));
  }
  return {
    width,
    height,
    marks: [{ kind: 'clip', x: 0, y: 0, width, height, alpha: 1, marks }],
  };
}

/** All panels, row after row, those of a row with their images at one height. */
function panelsBlock(figure: Figure, grid: Grid, look: Look): Block {
  const { page, black } = themes[figure.theme];
  const ground = figure.ground === 'black' ? black : page;
  const { columns, width, height, gap } = grid;
  const marks: Mark[] = [];
  let y = 0;
  for (let from = 0; from < figure.panels.length; from += columns) {
    if (from > 0) y += gap;
    const row = figure.panels.slice(from, from + columns);
    const titles = row.map(({ title }) =>
      title ? entryBlock(title, width, look, true) : null,
    );
    const high = Math.max(
      0,
      ...titles.map((title) => (title ? title.height + 4 * look.unit : 0)),
    );
    row.forEach((panel, i) => {
      const x = i * (width + gap);
      const title = titles[i];
      if (title)
        marks.push(
          ...moved(title.marks, x, y + high - title.height - 4 * look.unit),
        );
      const images = imagesBlock(panel, grid, ground, look);
      marks.push(...moved(images.marks, x, Math.round(y + high)));
    });
    y = Math.round(y + high) + height;
  }
  const across = Math.min(columns, figure.panels.length);
  return { width: across * (width + gap) - gap, height: y, marks };
}

/**
 * Lays a figure out: panels, beneath them or beside a narrow one the legend and the scale bar, then the caption.
 * @param measure how wide a text will be where it is drawn
 */
export function layOut(figure: Figure, measure: Measure): Drawing {
  const { width, panels, theme } = figure;
  const { page, ...colours } = themes[theme];
  const unit = unitOf(width);
  const look: Look = { ...colours, unit, measure };
  const grid = gridOf(panels.length, panels[0].extent, width);
  const { margin, gap, room } = grid;
  const marks: Mark[] = [];
  const put = (block: Block, x: number, y: number): void => {
    marks.push(...moved(block.marks, margin + x, y));
  };

  const images = panelsBlock(figure, grid, look);
  put(images, 0, margin);
  let bottom = margin + images.height;

  const bar =
    figure.scale &&
    scaleBlock(figure.scale, panels[0].extent.width / grid.width, look);
  if (bar && panels.length === 1) {
    const box = veiled(bar, look);
    put(
      box,
      Math.round(grid.width - box.width - 8 * unit),
      Math.round(bottom - box.height - 8 * unit),
    );
  }
  const foot = bar && panels.length > 1 ? bar : null;

  const beside = room - images.width - 2 * gap;
  const aside = beside >= 140 * unit;
  const legendRoom = aside ? beside : room - (foot ? foot.width + 2 * gap : 0);
  const entries = figure.legend.map((entry) =>
    entryBlock(entry, legendRoom, look),
  );
  const legend = flow(
    // Beside a panel each has a line of its own.
    aside ? entries.map((one) => ({ ...one, width: legendRoom })) : entries,
    legendRoom,
    look,
  );
  if (aside) {
    put(legend, images.width + 2 * gap, margin);
    bottom = Math.max(bottom, margin + legend.height);
  } else if (figure.legend.length > 0) put(legend, 0, bottom + gap);
  if (foot)
    put(foot, figure.legend.length > 0 ? room - foot.width : 0, bottom + gap);
  const under = Math.max(aside ? 0 : legend.height, foot ? foot.height : 0);
  if (under > 0) bottom += gap + under;

  if (figure.caption.trim() !== '') {
    const caption = captionBlock(figure.caption, room, look);
    put(caption, 0, bottom + gap);
    bottom += gap + caption.height;
  }
  const height = Math.ceil(bottom + margin);
  return {
    width,
    height,
    marks: page ? [rectangle(0, 0, width, height, page), ...marks] : marks,
    name: figure.name,
    caption: figure.caption,
  };
}
