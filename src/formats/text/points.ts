import { UnmixingError } from '../../spectral/errors.js';
import { forEachLine } from '../common/lines.js';
import { type OpenOptions, type Opened, partOf } from '../opened.js';
import { requirePositions } from '../common/positions.js';
import { allocate } from '../common/samples.js';
import { unitOf } from './axis.js';
import type { TextLayout } from './layout.js';
import { isComment } from './lines.js';
import { listOf } from './list.js';
import { parseLine } from './numbers.js';
import { gridOfPlaces } from './places.js';
import { asTheyAre, tidy } from '../common/values.js';
import { readQuantity, stem } from '../common/words.js';

type PointsLayout = Extract<TextLayout, { kind: 'points' }>;

/** Calls `each` with the cells of every point. @throws UnmixingError `file` naming a line that holds no point */
async function forEachPoint(
  file: File,
  { style, columns }: PointsLayout,
  each: (cells: Float64Array, line: number) => void,
  task: OpenOptions,
): Promise<void> {
  const width = columns.y < 0 ? 3 : 4;
  const cells = new Float64Array(width);
  let points = 0;
  await forEachLine(
    file,
    (bytes, from, to, line) => {
      if (isComment(bytes[from])) return;
      const found = parseLine(bytes, from, to, style, cells);
      if (found === width) {
        points++;
        each(cells, line);
      } else if (points > 0)
        throw new UnmixingError(
          'file',
          `Line ${line} of ${file.name} is not ${width} numbers, as the first points are.`,
        );
    },
    task,
  );
}

/** Where the spectra stand, and their common axis. */
interface Survey {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: Float64Array;
}

/** Looks through the points: those at one place are a spectrum, and each repeats the positions of the first. */
async function survey(
  file: File,
  layout: PointsLayout,
  task: OpenOptions,
): Promise<Survey> {
  const { columns } = layout;
  const x: number[] = [];
  const y: number[] = [];
  const axis: number[] = [];
  let band = 0;
  const refuseLength = (line: number): never => {
    throw new UnmixingError(
      'file',
      `${file.name} has a spectrum of ${band} points that ends before line ${line} (want ${axis.length}, as in the first).`,
    );
  };
  let last = 0;
  await forEachPoint(
    file,
    layout,
    (cells, line) => {
      const cx = cells[columns.x];
      const cy = columns.y < 0 ? 0 : cells[columns.y];
      const position = cells[columns.position];
      const moved = x.at(-1) !== cx || y.at(-1) !== cy;
      // One place may be measured again and again: then its positions start anew.
      const again = x.length > 1 ? band === axis.length : position === axis[0];
      if (x.length === 0 || moved || again) {
        if (x.length > 0 && band !== axis.length) refuseLength(line);
        x.push(cx);
        y.push(cy);
        band = 0;
      }
      if (x.length === 1) axis.push(position);
      else if (band >= axis.length || axis[band] !== position)
        throw new UnmixingError(
          'file',
          `Line ${line} of ${file.name} is at position ${position} (want ${axis[band]}, as in the first spectrum).`,
        );
      band++;
      last = line;
    },
    task,
  );
  if (band !== axis.length) refuseLength(last + 1);
  const values = Float64Array.from(axis);
  requirePositions(values, file.name);
  return { x, y, values };
}

async function readValues(
  file: File,
  layout: PointsLayout,
  count: number,
  bands: number,
  order: Uint32Array | undefined,
  task: OpenOptions,
): Promise<Float32Array> {
  const data = allocate(count * bands, file.name);
  let n = 0;
  await forEachPoint(
    file,
    layout,
    (cells) => {
      const spectrum = Math.floor(n / bands);
      data[(order?.[spectrum] ?? spectrum) * bands + (n % bands)] =
        cells[layout.columns.value];
      n++;
    },
    task,
  );
  return data;
}

/**
 * Opens a text with a line a point: x, y, position on the axis and value, spectrum after spectrum, as Renishaw and
 * LabSpec export maps. Without y the points are those of a line.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openPoints(
  file: File,
  layout: PointsLayout,
  task: OpenOptions,
): Promise<Opened[]> {
  const { columns, titles } = layout;
  const titleOf = (column: number): string => titles.at(column) ?? '';
  const warnings: string[] = [];
  const { x, y, values } = await survey(file, layout, partOf(task, 0, 0.45));
  const grid =
    x.length === 1 || (columns.y < 0 && titles.length === 0)
      ? null
      : gridOfPlaces(
          x,
          y,
          [titleOf(columns.x), columns.y < 0 ? '' : titleOf(columns.y)],
          file.name,
          warnings,
        );
  const data = await readValues(
    file,
    layout,
    x.length,
    values.length,
    grid?.order,
    partOf(task, 0.45, 0.95),
  );
  const unit = unitOf(titleOf(columns.position), values, warnings);
  const quantity = readQuantity(titleOf(columns.value));
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
      type: 'Text points',
      axis: { values, unit, quantity },
      data,
      names: null,
      mask,
      grid,
      warnings,
    }),
  ];
}
