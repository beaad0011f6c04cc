import type { Rectangle } from './figure.js';

/** Lengths of a figure grow with it beyond this width (CSS pixels), so that text on a slide is not smaller than in print. */
const plainWidth = 800;

/** What one pixel of the figure's measures is, CSS pixels. */
export const unitOf = (width: number): number =>
  Math.max(1, width / plainWidth);

const margin = 12;
const gap = 12;
const titleHeight = 20;
const leastPanel = 150;
/** Height over width that several panels together come close to, and that one panel has at most. */
const sought = 0.7;
const tallest = 1.1;

/** Where panels are put, CSS pixels. */
export interface Grid {
  readonly margin: number;
  readonly gap: number;
  readonly columns: number;
  /** Of each panel. */
  readonly width: number;
  readonly height: number;
  /** Width inside the margins. */
  readonly room: number;
}

/**
 * @param panels how many, at least 1
 * @param extent what each shows; only its shape counts
 * @param width of the whole figure, CSS pixels
 */
export function gridOf(
  panels: number,
  extent: Pick<Rectangle, 'width' | 'height'>,
  width: number,
): Grid {
  const unit = unitOf(width);
  const shape = extent.height / extent.width;
  const room = Math.round(width - 2 * margin * unit);
  const across = (columns: number): number =>
    (room - (columns - 1) * gap * unit) / columns;
  const most = Math.max(
    1,
    Math.min(
      panels,
      Math.floor((room + gap * unit) / ((leastPanel + gap) * unit)),
    ),
  );
  let best = { columns: 1, cost: Infinity };
  for (let columns = 1; columns <= most; columns++) {
    const rows = Math.ceil(panels / columns);
    const high = rows * (across(columns) * shape + titleHeight * unit);
    const empty = columns * rows - panels;
    const cost = Math.abs(Math.log(high / room / sought)) + 0.15 * empty;
    if (cost < best.cost) best = { columns, cost };
  }
  const { columns } = best;
  const panel = Math.min(
    Math.floor(across(columns)),
    // A single tall panel leaves room beside it.
    panels === 1 ? Math.round((tallest * room) / shape) : Infinity,
  );
  return {
    margin: margin * unit,
    gap: gap * unit,
    columns,
    width: Math.max(1, panel),
    height: Math.max(1, Math.round(panel * shape)),
    room,
  };
}
