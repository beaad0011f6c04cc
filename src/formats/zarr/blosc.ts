import { unzlibSync } from 'fflate';
import { unzstd } from './zstd.js';

/** Bytes before the places of the blocks. */
const headerBytes = 16;
/** Blocks are split into the bytes of one weight each when values have at most so many, and there are enough of them. */
const mostStreams = 16;
const leastStream = 128;
/** The farthest that BloscLZ looks back in its short form. */
const nearest = 8191;

type Unpack = (packed: Uint8Array, out: Uint8Array) => number;

/** Repeats what was written `back` bytes ago; a run may overlap itself. Refuses to reach before or beyond the output. */
function repeat(
  out: Uint8Array,
  at: number,
  back: number,
  length: number,
): number {
  if (back < 1 || back > at || at + length > out.length)
    throw new RangeError('a repeat reaches out of the block');
  if (back >= length) out.copyWithin(at, at - back, at - back + length);
  else for (let i = at; i < at + length; i++) out[i] = out[i - back];
  return at + length;
}

function literals(
  packed: Uint8Array,
  from: number,
  length: number,
  out: Uint8Array,
  at: number,
): number {
  if (from + length > packed.length)
    throw new RangeError('a block is cut short');
  out.set(packed.subarray(from, from + length), at);
  return at + length;
}

/** An LZ4 block (LZ4 Block Format): a token of two lengths, literals, and how far back to repeat. */
export const unpackLz4: Unpack = (packed, out) => {
  let at = 0;
  let from = 0;
  const lengthFrom = (start: number): number => {
    let length = start;
    if (start === 15)
      for (let more = 255; more === 255; length += more)
        more = packed[from++] ?? 0;
    return length;
  };
  while (from < packed.length) {
    const token = packed[from++];
    const plain = lengthFrom(token >> 4);
    at = literals(packed, from, plain, out, at);
    from += plain;
    if (from >= packed.length) break;
    const back = packed[from] | (packed[from + 1] << 8);
    from += 2;
    at = repeat(out, at, back, lengthFrom(token & 15) + 4);
  }
  return at;
};

/** BloscLZ (c-blosc, blosclz.c): three bits of length and five of distance, or five of a length of literals. */
const unpackBloscLz: Unpack = (packed, out) => {
  let at = 0;
  let from = 0;
  const next = (): number => packed[from++] ?? 0;
  while (from < packed.length) {
    // The first byte is always one of literals.
    const control = from === 0 ? next() & 31 : next();
    if (control < 32) {
      at = literals(packed, from, control + 1, out, at);
      from += control + 1;
      continue;
    }
    let length = (control >> 5) + 2;
    const high = (control & 31) << 8;
    if (control >> 5 === 7)
      for (let more = 255; more === 255; length += more) more = next();
    const low = next();
    const back =
      low === 255 && high === 31 << 8
        ? nearest + ((next() << 8) | next())
        : high + low;
    at = repeat(out, at, back + 1, length);
  }
  return at;
};

const unpackZlib: Unpack = (packed, out) => unzlibSync(packed, { out }).length;

const unpackZstd: Unpack = (packed, out) => {
  const bytes = unzstd(packed, out.length);
  out.set(bytes);
  return bytes.length;
};

/** The packings by their numbers in the header; Snappy, 2, is not read. */
const unpackers: ReadonlyMap<number, Unpack> = new Map([
  [0, unpackBloscLz],
  [1, unpackLz4],
  [3, unpackZlib],
  [4, unpackZstd],
]);

/** Bytes of one weight lay together: puts those of each value side by side. */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const values = Math.floor(bytes.length / size);
  const out = bytes.slice();
  for (let b = 0; b < size; b++)
    for (let i = 0; i < values; i++) out[i * size + b] = bytes[b * values + i];
  return out;
}

/** Bits of one weight lay together, eight values a byte; what is left over of eight values was not touched. */
function unshuffleBits(
  bytes: Uint8Array,
  size: number,
  version: number,
): Uint8Array {
  const values = Math.floor(bytes.length / size);
  const eighths = values >> 3;
  const out = bytes.slice();
  if (version <= 2 && values % 8 > 0) return out;
  out.fill(0, 0, 8 * eighths * size);
  for (let weight = 0; weight < 8 * size; weight++)
    for (let i = 0; i < 8 * eighths; i++) {
      const bit = (bytes[weight * eighths + (i >> 3)] >> (i & 7)) & 1;
      out[i * size + (weight >> 3)] |= bit << (weight & 7);
    }
  return out;
}

/**
 * Unpacks a chunk of Blosc 1 (c-blosc, README_CHUNK_FORMAT). Its own code builds functions from text, which a strict
 * Content-Security-Policy forbids.
 * @param most bytes that it may hold
 * @throws Error when it is damaged, or holds more
 */
export function unblosc(
  packed: Uint8Array,
  most: number,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const [version, flags, size] = [packed[0], packed[2], packed[3]];
  const bytes = view.getUint32(4, true);
  const blockBytes = view.getUint32(8, true);
  if (view.getUint32(12, true) > packed.length || bytes > most)
    throw new RangeError('a chunk holds more or less than it says');
  if ((flags & 2) !== 0)
    return new Uint8Array(packed.subarray(headerBytes, headerBytes + bytes));
  const unpack = unpackers.get(flags >> 5);
  if (!unpack || size === 0 || (blockBytes === 0 && bytes > 0))
    throw new RangeError('a chunk is packed in an unknown way');
  const out = new Uint8Array(bytes);
  const blocks = Math.ceil(bytes / blockBytes);
  for (let i = 0; i < blocks; i++) {
    const block = out.subarray(i * blockBytes, (i + 1) * blockBytes);
    const isSplit =
      (flags & 16) === 0 &&
      size <= mostStreams &&
      blockBytes / size >= leastStream &&
      block.length === blockBytes;
    const streams = isSplit ? size : 1;
    const length = Math.floor(block.length / streams);
    let from = view.getUint32(headerBytes + 4 * i, true);
    for (let s = 0; s < streams; s++) {
      const to = block.subarray(s * length, (s + 1) * length);
      const stored = view.getUint32(from, true);
      const part = packed.subarray(from + 4, from + 4 + stored);
      if (part.length === length) to.set(part);
      else if (unpack(part, to) !== length)
        throw new RangeError('a block is cut short');
      from += 4 + stored;
    }
    if ((flags & 1) !== 0 && size > 1) block.set(unshuffle(block, size));
    else if ((flags & 4) !== 0) block.set(unshuffleBits(block, size, version));
  }
  return out;
}
