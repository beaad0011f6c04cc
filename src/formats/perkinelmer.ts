import { UnmixingError } from '../spectral/errors.js';
import { type Bytes, readBytes } from './common/bytes.js';
import { evenAxis } from './common/even-axis.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import {
  findBlock,
  quantityOf,
  readBlocks,
  readText,
  warnOfPercent,
} from './perkinelmer/blocks.js';
import { openImage } from './perkinelmer/image.js';
import { allocate } from './common/samples.js';
import { asTheyAre, tidy } from './common/values.js';
import { readUnit, stem } from './common/words.js';

/** The block of a single spectrum and its members; each begins with a number for its type. */
const spectrumBlock = 120;
const members = {
  range: 0x8b72,
  interval: 0x8b74,
  points: 0x8b75,
  unit: 0x8b77,
  values: 0x8b78,
  data: 0x8b7c,
} as const;
const typeBytes = 2;

/** Opens a single spectrum (.sp): even steps from one end of the range, 64-bit values. */
async function openSpectrum(
  name: string,
  block: Bytes,
  task: OpenOptions,
): Promise<Opened[]> {
  const blocks = readBlocks(block, 0);
  const member = (key: keyof typeof members): Bytes =>
    findBlock(blocks, members[key], key, name);
  const points = member('points').int32(typeBytes);
  const data = member('data');
  const size = data.int32(typeBytes);
  if (points < 1 || size !== 8 * points || typeBytes + 4 + size > data.size)
    throw new UnmixingError(
      'file',
      `${name} is cut short or damaged: it declares ${points} points in ${size} bytes of values, and holds ${data.size}.`,
    );
  const warnings: string[] = [];
  const valueLabel = readText(member('values'), typeBytes);
  warnOfPercent(valueLabel, warnings);
  const range = member('range');
  const ends = [range.float64(typeBytes), range.float64(typeBytes + 8)];
  const step = member('interval').float64(typeBytes);
  const first = step < 0 ? Math.max(...ends) : Math.min(...ends);
  const last = step < 0 ? Math.min(...ends) : Math.max(...ends);
  if (!(Math.abs(first + (points - 1) * step - last) <= Math.abs(step) / 2))
    throw new UnmixingError(
      'file',
      `${name} is damaged: ${points} points in steps of ${step} do not go from ${first} to ${last}.`,
    );
  const values = allocate(points, name);
  for (let i = 0; i < points; i++)
    values[i] = data.float64(typeBytes + 4 + 8 * i);
  await tidy(values, points, asTheyAre, warnings, task);
  const axis = {
    values: evenAxis(first, step, points, name),
    unit: readUnit(readText(member('unit'), typeBytes))?.unit ?? null,
    quantity: quantityOf(valueLabel),
  };
  return [
    {
      kind: 'spectra',
      type: 'PerkinElmer',
      warnings,
      spectra: { name: stem(name), axis, names: [stem(name)], data: values },
    },
  ];
}

/**
 * Opens a PerkinElmer image (.fsm) or spectrum (.sp); which of them it is, its blocks tell.
 * @throws UnmixingError `file`
 */
export async function openPerkinElmer(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const bytes = await readBytes(file);
  const blocks = readBlocks(bytes);
  const spectrum = blocks.find(({ id }) => id === spectrumBlock);
  return spectrum
    ? openSpectrum(file.name, spectrum.content, task)
    : openImage(file.name, blocks, task);
}
