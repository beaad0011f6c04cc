import { decompress } from 'fzstd';

/** Bytes that a frame says it holds, or else the memory it asks for: Zstandard frame header, RFC 8878, 3.1.1.1. */
function frameBytes(packed: Uint8Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const [descriptor, window] = [packed[4], packed[5]];
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  switch (descriptor >> 6) {
    case 0:
      return isSingle
        ? packed[at]
        : 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}

/** Memory that a frame of unknown length may ask for, whatever it holds: the least that all readers must give (RFC 8878). */
const leastWindow = 8 * 2 ** 20;

/**
 * Unpacks a frame of Zstandard.
 * @param most bytes that it may hold
 * @throws Error when it is damaged, or declares more
 */
export function unzstd(packed: Uint8Array, most: number): Uint8Array {
  if (frameBytes(packed) > Math.max(most, leastWindow))
    throw new RangeError('a frame declares more than it may hold');
  return decompress(packed);
}
