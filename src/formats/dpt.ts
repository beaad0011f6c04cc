import type { SpectralAxis } from '../spectral/axis.js';
import { unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { mostHeaderLines, startsLikeNumbers } from './columns-look.js';
import { forEachLine } from './lines.js';
import {
  type Group,
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from './opened.js';
import { allocate } from './samples.js';
import { type NumberStyle, parseLine, styleOf } from './text-numbers.js';
import { asTheyAre, tidy } from './values.js';
import { count, ending, stem } from './words.js';

/** Shape of a text of columns, from a first look through it. */
interface Table {
  readonly style: NumberStyle;
  readonly rows: number;
  /** The axis and the spectra. */
  readonly columns: number;
  /** Line of the first row of numbers, from 1. */
  readonly firstLine: number;
}

const hash = 35;
const semicolon = 59;

/** Lines that start with # or ; are comments. */
const isComment = (bytes: Uint8Array, from: number): boolean =>
  bytes[from] === hash || bytes[from] === semicolon;

/** Separator from the first line of numbers, decimal mark from as many lines as the head holds. */
function styleOfHead(head: string): NumberStyle {
  const lines = head
    .split(/\r?\n/)
    .filter((line) => startsLikeNumbers.test(line));
  const styles = lines.slice(0, 1000).map(styleOf);
  return (
    styles.find(({ decimal }) => decimal === ','.charCodeAt(0)) ??
    styles.at(0) ??
    styleOf('')
  );
}

async function survey(
  file: File,
  head: string,
  task: OpenOptions,
): Promise<Table> {
  const style = styleOfHead(head);
  const nowhere = new Float64Array(0);
  let rows = 0;
  let columns = 0;
  let firstLine = 0;
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (isComment(bytes, from)) return;
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
  return { style, rows, columns, firstLine };
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

function checkPositions(
  values: Float64Array,
  table: Table,
  name: string,
): void {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  const wrong = values.findIndex(
    (value, b) =>
      !Number.isFinite(value) ||
      (b > 0 && Math.sign(value - values[b - 1]) !== sign),
  );
  if (wrong >= 0)
    throw new UnmixingError(
      'file',
      `The first column of ${name} is no axis: ${values[wrong]} in row ${wrong + 1} of ${table.rows}${wrong > 0 ? ` follows ${values[wrong - 1]}` : ''} (want numbers that only rise or only fall).`,
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
      if (line < firstLine || isComment(bytes, from)) return;
      const found = parseLine(bytes, from, to, style, cells);
      checkRow(found, table, row, line, file.name);
      values[row++] = cells[0];
      waiting.set(cells.subarray(1), held * spectra);
      if (++held === most) settle();
    },
    task,
  );
  settle();
  checkPositions(values, table, file.name);
  return { values, data };
}

/**
 * The axis of a .dpt: the file does not name its unit, but Bruker exports wavenumbers, so numbers
 * that can be infrared or Raman wavenumbers are taken as such, with a warning.
 */
function nameAxis(
  values: Float64Array,
  name: string,
  warnings: string[],
): SpectralAxis {
  const ends = [values[0], values[values.length - 1]];
  const plausible =
    ending(name) === 'dpt' &&
    Math.min(...ends) >= 5 &&
    Math.max(...ends) > 400 &&
    Math.max(...ends) <= 25000;
  if (plausible)
    warnings.push(
      `${name} does not say the unit of its axis: cm-1 is taken, as Bruker writes it.`,
    );
  return { values, unit: plausible ? 'cm-1' : null, quantity: null };
}

/**
 * Opens a Bruker .dpt or other text of number columns: first the axis, then one spectrum a column.
 * One spectrum gives spectra; more give a cube of one row, whose width the file does not tell.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openColumns(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const head = await file.slice(0, 65536).text();
  const table = await survey(file, head, partOf(task, 0, 0.15));
  const { values, data } = await readTable(
    file,
    table,
    partOf(task, 0.15, 0.95),
  );
  const warnings: string[] = [];
  if (table.firstLine > 1)
    warnings.push(
      `${count(table.firstLine - 1, 'line')} above the numbers ${table.firstLine === 2 ? 'was' : 'were'} skipped.`,
    );
  const axis = nameAxis(values, file.name, warnings);
  await tidy(data, table.rows, asTheyAre, warnings, partOf(task, 0.95, 1));
  const name = stem(file.name);
  const type = ending(file.name) === 'dpt' ? 'Bruker .dpt' : 'Text columns';
  if (table.columns === 2)
    return [
      {
        kind: 'spectra',
        type,
        warnings,
        spectra: { name, axis, names: [name], data },
      },
    ];
  const missing: Missing[] = ['quantity', 'width'];
  return [
    {
      kind: 'cube',
      type,
      warnings,
      missing: axis.unit === null ? ['unit', ...missing] : missing,
      cube: {
        name,
        width: table.columns - 1,
        height: 1,
        axis,
        data,
        geometry: unitGeometry,
      },
    },
  ];
}
