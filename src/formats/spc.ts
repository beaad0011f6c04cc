import { Bytes, readBytes } from './common/bytes.js';
import { type Grid, gridOf } from './common/grid.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { evenly, requirePositions } from './common/positions.js';
import { type SpcHeader, readSpcHeader } from './spc/header.js';
import { micrometres, nameAxis } from './spc/words.js';
import { openList } from './common/spectra-list.js';

// spc-parser is not used. It allocates what the header declares (4 GB for a changed file of 8 kB), and takes an exponent of
// 0 for "none given", which halves the second spectrum of the sample m_evenz.spc.

/** One spectrum: where its own positions and its values lie, and how they are written. */
interface Subfile {
  readonly points: number;
  /** First byte of its positions; null where they are the same for all. */
  readonly x: number | null;
  readonly y: number;
  readonly exponent: number;
  /** Place along a row and across rows, in the units of the header. */
  readonly z: number;
  readonly w: number;
}

const subheadBytes = 32;
const asFloats = -128;

const valueBytes = ({ isShort }: SpcHeader, exponent: number): number =>
  isShort && exponent !== asFloats ? 2 : 4;

/** The exponent of a spectrum: its own in a file of several, whose header may still say "floats" for all. */
function exponentOf(own: number, { isMulti, exponent }: SpcHeader): number {
  if (!isMulti) return exponent;
  return own === 0 && exponent === asFloats ? exponent : own;
}

/** All spectra, in the order of the file, each checked to lie inside it. */
function subfiles(
  bytes: Bytes,
  header: SpcHeader,
  warnings: string[],
): Subfile[] {
  const subs: Subfile[] = [];
  let at = header.size + (header.axis === 'common' ? 4 * header.points : 0);
  while (subs.length < header.spectra) {
    const exponent = exponentOf(bytes.int8(at + 1), header);
    const own = header.axis === 'own';
    const points = own ? bytes.uint32(at + 16) : header.points;
    const x = at + subheadBytes;
    const y = own ? x + 4 * points : x;
    const end = y + valueBytes(header, exponent) * points;
    bytes.need(at, end - at);
    subs.push({
      points,
      x: own ? x : null,
      y,
      exponent,
      z: bytes.float32(at + 4),
      w: bytes.float32(at + 24),
    });
    at = end;
  }
  // Nothing may follow in the old layout, which does not say how many spectra there are.
  if (header.isOld && at < bytes.size)
    warnings.push(
      `${bytes.name} is cut short or damaged: after its last whole spectrum it holds ${bytes.size - at} bytes more.`,
    );
  return subs;
}

/** A whole number of 32 bits whose two words stand the other way round, as LabCalc wrote it. */
const swapped = (bytes: Bytes, at: number): number =>
  (bytes.uint16(at) << 16) | bytes.uint16(at + 2);

function readValues(
  bytes: Bytes,
  header: SpcHeader,
  { y, points, exponent }: Subfile,
  out: Float32Array,
): void {
  if (exponent === asFloats) {
    out.set(bytes.floats(y, points));
    return;
  }
  const size = valueBytes(header, exponent);
  const scale = 2 ** (exponent - 8 * size);
  for (let i = 0; i < points; i++) {
    const at = y + size * i;
    const value = header.isShort
      ? bytes.int16(at)
      : header.isOld
        ? swapped(bytes, at)
        : bytes.int32(at);
    out[i] = value * scale;
  }
}

function positionsOf(
  bytes: Bytes,
  header: SpcHeader,
  { x, points }: Subfile,
): Float64Array {
  const values =
    header.axis === 'even'
      ? evenly(header.first, header.last, points)
      : Float64Array.from(bytes.floats(x ?? header.size, points));
  requirePositions(values, bytes.name);
  return values;
}

/** Whether two spectra have their positions in common. */
function sameAxis(bytes: Bytes, a: Subfile, b: Subfile): boolean {
  if (a.x === null || b.x === null) return true;
  if (a.points !== b.points) return false;
  for (let i = 0; i < 4 * a.points; i++)
    if (bytes.bytes[a.x + i] !== bytes.bytes[b.x + i]) return false;
  return true;
}

/**
 * The image of a map, whose planes along w are rows along z. The file does not say which way they run on a stage: the first
 * is taken as the upper one.
 */
function gridOfMap(
  subs: readonly Subfile[],
  header: SpcHeader,
  warnings: string[],
): Grid | null {
  const { planes, zStep, wStep } = header;
  if (!(planes > 1 && header.z in micrometres && header.w in micrometres))
    return null;
  const row = subs.length / planes;
  const x = Float64Array.from(
    subs,
    ({ z }, n) =>
      micrometres[header.z] * (zStep === 0 ? z : subs[0].z + (n % row) * zStep),
  );
  const y = Float64Array.from(
    subs,
    ({ w }, n) =>
      -micrometres[header.w] *
      (wStep === 0 ? w : subs[0].w + Math.floor(n / row) * wStep),
  );
  const grid = gridOf(x, y);
  if (grid)
    warnings.push(
      'The Z of the file is taken as x, and its W as y, which runs downwards.',
    );
  return grid;
}

/**
 * Opens an SPC file of GRAMS and of the many programs that write it: a spectrum, several, or a map.
 * @throws UnmixingError `file`
 */
export async function openSpc(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const little = await readBytes(file);
  const bytes =
    little.uint8(1) === 0x4c
      ? new Bytes(little.bytes, file.name, false)
      : little;
  const header = readSpcHeader(bytes);
  const warnings: string[] = [];
  const all = subfiles(bytes, header, warnings);
  const [first] = all;
  const positions = positionsOf(bytes, header, first);
  const subs = all.filter((sub) => sameAxis(bytes, sub, first));
  if (subs.length < all.length)
    warnings.push(
      `Spectra that are left out because their axes differ from the first: ${all.length - subs.length} of ${all.length}.`,
    );
  return [
    await openList(
      file,
      {
        type: 'SPC',
        axis: nameAxis(positions, header, file.name, warnings),
        count: subs.length,
        grid: gridOfMap(subs, header, warnings),
        read: (n, out) => readValues(bytes, header, subs[n], out),
      },
      warnings,
      task,
    ),
  ];
}
