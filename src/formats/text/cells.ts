import type { NumberStyle } from './numbers.js';

const space = 32;
const tab = 9;
const quote = 34;
const utf8 = new TextDecoder();

/** Longest text taken from a cell. */
const longestCell = 200;
/** A line longer than this is no row of names. */
const longestRow = 2 ** 22;

const isBlank = (code: number): boolean => code === space || code === tab;

/** The byte after the cell that starts here: a separator, or the end of the line. A cell in quotes may hold separators. */
export function cellEnd(
  bytes: Uint8Array,
  from: number,
  to: number,
  { separator }: NumberStyle,
): number {
  const ends = separator === space ? isBlank : (c: number) => c === separator;
  let at = from;
  while (at < to && isBlank(bytes[at]) && bytes[at] !== separator) at++;
  if (separator === space) while (at < to && isBlank(bytes[at])) at++;
  let quoted = false;
  for (; at < to; at++)
    if (bytes[at] === quote) quoted = !quoted;
    else if (!quoted && ends(bytes[at])) break;
  return at;
}

/** Text of a cell without its quotes (RFC 4180), blanks around it and signs that are not for reading. */
export function cellText(bytes: Uint8Array, from: number, end: number): string {
  const text = utf8
    .decode(bytes.subarray(from, Math.min(end, from + longestCell)))
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return text.startsWith('"')
    ? text.replace(/^"|"$/g, '').replaceAll('""', '"').trim()
    : text;
}

/** The cells of a line as text; none when it is too long to be a row of names. */
export function cellsIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  style: NumberStyle,
): string[] {
  const cells: string[] = [];
  if (to - from > longestRow) return cells;
  for (let at = from; at <= to;) {
    const end = cellEnd(bytes, at, to, style);
    cells.push(cellText(bytes, at, end));
    at = end + 1;
  }
  // Blanks that end a line of blank-separated cells begin no further cell.
  if (style.separator === space && cells[cells.length - 1] === '') cells.pop();
  return cells;
}
