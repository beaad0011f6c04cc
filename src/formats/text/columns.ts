import type { SpectralAxis } from '../../spectral/axis.js';
import { UnmixingError } from '../../spectral/errors.js';
import { readTitles, unitOfDpt } from './column-titles.js';
import { forEachLine } from '../common/lines.js';
import { type OpenOptions, type Opened, partOf } from '../opened.js';
import { requirePositions } from '../common/positions.js';
import { allocate } from '../common/samples.js';
import { isComment, titlesIn } from './lines.js';
import { listOf } from './list.js';
import { mostHeaderLines } from './look.js';
import { type NumberStyle, parseLine } from './numbers.js';
import { asTheyAre, tidy } from '../common/values.js';
import { count, ending, stem } from '../common/words.js';

/** Shape of a text of columns, from a first look through it. */
interface Table {
  readonly style: NumberStyle;
  readonly rows: number;
  /** The axis and the spectra. */
  readonly columns: number;
  /** Line of the first row of numbers, from 1. */
  readonly firstLine: number;
  /** Lines of words above it, as cells. */
  readonly titles: readonly (readonly string[])[];
}

async function survey(
  file: File,
  style: NumberStyle,
  task: OpenOptions,
): Promise<Table> {
  const titles: string[][] = [];
  const nowhere = new Float64Array(0);
  let rows = 0;
  let columns = 0;
  let firstLine = 0;
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (isComment(bytes[from])) return;
      if (rows > 0) rows++;
      else {
        const found = parseLine(bytes, from, to, style, nowhere);
        if (found > 0) {
          rows = 1;
          columns = found;
          firstLine = line;
        } else if (line > mostHeaderLines)
          throw new UnmixingError(
            'file',
            `${file.name} holds no columns of numbers in its first ${mostHeaderLines} lines.`,
          );
        else titles.push(titlesIn(bytes.subarray(from, to), style));
      }
    },
    task,
  );
  if (rows === 0)
    throw new UnmixingError(
      'file',
      `${file.name} holds no columns of numbers.`,
    );
  if (columns < 2)
    throw new UnmixingError(
      'file',
      `${file.name} holds one column of numbers (want the axis and at least one spectrum).`,
    );
  return { style, rows, columns, firstLine, titles };
}

/** Refuses a row that does not fit the first one. */
function checkRow(
  found: number,
  { columns, rows }: Table,
  row: number,
  line: number,
  name: string,
): void {
  if (found < 0)
    throw new UnmixingError(
      'file',
      `Line ${line} of ${name} has no number in column ${-found}.`,
    );
  if (found !== columns)
    throw new UnmixingError(
      'file',
      row === rows - 1 && found < columns
        ? `${name} is cut short: its last line (${line}) has ${found} of ${columns} numbers.`
        : `Line ${line} of ${name} has ${count(found, 'number')} (want ${columns}, as in the first).`,
    );
}

/** Reads axis and spectra: spectrum n of the table at n * rows. */
async function readTable(
  file: File,
  table: Table,
  task: OpenOptions,
): Promise<{ values: Float64Array; data: Float32Array }> {
  const { rows, columns, style, firstLine } = table;
  const spectra = columns - 1;
  const values = new Float64Array(rows);
  const data = allocate(rows * spectra, file.name);
  const cells = new Float64Array(columns);
  // Rows wait here until they fill a line of the processor's cache, then they are turned into columns together.
  const most = Math.max(1, Math.min(16, Math.floor(2 ** 18 / spectra)));
  const waiting = new Float32Array(most * spectra);
  let row = 0;
  let held = 0;
  const settle = (): void => {
    for (let n = 0; n < spectra; n++)
      for (let r = 0; r < held; r++)
        data[n * rows + row - held + r] = waiting[r * spectra + n];
    held = 0;
  };
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (line < firstLine || isComment(bytes[from])) return;
      const found = parseLine(bytes, from, to, style, cells);
      checkRow(found, table, row, line, file.name);
      values[row++] = cells[0];
      waiting.set(cells.subarray(1), held * spectra);
      if (++held === most) settle();
    },
    task,
  );
  settle();
  requirePositions(values, file.name);
  return { values, data };
}

/** Spectra side by side, as read from a text of columns. */
interface Columns {
  readonly axis: SpectralAxis;
  readonly names: readonly string[] | null;
  /** Spectrum n at n * bands. */
  readonly data: Float32Array;
  readonly mask: Uint8Array | undefined;
}

/**
 * Reads a text of columns: first the axis, then one spectrum a column.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function readColumns(
  file: File,
  style: NumberStyle,
  warnings: string[],
  task: OpenOptions,
): Promise<Columns> {
  const table = await survey(file, style, partOf(task, 0, 0.15));
  const { values, data } = await readTable(
    file,
    table,
    partOf(task, 0.15, 0.95),
  );
  const { unit, quantity, names } = readTitles(
    table.titles,
    table.columns,
    values,
    warnings,
  );
  const axis = {
    values,
    unit: unit ?? unitOfDpt(values, file.name, warnings),
    quantity,
  };
  const mask = await tidy(
    data,
    table.rows,
    asTheyAre,
    warnings,
    partOf(task, 0.95, 1),
  );
  return { axis, names, data, mask };
}

/**
 * Opens a Bruker .dpt or other text of columns. One spectrum, or some with names, give spectra; others give a cube of
 * one row, whose width the file does not tell.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openColumns(
  file: File,
  style: NumberStyle,
  task: OpenOptions,
): Promise<Opened[]> {
  const warnings: string[] = [];
  const read = await readColumns(file, style, warnings, task);
  const type = ending(file.name) === 'dpt' ? 'Bruker .dpt' : 'Text columns';
  return [listOf({ ...read, name: stem(file.name), type, warnings })];
}
