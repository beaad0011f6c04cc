import { forEachLine } from '../common/lines.js';
import type { OpenOptions } from '../opened.js';
import { cellsIn } from './cells.js';
import { isHalfNumeric, isNumeric } from './look.js';
import { type NumberStyle, parseLine, styleOf } from './numbers.js';

/** Bytes looked at to tell the layout: a row of names may be long. */
const lookBytes = 2 ** 20;
/** Lines looked at. */
const mostLines = 1000;

const utf8 = new TextDecoder();

/** Lines that start with # or ; are comments. */
export const isComment = (code: number): boolean => code === 35 || code === 59;

/** A line from the beginning of a text. */
export interface Line {
  readonly bytes: Uint8Array;
  /** From 1. */
  readonly number: number;
}

/** A line without its words, whose blanks would be taken for separators. */
const withoutWords = (line: string): string =>
  line.replace(/"[^"]*"|\p{L}[^,;\t]*/gu, 'word');

/** Separator from the first line of numbers, or else of numbers beside words; decimal mark from any. */
export function styleOfLines(lines: readonly Line[]): NumberStyle {
  const texts = lines.map(({ bytes }) => utf8.decode(bytes.subarray(0, 65536)));
  const numeric = texts.filter(isNumeric);
  const chosen =
    numeric.length > 0
      ? numeric
      : texts.filter(isHalfNumeric).map(withoutWords);
  const styles = chosen.map(styleOf);
  return (
    styles.find(({ decimal }) => decimal === ','.charCodeAt(0)) ??
    styles.at(0) ??
    styleOf('')
  );
}

/** The first lines that are not blank. */
export async function firstLines(
  file: Blob,
  task: OpenOptions,
): Promise<Line[]> {
  const lines: Line[] = [];
  await forEachLine(
    file.slice(0, lookBytes),
    (bytes, from, to, number) => {
      if (lines.length < mostLines)
        lines.push({ bytes: bytes.subarray(from, to), number });
    },
    { signal: task.signal },
  );
  return lines;
}

/** The numbers of a line; null when it holds anything else. */
export function numbersOf(
  { bytes }: Line,
  style: NumberStyle,
): Float64Array | null {
  if (isComment(bytes[0])) return null;
  const out = new Float64Array(bytes.length);
  const found = parseLine(bytes, 0, bytes.length, style, out);
  return found > 0 ? out.slice(0, found) : null;
}

/** The cells of a line of words, without a sign of comment before any of them. */
export const titlesIn = (bytes: Uint8Array, style: NumberStyle): string[] =>
  cellsIn(bytes, 0, bytes.length, style).map((cell) =>
    cell.replace(/^[#;]+\s*/, ''),
  );
