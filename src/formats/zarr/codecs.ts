import { registry } from 'zarrita';
import { unblosc, unpackLz4 } from './blosc.js';
import { inflate } from '../common/inflate.js';
import { unzstd } from './zstd.js';

/** Bytes that a codec may add to the values of a chunk, such as a checksum. */
const slack = 64;

/** Unpacks a chunk of so many bytes at most. */
type Unpack = (
  packed: Uint8Array,
  most: number,
) => Uint8Array | Promise<Uint8Array>;

/** numcodecs writes the length before an LZ4 block. */
const unlz4: Unpack = (packed, most) => {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const length = view.getUint32(0, true);
  if (length > most) throw new RangeError('a chunk declares too much');
  const out = new Uint8Array(length);
  return out.subarray(0, unpackLz4(packed.subarray(4), out));
};

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: (packed, most) => inflate(new Uint8Array(packed), 'gzip', most),
  zlib: (packed, most) => inflate(new Uint8Array(packed), 'deflate', most),
  blosc: unblosc,
  lz4: unlz4,
  zstd: unzstd,
};

/**
 * Has zarrita unpack chunks by these: they need no more than a strict Content-Security-Policy allows, and no chunk
 * unpacks to more than its shape holds, whatever its bytes say.
 */
export function setCodecs(): void {
  for (const [name, unpack] of Object.entries(unpackers))
    for (const key of [name, `numcodecs.${name}`])
      registry.set(key, () =>
        Promise.resolve({
          kind: 'bytes_to_bytes',
          fromConfig(_config, { shape, dataType }) {
            const bits = Number(/\d+$/.exec(dataType)?.[0] ?? 8);
            const values = shape.reduce((all, size) => all * size, 1);
            const most = (values * bits) / 8 + slack;
            return {
              kind: 'bytes_to_bytes',
              decode: (packed: Uint8Array) => unpack(packed, most),
              encode: () => {
                throw new Error('chunks are read only');
              },
            };
          },
        }),
      );
}
