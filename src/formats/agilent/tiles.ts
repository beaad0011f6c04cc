import { UnmixingError } from '../../spectral/errors.js';
import { tilePlace } from './look.js';
import { type OpenOptions, partOf } from '../opened.js';
import { allocate, readSamples } from '../common/samples.js';
import { count, ending, listed } from '../common/words.js';

/** A tile of a mosaic, by column and row from the upper left. */
interface Tile {
  readonly file: File;
  readonly column: number;
  readonly row: number;
}

/** Tiles of one size. */
export interface Tiles {
  readonly tiles: readonly Tile[];
  readonly columns: number;
  readonly rows: number;
  /** Pixels of one tile. */
  readonly width: number;
  readonly height: number;
}

/** Bytes before the values; width and height stand in them as 16-bit numbers, or zeros. */
const headBytes = 1020;
const sizeAt = 24;
/** A mosaic of which more tiles are missing than this many times those that are there is refused. */
const mostMissing = 3;

/** The shape of a tile: it is square where its head does not say it. */
async function sizeOf(
  file: File,
  bands: number,
): Promise<readonly [number, number]> {
  const head = new DataView(await file.slice(0, headBytes).arrayBuffer());
  const pixels = (file.size - headBytes) / (4 * bands);
  const [width, height] =
    head.byteLength === headBytes && head.getUint32(sizeAt) > 0
      ? [head.getUint16(sizeAt, true), head.getUint16(sizeAt + 2, true)]
      : [Math.sqrt(pixels), Math.sqrt(pixels)];
  if (!(pixels > 0 && width * height === pixels && Number.isInteger(width)))
    throw new UnmixingError(
      'file',
      `${file.name} holds ${file.size} bytes, which is no tile of ${count(bands, 'band')} of 32-bit numbers after ${headBytes} bytes.`,
    );
  return [width, height];
}

/**
 * Puts the files beside a description in order: the tiles of a mosaic, or the one file of the whole.
 * @param tiles of the mosaic along x and y, as far as it says
 * @throws UnmixingError `file` when they are of different sizes, or too few
 */
export async function arrangeTiles(
  name: string,
  beside: readonly File[],
  bands: number,
  declared: readonly [number, number],
): Promise<Tiles> {
  const byPlace = new Map<string, Tile>();
  for (const file of beside) {
    const place = tilePlace(file.name);
    if (place)
      byPlace.set(place.join(), { file, column: place[0], row: place[1] });
  }
  const tiles = [...byPlace.values()];
  if (tiles.length === 0) {
    const whole = beside.find(({ name }) =>
      ['dms', 'dat'].includes(ending(name)),
    );
    if (!whole)
      throw new UnmixingError(
        'file',
        `${name} describes a mosaic whose tiles are not there: open it together with all files whose names begin like it and end in .dmd, or the whole folder.`,
      );
    const [width, height] = await sizeOf(whole, bands);
    return {
      tiles: [{ file: whole, column: 0, row: 0 }],
      columns: 1,
      rows: 1,
      width,
      height,
    };
  }
  const columns = Math.max(
    declared[0],
    ...tiles.map(({ column }) => column + 1),
  );
  const rows = Math.max(declared[1], ...tiles.map(({ row }) => row + 1));
  if (columns * rows > (1 + mostMissing) * tiles.length)
    throw new UnmixingError(
      'file',
      `${name} describes a mosaic of ${columns} x ${rows} tiles, of which only ${tiles.length} ${tiles.length === 1 ? 'is' : 'are'} there: open the whole folder.`,
    );
  const [width, height] = await sizeOf(tiles[0].file, bands);
  const odd = tiles.find(({ file }) => file.size !== tiles[0].file.size);
  if (odd)
    throw new UnmixingError(
      'file',
      `${odd.file.name} holds ${odd.file.size} bytes (want ${tiles[0].file.size}, as ${tiles[0].file.name}).`,
    );
  return { tiles, columns, rows, width, height };
}

/** Says which tiles of a mosaic are missing. */
export function warnOfMissing(
  { tiles, columns, rows }: Tiles,
  warnings: string[],
): void {
  const there = new Set(tiles.map(({ column, row }) => row * columns + column));
  const missing = Array.from({ length: columns * rows }, (_, i) => i)
    .filter((i) => !there.has(i))
    .map(
      (i) => `column ${(i % columns) + 1}, row ${Math.floor(i / columns) + 1}`,
    );
  if (missing.length > 0)
    warnings.push(
      `${count(missing.length, 'tile')} of ${columns * rows} ${missing.length === 1 ? 'is' : 'are'} missing and left out: ${listed(missing)}.`,
    );
}

/** Reads tiles, which lie band after band with their lowest row first, into one cube; NaN where a tile is missing. */
export async function readTiles(
  { tiles, columns, rows, width, height }: Tiles,
  bands: number,
  task: OpenOptions,
): Promise<Float32Array> {
  const rowLength = width * bands;
  const data = allocate(
    columns * rows * height * rowLength,
    tiles[0].file.name,
  );
  if (tiles.length < columns * rows) data.fill(NaN);
  for (const [i, { file, column, row }] of tiles.entries()) {
    const tile = await readSamples(
      file,
      file.name,
      {
        type: 'float32',
        bytesPerValue: 4,
        littleEndian: true,
        offset: headBytes,
        blocks: 1,
        rows: bands,
        rowLength: width * height,
      },
      partOf(task, i / tiles.length, (i + 1) / tiles.length),
    );
    for (let y = 0; y < height; y++) {
      const from = (height - 1 - y) * rowLength;
      data.set(
        tile.subarray(from, from + rowLength),
        ((row * height + y) * columns + column) * rowLength,
      );
    }
  }
  return data;
}
