import { UnmixingError } from '../../spectral/errors.js';
import { forEachLine } from '../common/lines.js';
import { type OpenOptions, type Opened, partOf } from '../opened.js';
import { allocate } from '../common/samples.js';
import { isAxisTitle, unitOf } from './axis.js';
import { cellEnd, cellText } from './cells.js';
import type { RowsLayout } from './layout.js';
import { isComment } from './lines.js';
import { listOf } from './list.js';
import { type NumberStyle, parseCell, parseLine } from './numbers.js';
import { gridOfPlaces, isX, isY } from './places.js';
import { asTheyAre, tidy } from '../common/values.js';
import { count, listed, stem } from '../common/words.js';

/** Cells beside the numbers that say where a spectrum stands or what it is called; -1 when there is none. */
interface Beside {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** Two cells without titles before the positions are x and y, as LabSpec writes them. */
function besideOf({ lead, titles }: RowsLayout): Beside {
  if (lead === 2 && titles.slice(0, 2).every((title) => title === ''))
    return { x: 0, y: 1, label: -1 };
  const x = titles.findIndex(isX);
  const y = titles.findIndex(isY);
  const named = titles.findIndex((title) =>
    /name|label|sample|spectrum|\bid\b/i.test(title),
  );
  const label = named >= 0 || titles.length !== 1 ? named : 0;
  return x >= 0 && y >= 0 ? { x, y, label: -1 } : { x: -1, y: -1, label };
}

/** Rows of a text: where the first stands, and what stands beside each. */
interface Rows {
  /** Line of the first, from 1. */
  readonly firstLine: number;
  readonly count: number;
  /** x, y or names in the order of the file; empty when there are none. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly labels: readonly string[];
}

/** The byte after so many cells and their separators. */
function skipCells(
  bytes: Uint8Array,
  from: number,
  to: number,
  cells: number,
  style: NumberStyle,
): number {
  let at = from;
  for (let cell = 0; cell < cells && at < to; cell++)
    at = Math.min(to, cellEnd(bytes, at, to, style) + 1);
  return at;
}

/** Looks through the rows: how many there are, and what stands beside their numbers. */
async function survey(
  file: File,
  { line: above, style, lead, values }: RowsLayout,
  beside: Beside,
  task: OpenOptions,
): Promise<Rows> {
  const nowhere = new Float64Array(0);
  const x: number[] = [];
  const y: number[] = [];
  const labels: string[] = [];
  let found = 0;
  let firstLine = 0;
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (line <= above || isComment(bytes[from])) return;
      if (found === 0) {
        // Lines of words, such as Orange's types of columns, may stand between.
        const at = skipCells(bytes, from, to, lead, style);
        const numbers = parseLine(bytes, at, to, style, nowhere);
        if (numbers === 0 || (numbers < 0 && -1 - numbers < values.length))
          return;
        firstLine = line;
      }
      found++;
      /** @param title place of the cell's title, which does not count the numbers between */
      const cell = (title: number): string => {
        const place = title < lead ? title : title + values.length;
        const at = skipCells(bytes, from, to, place, style);
        return cellText(bytes, at, cellEnd(bytes, at, to, style));
      };
      if (beside.x >= 0) {
        x.push(parseCell(cell(beside.x), style) ?? NaN);
        y.push(parseCell(cell(beside.y), style) ?? NaN);
      }
      if (beside.label >= 0) labels.push(cell(beside.label));
    },
    task,
  );
  if (found === 0)
    throw new UnmixingError(
      'file',
      `${file.name} holds no spectra below the positions in line ${above}.`,
    );
  return { firstLine, count: found, x, y, labels };
}

/** Reads the numbers: row n of the file goes to pixel `order[n]`, or n where there is no order. */
async function readRows(
  file: File,
  { style, lead, values, titles }: RowsLayout,
  { firstLine, count: rows }: Rows,
  order: Uint32Array | undefined,
  task: OpenOptions,
): Promise<Float32Array> {
  const bands = values.length;
  const data = allocate(rows * bands, file.name);
  const numbers = new Float64Array(bands);
  const after = titles.length - lead;
  let row = 0;
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (line < firstLine || isComment(bytes[from])) return;
      const at = skipCells(bytes, from, to, lead, style);
      const found = parseLine(bytes, at, to, style, numbers);
      if (found < 0 && -1 - found < bands)
        throw new UnmixingError(
          'file',
          `Line ${line} of ${file.name} has no number in column ${lead - found}.`,
        );
      if (found >= 0 && (found < bands || found > bands + after))
        throw new UnmixingError(
          'file',
          row === rows - 1 && found < bands
            ? `${file.name} is cut short: its last line (${line}) has ${found} of ${bands} numbers.`
            : `Line ${line} of ${file.name} has ${found} numbers (want ${bands}, as there are positions).`,
        );
      data.set(numbers, (order?.[row] ?? row) * bands);
      row++;
    },
    task,
  );
  return data;
}

/**
 * Opens a text with a row a spectrum, below a row of positions. Columns of x and y beside the numbers make an image;
 * a column of names makes a list of spectra.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openRows(
  file: File,
  layout: RowsLayout,
  task: OpenOptions,
): Promise<Opened[]> {
  const { titles, values } = layout;
  const warnings: string[] = [];
  const beside = besideOf(layout);
  const rows = await survey(file, layout, beside, partOf(task, 0, 0.3));
  const grid =
    beside.x < 0
      ? null
      : gridOfPlaces(
          rows.x,
          rows.y,
          [titles[beside.x], titles[beside.y]],
          file.name,
          warnings,
        );
  const data = await readRows(
    file,
    layout,
    rows,
    grid?.order,
    partOf(task, 0.3, 0.95),
  );
  const unused = titles.filter(
    (title, i) =>
      title !== '' && ![beside.x, beside.y, beside.label].includes(i),
  );
  const axisTitle = unused.find(isAxisTitle) ?? '';
  const unit = unitOf(axisTitle, values, warnings);
  const skipped = unused.filter((title) => title !== axisTitle);
  if (skipped.length > 0)
    warnings.push(
      `${count(skipped.length, 'column')} beside the spectra ${skipped.length === 1 ? 'is' : 'are'} not used: ${listed(skipped)}.`,
    );
  const mask = await tidy(
    data,
    values.length,
    asTheyAre,
    warnings,
    partOf(task, 0.95, 1),
  );
  return [
    listOf({
      name: stem(file.name),
      type: 'Text rows',
      axis: { values, unit, quantity: null },
      data,
      names: beside.label < 0 ? null : rows.labels,
      mask,
      grid,
      warnings,
    }),
  ];
}
