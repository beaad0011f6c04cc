import type { Head } from '../head.js';
import { ending } from '../common/words.js';

/**
 * Tells an SPC file. Its only signature is the version in its second byte; the new header also ends in 187 bytes that are
 * kept zero, and where they are not, as in the old header, the name has to tell.
 */
export function isSpc({ bytes, name }: Head): boolean {
  const version = bytes[1];
  if (version !== 0x4b && version !== 0x4c && version !== 0x4d) return false;
  const reserved = bytes.subarray(325, 512);
  return (
    ending(name) === 'spc' ||
    (version !== 0x4d &&
      reserved.length === 187 &&
      reserved.every((byte) => byte === 0))
  );
}
