/** How numbers stand in a line of text. Codes are those of ASCII. */
export interface NumberStyle {
  /** Code between two numbers; a space stands for any run of blanks. */
  readonly separator: number;
  /** Code of the decimal mark: point or comma. */
  readonly decimal: number;
}

const space = 32;
const tab = 9;
const comma = 44;
const point = 46;

/** No number is written longer than this. */
const longestCell = 400;

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Reads the style from a line: tab, semicolon, comma or blanks apart, and a decimal comma where the comma is free. */
export function styleOf(line: string): NumberStyle {
  const text = line.trim();
  const separator = text.includes('\t')
    ? '\t'
    : text.includes(';')
      ? ';'
      : /,\s/.test(text) || (text.includes(',') && !/\s/.test(text))
        ? ','
        : text.includes(',') && text.includes('.')
          ? ','
          : ' ';
  return {
    separator: separator.charCodeAt(0),
    decimal: separator !== ',' && text.includes(',') ? comma : point,
  };
}

const isBlank = (code: number): boolean => code === space || code === tab;

/** Parses "1.5e3", "nan", "-inf" in any case; undefined when the cell is no number. */
export function parseCell(
  cell: string,
  { decimal }: Pick<NumberStyle, 'decimal'>,
): number | undefined {
  const text = decimal === comma ? cell.replace(',', '.') : cell;
  if (/^[+-]?nan$/i.test(text)) return NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
    ? Number(text)
    : undefined;
}

/**
 * Parses the numbers of one line straight from its bytes.
 * Up to 15 digits and a power of ten within 22 are exact in double arithmetic (Clinger 1990, "How to read floating
 * point numbers accurately"); whatever is longer goes through the engine's own parser.
 * @param from first byte of the line, `to` the byte after its last
 * @param out takes as many numbers as it can hold
 * @returns how many numbers the line has, or -1 - k when cell k (from 0) is no number
 */
export function parseLine(
  bytes: Uint8Array,
  from: number,
  to: number,
  style: NumberStyle,
  out: Float64Array,
): number {
  const { separator, decimal } = style;
  let found = 0;
  let at = from;
  for (;;) {
    while (at < to && isBlank(bytes[at]) && bytes[at] !== separator) at++;
    if (separator === space) while (at < to && isBlank(bytes[at])) at++;
    if (at >= to) return found;
    const start = at;
    let mantissa = 0;
    let digits = 0;
    let scale = 0;
    let seen = false;
    let fast = true;
    const negative = bytes[at] === 45;
    if (negative || bytes[at] === 43) at++;
    let afterMark = false;
    for (; at < to; at++) {
      const code = bytes[at];
      if (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + (code - 48);
        if (mantissa > 0) digits++;
        if (afterMark) scale--;
        seen = true;
      } else if (code === decimal && !afterMark) afterMark = true;
      else break;
    }
    if (at < to && (bytes[at] | 32) === 101 && seen) {
      let exponent = 0;
      let sign = 1;
      at++;
      if (bytes[at] === 45 || bytes[at] === 43)
        sign = bytes[at++] === 45 ? -1 : 1;
      const first = at;
      for (; at < to && bytes[at] >= 48 && bytes[at] <= 57; at++)
        exponent = Math.min(9999, exponent * 10 + (bytes[at] - 48));
      fast = at > first;
      scale += sign * exponent;
    }
    const ended = at >= to || bytes[at] === separator || isBlank(bytes[at]);
    let value: number | undefined;
    if (ended && seen && fast && digits <= 15 && scale >= -22 && scale <= 22) {
      const size =
        scale < 0 ? mantissa / powers[-scale] : mantissa * powers[scale];
      value = negative ? -size : size;
    } else {
      while (at < to && bytes[at] !== separator && !isBlank(bytes[at])) at++;
      const cell =
        at - start > longestCell
          ? ''
          : String.fromCharCode(...bytes.subarray(start, at));
      value = parseCell(cell, style);
    }
    if (value === undefined) return -1 - found;
    if (found < out.length) out[found] = value;
    found++;
    while (at < to && isBlank(bytes[at]) && bytes[at] !== separator) at++;
    if (at >= to) return found;
    if (bytes[at] === separator) at++;
    else if (separator !== space) return -1 - found;
  }
}
