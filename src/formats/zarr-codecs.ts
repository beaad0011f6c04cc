import { registry } from 'zarrita';
import { type Packing, inflate } from './inflate.js';

/** Bytes that a codec may add to the values of a chunk, such as a checksum. */
const slack = 64;

const view = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** Bytes that a packed chunk says it holds; null when it does not say. */
type Declared = (packed: Uint8Array) => number | null;

/** Blosc 1: nbytes at byte 4 of 16, and cbytes, all of the packed ones, at 12. */
const bloscBytes: Declared = (packed) =>
  view(packed).getUint32(12, true) === packed.length
    ? view(packed).getUint32(4, true)
    : Infinity;

/** numcodecs writes the length before an LZ4 block. */
const lz4Bytes: Declared = (packed) => view(packed).getUint32(0, true);

/** Zstandard frame header, RFC 8878, 3.1.1.1: its descriptor tells the size of the fields before the content's size. */
const zstdBytes: Declared = (packed) => {
  const descriptor = packed[4];
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? packed[at] : null;
    case 1:
      return view(packed).getUint16(at, true) + 256;
    case 2:
      return view(packed).getUint32(at, true);
    default:
      return Number(view(packed).getBigUint64(at, true));
  }
};

type Entry = Awaited<ReturnType<NonNullable<ReturnType<typeof registry.get>>>>;
type Codec = ReturnType<Entry['fromConfig']>;
type Decode = (packed: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Replaces how a codec unpacks; `most` is what a chunk may hold. */
function replace(
  name: string,
  decodeOf: (codec: Codec, most: number) => Decode,
): void {
  for (const key of [name, `numcodecs.${name}`]) {
    const load = registry.get(key);
    if (!load) continue;
    registry.set(key, async () => {
      const entry = await load();
      return {
        kind: entry.kind,
        fromConfig(config, meta) {
          const codec = entry.fromConfig(config, meta);
          const bits = Number(/\d+$/.exec(meta.dataType)?.[0] ?? 8);
          const values = meta.shape.reduce((all, size) => all * size, 1);
          const decode = decodeOf(codec, (values * bits) / 8 + slack);
          return Object.assign(Object.create(codec) as Codec, { decode });
        },
      };
    });
  }
}

const unpackWith =
  (packing: Packing) =>
  (_codec: Codec, most: number): Decode =>
  (packed) =>
    inflate(new Uint8Array(packed), packing, most);

const checkFirst =
  (declared: Declared) =>
  (codec: Codec, most: number): Decode =>
  (packed) => {
    if ((declared(packed) ?? 0) > most)
      throw new RangeError('more values than the chunk has');
    return codec.decode(packed);
  };

/** Sees to it that no chunk unpacks to more than its shape holds, whatever its bytes say. */
export function limitCodecs(): void {
  replace('gzip', unpackWith('gzip'));
  replace('zlib', unpackWith('deflate'));
  replace('blosc', checkFirst(bloscBytes));
  replace('lz4', checkFirst(lz4Bytes));
  replace('zstd', checkFirst(zstdBytes));
}
