import type { AxisUnit, Quantity } from '../../spectral/axis.js';

/** A size in bytes as people write it: "58.7 MB". */
export function bytes(size: number): string {
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  if (size < 1000) return size === 1 ? '1 byte' : `${size} bytes`;
  let unit = -1;
  let value = size;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.95 && unit < units.length - 1);
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** Two sizes to be told apart: rounded, unless they would then read the same. */
export function bothBytes(a: number, b: number): [string, string] {
  const pair: [string, string] = [bytes(a), bytes(b)];
  return a !== b && pair[0] === pair[1] ? [`${a} bytes`, `${b} bytes`] : pair;
}

/** "1 pixel", "3 pixels". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Names for a sentence; of many, the first: "a, b and 40 more". */
export function listed(names: Iterable<string>, most = 10): string {
  const all = [...new Set(names)];
  const first = all.slice(0, most).join(', ');
  return all.length > most ? `${first} and ${all.length - most} more` : first;
}

/** Name without its folder. */
export function baseName(name: string): string {
  return name.replace(/^.*[\\/]/, '');
}

/** Name without folder and ending; a leading dot is no ending. */
export function stem(name: string): string {
  return baseName(name).replace(/(?<=.)\.[^.]*$/, '');
}

/** Ending in lower case without its dot, '' when there is none. */
export function ending(name: string): string {
  return /[^\\/.]\.([^\\/.]*)$/.exec(name)?.[1].toLowerCase() ?? '';
}

/** The beginning of what a file says, with single blanks: however long it is, looking for words in it takes no time. */
const plain = (words: string): string =>
  words.slice(0, 1000).replace(/\s+/g, ' ');

/** A unit as files write it, and what turns its numbers into ours. */
export interface ReadUnit {
  readonly unit: AxisUnit;
  readonly factor: number;
}

const unitWords: readonly (readonly [RegExp, AxisUnit, number])[] = [
  [
    /cm\s*(\^?\s*\(?\s*[-−–⁻]\s*[1¹]|⁻¹)|1\s*\/\s*cm|wave\s*-?numbers?/i,
    'cm-1',
    1,
  ],
  [/nano\s*-?met|\bnm\b/i, 'nm', 1],
  [/micro\s*-?met|microns?\b|[uµμ\uFFFD]m\b/i, 'µm', 1],
  [/[aå]ngstr/i, 'nm', 0.1],
  [/milli\s*-?met|\bmm\b/i, 'µm', 1e3],
  [/centi\s*-?met|\bcm\b/i, 'µm', 1e4],
  // 1 cm-1 is c · 1 cm-1 = 29.9792458 GHz.
  [/\bghz\b|gigahertz/i, 'cm-1', 1 / 29.9792458],
  [/\bmhz\b|megahertz/i, 'cm-1', 1 / 29979.2458],
  [/^\s*(index|bands?|channels?)\b/i, 'band', 1],
  [/\bmet(er|re)s?\b|^\s*m\s*$/i, 'nm', 1e9],
];

/** Finds the unit of a spectral axis in words such as "Wavenumbers (cm-1)" or "Nanometers"; null when none is known. */
export function readUnit(words: string): ReadUnit | null {
  const said = plain(words);
  for (const [pattern, unit, factor] of unitWords)
    if (pattern.test(said)) return { unit, factor };
  return null;
}

const quantityWords: readonly (readonly [RegExp, Quantity])[] = [
  [/absorb|optical density|extinction|log\s*\(?\s*1\s*\/\s*r/i, 'absorbance'],
  [/transmit|transmission|%\s*t\b/i, 'transmittance'],
  [/reflect|%\s*r\b/i, 'reflectance'],
  [/intensit|count|radiance|emission|raman|fluoresc/i, 'intensity'],
];

/** Finds what the values are in words such as "Absorbance"; null when none is known. */
export function readQuantity(words: string): Quantity | null {
  const said = plain(words);
  for (const [pattern, quantity] of quantityWords)
    if (pattern.test(said)) return quantity;
  return null;
}
