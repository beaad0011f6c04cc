import { type Head, startsWith } from '../head.js';
import { ending, stem } from '../common/words.js';

/** First bytes of a compound file, in which Windows programs keep several streams: [MS-CFB] 2.2. */
const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
/** "Stingray", Agilent's imaging system, in the UTF-16 of a directory entry. */
const stingray = 'S\0t\0i\0n\0g\0r\0a\0y';

/** The description of a tile (.bsp) or a mosaic (.dmt): Agilent's among the compound files. */
export const isAgilent = ({ bytes, text, name }: Head): boolean =>
  startsWith(bytes, compound) &&
  (text.includes(stingray) || ['bsp', 'dmt'].includes(ending(name)));

export const isMosaic = (name: string): boolean => ending(name) === 'dmt';

export const agilentData = ({ name }: Head): readonly string[] | null =>
  isMosaic(name) ? null : [`${stem(name)}.dat`];

/** Column and row of a tile, counted from the upper left, by its name: mosaic_0002_0000.dmd; null when it is none. */
export function tilePlace(name: string): readonly [number, number] | null {
  const numbers = /_(\d{4})_(\d{4})\.dmd$/i.exec(name);
  return numbers && [Number(numbers[1]), Number(numbers[2])];
}

/** Whether a file beside a description belongs to it: tiles, the whole mosaic, the ENVI header of either, interferograms. */
export function isAgilentPart({ name }: Head, other: string): boolean {
  const own = name.replace(/\.[^.]*$/, '').toLowerCase();
  const rest = other.toLowerCase();
  return (
    rest.startsWith(own) &&
    (isMosaic(name)
      ? /^(\.(dat|dms|hdr)|_\d{4}_\d{4}\.(dmd|drd))$/
      : /^\.(seq|hdr)$/
    ).test(rest.slice(own.length))
  );
}
