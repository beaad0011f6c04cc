import { UnmixingError } from '../../spectral/errors.js';
import { Bytes } from '../common/bytes.js';

/** Numbers from here on are no sectors but marks, such as the end of a chain. */
const firstMark = 0xfffffffa;
const entryBytes = 128;
const streamEntry = 2;
/** Streams shorter than this lie in the small sectors of the root's stream. */
const smallStream = 4096;
const smallSector = 64;

/** Sectors of one size in a row, and the number of the sector that follows each. */
interface Sectors {
  readonly bytes: Bytes;
  /** Of sector 0. */
  readonly from: number;
  readonly size: number;
  readonly next: (sector: number) => number;
}

function damaged({ name }: Bytes): UnmixingError {
  return new UnmixingError(
    'file',
    `${name} is cut short or damaged: its sectors do not hang together.`,
  );
}

const placeOf = ({ from, size }: Sectors, sector: number): number =>
  from + sector * size;

/** The bytes of a chain of sectors, put together; the last sector of a file may be cut. */
function readChain(sectors: Sectors, first: number): Bytes {
  const { bytes, size, next } = sectors;
  const chain: number[] = [];
  for (let at = first; at < firstMark; at = next(at)) {
    // More sectors than fit into the file: the chain runs in a circle.
    if (placeOf(sectors, at) >= bytes.size || chain.length * size > bytes.size)
      throw damaged(bytes);
    chain.push(placeOf(sectors, at));
  }
  const out = new Uint8Array(chain.length * size);
  for (const [i, at] of chain.entries())
    out.set(bytes.bytes.subarray(at, at + size), i * size);
  return new Bytes(out, bytes.name);
}

/** Sectors that hold the table of what follows what: 109 stand in the head, others in sectors chained by their last number. */
function tableSectors(bytes: Bytes, size: number): number[] {
  const count = bytes.uint32(44);
  if (count * size > bytes.size) throw damaged(bytes);
  const found: number[] = [];
  let at = 76;
  let end = 512;
  let following = bytes.uint32(68);
  for (let i = 0; i < count; i++) {
    if (at === end) {
      at = (following + 1) * size;
      end = at + size - 4;
      following = bytes.uint32(end);
    }
    found.push(bytes.uint32(at));
    at += 4;
  }
  return found;
}

/**
 * Finds a stream of a compound file by its name.
 * @returns null when none has such a name
 * @throws UnmixingError `file` when the file does not hang together
 */
export function findStream(bytes: Bytes, pattern: RegExp): Bytes | null {
  const size = 1 << bytes.uint16(30);
  if (size !== 512 && size !== 4096) throw damaged(bytes);
  const table = tableSectors(bytes, size);
  const sectors: Sectors = {
    bytes,
    from: size,
    size,
    next: (sector) => {
      const at = 4 * sector;
      const inTable = table.at(Math.floor(at / size));
      if (inTable === undefined) throw damaged(bytes);
      return bytes.uint32((inTable + 1) * size + (at % size));
    },
  };
  const directory = readChain(sectors, bytes.uint32(48));
  for (let at = 0; at + entryBytes <= directory.size; at += entryBytes) {
    const letters = Math.min(64, directory.uint16(at + 64)) - 2;
    const name = new TextDecoder('utf-16le').decode(
      directory.bytes.subarray(at, at + Math.max(0, letters)),
    );
    if (directory.uint8(at + 66) !== streamEntry || !pattern.test(name))
      continue;
    const first = directory.uint32(at + 116);
    const length = directory.uint32(at + 120);
    if (length >= smallStream) return readChain(sectors, first).part(0, length);
    const following = readChain(sectors, bytes.uint32(60));
    const small: Sectors = {
      bytes: readChain(sectors, directory.uint32(116)),
      from: 0,
      size: smallSector,
      next: (sector) => following.uint32(4 * sector),
    };
    return readChain(small, first).part(0, length);
  }
  return null;
}
