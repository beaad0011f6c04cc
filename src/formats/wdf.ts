import type { AxisUnit, SpectralAxis } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { type Bytes, readBytes } from './common/bytes.js';
import { type Grid, gridOf } from './common/grid.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { requirePositions } from './common/positions.js';
import { openList } from './common/spectra-list.js';
import { openWhiteLight } from './wdf/picture.js';
import { listed } from './common/words.js';

// The layout is the one that the public readers py-wdf-reader, gwyddion and wdf-parser agree on, checked with a map of WiRE.
// wdf-parser itself is not used: it takes the counts and sizes of a file on trust, and an identifier that it does not know,
// such as a block of a newer WiRE, is an error to it.

const type = 'Renishaw .wdf';
/** Identifier of a block, its number and its size. */
const blockHead = 16;

/** Codes of units, for the axis and for positions. */
const axisUnits: Readonly<Record<number, AxisUnit>> = {
  1: 'cm-1', // Raman shift
  2: 'cm-1', // wavenumber
  3: 'nm',
  5: 'µm',
};
const micrometres: Readonly<Record<number, number>> = { 3: 1e-3, 5: 1, 8: 1e3 };

type Blocks = ReadonlyMap<string, Bytes>;

/** The first block of each kind, its head included. */
function blocksOf(bytes: Bytes): Blocks {
  const blocks = new Map<string, Bytes>();
  for (let at = 0; at < bytes.size;) {
    const size = bytes.uint64(at + 8);
    if (size < blockHead)
      throw new UnmixingError(
        'file',
        `${bytes.name} is damaged: its block at byte ${at} is ${size} bytes long (want at least ${blockHead}).`,
      );
    const id = bytes.text(at, 4);
    const block = bytes.part(at, size);
    if (!blocks.has(id)) blocks.set(id, block);
    at += size;
  }
  return blocks;
}

function blockOf(blocks: Blocks, id: string, name: string): Bytes {
  const block = blocks.get(id);
  if (!block)
    throw new UnmixingError(
      'file',
      `${name} has no block ${id}, so it holds no spectra.`,
    );
  return block;
}

function axisOf(list: Bytes, bands: number, warnings: string[]): SpectralAxis {
  const values = Float64Array.from(list.floats(blockHead + 8, bands));
  requirePositions(values, list.name);
  const code = list.uint32(blockHead + 4);
  const unit = code in axisUnits ? axisUnits[code] : null;
  if (unit === null)
    warnings.push(
      `${list.name} gives its axis in a unit that is not known here (code ${code}).`,
    );
  return { values, unit, quantity: 'intensity' };
}

/** Where the first `count` spectra were measured along one axis of the stage, µm; null when the file does not say. */
function positions(
  origins: Bytes,
  axis: number,
  capacity: number,
  count: number,
): Float64Array | null {
  const sets = origins.uint32(blockHead);
  let at = blockHead + 4;
  for (let set = 0; set < sets; set++) {
    // The highest bit tells which lists are the main ones.
    const kind = origins.uint32(at) & 0x7fffffff;
    const unit = origins.uint32(at + 4);
    const first = at + 24;
    origins.need(first, 8 * Math.max(capacity, count));
    if (kind === axis && unit in micrometres)
      return Float64Array.from(
        { length: count },
        (_, n) => origins.float64(first + 8 * n) * micrometres[unit],
      );
    at = first + 8 * capacity;
  }
  return null;
}

/** The image that the positions make. The stage's y runs down the white-light image, as our y does. */
function placesOf(
  origins: Bytes | undefined,
  capacity: number,
  count: number,
  warnings: string[],
): Grid | null {
  if (!origins || count < 2) return null;
  const x = positions(origins, 3, capacity, count);
  const y = positions(origins, 4, capacity, count);
  if (!x || !y) return null;
  const grid = gridOf(
    x,
    y.map((value) => -value),
  );
  if (!grid)
    warnings.push(
      `The positions in ${origins.name} do not fill a rectangle: its spectra are a list.`,
    );
  return grid;
}

/**
 * Opens a .wdf of Renishaw WiRE: a spectrum, a series or a map, and the white-light image that it was measured on.
 * @throws UnmixingError `file`
 */
export async function openWdf(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const bytes = await readBytes(file);
  const blocks = blocksOf(bytes);
  const head = blockOf(blocks, 'WDF1', file.name);
  const bands = head.uint32(60);
  const capacity = head.uint64(64);
  const count = head.uint64(72);
  const data = blockOf(blocks, 'DATA', file.name);
  data.need(blockHead, 4 * bands * count);
  const warnings: string[] = [];
  const axis = axisOf(blockOf(blocks, 'XLST', file.name), bands, warnings);
  if (count < capacity)
    warnings.push(
      `The measurement was stopped: ${count} of ${capacity} spectra were taken.`,
    );
  const grid = placesOf(blocks.get('ORGN'), capacity, count, warnings);
  const picture = blocks.get('WHTL');
  const read = ['WDF1', 'DATA', 'XLST', 'YLST', 'ORGN', 'WMAP', 'WHTL'];
  const skipped = [...blocks.keys()].filter((id) => !read.includes(id));
  if (skipped.length > 0)
    warnings.push(`Blocks that were skipped: ${listed(skipped, 20)}.`);
  const spectra = await openList(
    file,
    {
      type,
      axis,
      count,
      grid,
      read: (n, out) => out.set(data.floats(blockHead + 4 * bands * n, bands)),
    },
    warnings,
    picture ? partOf(task, 0, 0.5) : task,
  );
  if (!picture) return [spectra];
  const white = await openWhiteLight(
    picture.part(blockHead, picture.size - blockHead),
    warnings,
  );
  return white ? [spectra, white] : [spectra];
}
