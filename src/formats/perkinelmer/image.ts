import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { Bytes } from '../common/bytes.js';
import { evenAxis } from '../common/even-axis.js';
import { gridOf } from '../common/grid.js';
import {
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from '../opened.js';
import {
  type Block,
  findBlock,
  quantityOf,
  readText,
  warnOfPercent,
} from './blocks.js';
import { allocate } from '../common/samples.js';
import { asTheyAre, tidy } from '../common/values.js';
import { listed, readUnit, stem } from '../common/words.js';

/** Numbers of blocks. */
const headerBlock = 5100;
const instrumentBlock = 5104;
const spectrumBlock = 5105;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** First place of the stage and the steps from it, µm. */
  readonly place: readonly [number, number];
  readonly spacing: readonly [number, number];
  readonly start: number;
  readonly step: number;
  readonly unitLabel: string;
  readonly valueLabel: string;
}

/** Title; ten numbers: steps of x, y and z, z from and to, two more, first x, y, z; points of x, y, z; labels of y, x, z, values. */
function readHeader(header: Bytes): Header {
  const at = 2 + header.uint16(0);
  const number = (i: number): number => header.float64(at + 8 * i);
  const points = (i: number): number => header.int32(at + 80 + 4 * i);
  const labels: string[] = [];
  for (let text = at + 92; labels.length < 4; text += 2 + header.uint16(text))
    labels.push(readText(header, text));
  return {
    width: points(0),
    height: points(1),
    bands: points(2),
    place: [number(7), number(8)],
    spacing: [number(0), number(1)],
    start: number(3),
    step: number(2),
    unitLabel: labels[2],
    valueLabel: labels[3],
  };
}

/** Opens an image (.fsm): x runs first, then y as the stage counts it. */
export async function openImage(
  name: string,
  blocks: readonly Block[],
  task: OpenOptions,
): Promise<Opened[]> {
  const header = readHeader(findBlock(blocks, headerBlock, 'header', name));
  const { width, height, bands, place, spacing } = header;
  const spectra = blocks.filter(({ id }) => id === spectrumBlock);
  const odd = spectra.find(({ content }) => content.size !== 4 * bands);
  if (
    width < 1 ||
    height < 1 ||
    bands < 1 ||
    width * height !== spectra.length ||
    odd
  )
    throw new UnmixingError(
      'file',
      `${name} is cut short or damaged: its header declares ${width} x ${height} spectra of ${bands} bands, and it holds ${spectra.length}${odd ? `, one of ${odd.content.size / 4}` : ''}.`,
    );
  const placeOf = (axis: 0 | 1, step: (n: number) => number): Float64Array =>
    Float64Array.from(spectra, (_, n) => place[axis] + spacing[axis] * step(n));
  const grid = gridOf(
    placeOf(0, (n) => n % width),
    placeOf(1, (n) => Math.floor(n / width)),
  );
  if (!grid)
    throw new UnmixingError(
      'file',
      `${name} is damaged: its points would lie ${spacing[0]} and ${spacing[1]} µm apart.`,
    );
  const warnings: string[] = [];
  const others = blocks.filter(
    ({ id }) => ![headerBlock, instrumentBlock, spectrumBlock].includes(id),
  );
  if (others.length > 0)
    warnings.push(`Skipped: ${listed(others.map(({ id }) => `block ${id}`))}.`);
  warnOfPercent(header.valueLabel, warnings);
  const unit = readUnit(header.unitLabel)?.unit ?? null;
  const quantity = quantityOf(header.valueLabel);
  const values = evenAxis(header.start, header.step, bands, name);
  const pace = keepPace(task.signal, task.onProgress);
  const data = allocate(spectra.length * bands, name);
  for (const [n, { content }] of spectra.entries()) {
    data.set(content.floats(0, bands), grid.order[n] * bands);
    await pace((0.6 * n) / spectra.length);
  }
  const mask = await tidy(
    data,
    bands,
    asTheyAre,
    warnings,
    partOf(task, 0.6, 1),
  );
  const missing: Missing[] = [];
  if (unit === null) missing.push('unit');
  if (quantity === null) missing.push('quantity');
  return [
    {
      kind: 'cube',
      type: 'PerkinElmer',
      warnings,
      missing,
      cube: {
        name: stem(name),
        width: grid.width,
        height: grid.height,
        axis: { values, unit, quantity },
        data,
        geometry: grid.geometry,
        ...(mask && { mask }),
      },
    },
  ];
}
