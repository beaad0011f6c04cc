import type { OpenOptions } from '../opened.js';
import { breakOf } from '../common/positions.js';
import { isAxisTitle } from './axis.js';
import { cellsIn } from './cells.js';
import {
  type Line,
  firstLines,
  numbersOf,
  styleOfLines,
  titlesIn,
} from './lines.js';
import { mostHeaderLines } from './look.js';
import { type NumberStyle, parseCell } from './numbers.js';
import { isX, isY } from './places.js';

/** A row of nothing but numbers is one of positions from this many on. */
const fewestPositions = 8;

/** Places of the columns of a table of points; y is -1 when there is none. */
interface PointColumns {
  readonly x: number;
  readonly y: number;
  readonly position: number;
  readonly value: number;
}

/** A row of positions above the spectra, which are rows too. */
export interface RowsLayout {
  readonly kind: 'rows';
  readonly style: NumberStyle;
  /** Line of the positions, from 1. */
  readonly line: number;
  readonly values: Float64Array;
  /** Cells before the positions; their titles, and those of the cells after them. */
  readonly lead: number;
  readonly titles: readonly string[];
}

/** How numbers are laid out in a text. */
export type TextLayout =
  | { readonly kind: 'columns'; readonly style: NumberStyle }
  | RowsLayout
  | {
      readonly kind: 'points';
      readonly style: NumberStyle;
      readonly columns: PointColumns;
      /** Titles in the order of the columns; empty when there are none. */
      readonly titles: readonly string[];
    };

/** Positions in a line of words: one run of numbers that only rise or only fall; null when there is none. */
function positionsIn(
  { bytes, number }: Line,
  style: NumberStyle,
): RowsLayout | null {
  const titles = titlesIn(bytes, style);
  const numbers = titles.map((title) => parseCell(title, style));
  const isNumber = (value: number | undefined): value is number =>
    value !== undefined;
  const lead = numbers.findIndex(isNumber);
  const end = numbers.findLastIndex(isNumber) + 1;
  const run = numbers.slice(Math.max(0, lead), end);
  if (run.length < 2 || !run.every(isNumber) || breakOf(run) >= 0) return null;
  const values = Float64Array.from(run);
  titles.splice(lead, end - lead);
  return { kind: 'rows', style, line: number, values, lead, titles };
}

/**
 * Positions in a first row of nothing but numbers: the rows below have x and y before theirs, or cannot be columns.
 * @returns null when they are columns beside their axis
 */
function barePositions(
  rows: readonly Float64Array[],
  line: number,
  style: NumberStyle,
): RowsLayout | null {
  const [values, second] = rows;
  if (values.length < 2 || rows.length < 2 || breakOf(values) >= 0) return null;
  const lead = second.length - values.length;
  const isColumns = breakOf(rows.map(([value]) => value)) < 0;
  return lead === 2 ||
    (lead === 0 && values.length >= fewestPositions && !isColumns)
    ? {
        kind: 'rows',
        style,
        line,
        values,
        lead,
        titles: Array<string>(lead).fill(''),
      }
    : null;
}

/** Whether a line close below a row of positions holds a number under each of them. */
function isFollowed(
  { values, lead, titles, style, line }: RowsLayout,
  lines: readonly Line[],
): boolean {
  const below = lines.filter(({ number }) => number > line).slice(0, 5);
  return below.some(({ bytes }) => {
    const cells = cellsIn(bytes, 0, bytes.length, style);
    return (
      cells.length === titles.length + values.length &&
      cells
        .slice(lead, lead + values.length)
        .every((cell) => parseCell(cell, style) !== undefined)
    );
  });
}

/** Titled columns of points; null when the titles are not those of x, maybe y, position and value. */
function titledPoints(titles: readonly string[]): PointColumns | null {
  const x = titles.findIndex(isX);
  const y = titles.findIndex(isY);
  const position = titles.findIndex(
    (title, i) => i !== x && i !== y && isAxisTitle(title),
  );
  const value = titles.findLastIndex((_, i) => ![x, y, position].includes(i));
  const known = [x, y, position, value].filter((place) => place >= 0);
  return x >= 0 && position >= 0 && value >= 0 && known.length === titles.length
    ? { x, y, position, value }
    : null;
}

/** Columns of points without titles: the place stays while the position moves on. */
function barePoints(rows: readonly Float64Array[]): PointColumns | null {
  if (rows.length < 2) return null;
  const [first, second] = rows;
  const [y, position] = first.length === 4 ? [1, 2] : [-1, 1];
  const stays = (column: number): boolean => first[column] === second[column];
  return (first.length === 3 || first.length === 4) &&
    stays(0) &&
    (y < 0 || stays(y)) &&
    !stays(position)
    ? { x: 0, y, position, value: position + 1 }
    : null;
}

/** Tells how a text lays out its numbers from its first lines. */
export async function layoutOf(
  file: Blob,
  task: OpenOptions,
): Promise<TextLayout> {
  const lines = await firstLines(file, task);
  const style = styleOfLines(lines);
  const all = lines.map((line) => numbersOf(line, style));
  const first = all.findIndex((row) => row !== null);
  const rows = all.filter((row) => row !== null);
  const above = lines.slice(0, first < 0 ? mostHeaderLines : first);
  const titled = above
    .map(({ bytes }) => titlesIn(bytes, style))
    .filter((titles) => titles.length > 0);
  const axisIsFirst =
    titled.some(
      ([title]) => isAxisTitle(title) && !isX(title) && !isY(title),
    ) && breakOf(rows.map(([value]) => value)) < 0;
  if (!axisIsFirst)
    for (const line of above) {
      const found = positionsIn(line, style);
      if (found && isFollowed(found, lines)) return found;
    }
  if (first < 0) return { kind: 'columns', style };
  for (const cells of titled) {
    const titles = cells.filter((cell) => cell !== '');
    const columns =
      titles.length === rows[0].length ? titledPoints(titles) : null;
    if (columns) return { kind: 'points', style, columns, titles };
  }
  const columns = barePoints(rows);
  if (columns) return { kind: 'points', style, columns, titles: [] };
  return (
    barePositions(rows, lines[first].number, style) ?? {
      kind: 'columns',
      style,
    }
  );
}
