import { UnmixingError } from '../../spectral/errors.js';

/** Numbers of a data table as written: to be multiplied by XFACTOR and YFACTOR. */
interface Table {
  /** Of every point, or of the first point of every line. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * A number in plain or exponential form (an exponent has its sign, which tells it from the pseudo-digit E), or a
 * pseudo-digit of the compressed forms with the digits after it, or "?" for a value that was not measured.
 */
const token =
  /[\s,;]*(?:([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]\d{1,3})?)|([@A-Za-s%])(\d*)|(\?))/y;

/** Digit, sign and form of a pseudo-digit (JCAMP-DX 4.24, table 1). */
function pseudo(sign: string): {
  form: 'squeezed' | 'difference' | 'repeat';
  digit: string;
} {
  const code = sign.charCodeAt(0);
  const from = (first: string): string =>
    String(code - first.charCodeAt(0) + 1);
  if (sign === '@') return { form: 'squeezed', digit: '0' };
  if (sign === '%') return { form: 'difference', digit: '0' };
  if (sign <= 'I') return { form: 'squeezed', digit: from('A') };
  if (sign <= 'R') return { form: 'difference', digit: from('J') };
  if (sign <= 'Z') return { form: 'repeat', digit: from('S') };
  if (sign <= 'i') return { form: 'squeezed', digit: `-${from('a')}` };
  if (sign <= 'r') return { form: 'difference', digit: `-${from('j')}` };
  return { form: 'repeat', digit: '9' };
}

/**
 * Reads the lines of a table (X++(Y..Y)) in any of the forms AFFN, PAC, SQZ, DIF and DUP, mixed as the standard allows
 * (McDonald and Wilks 1988, "JCAMP-DX: a standard form for exchange of infrared spectra in computer readable form").
 * A value after a difference is repeated at the head of the next line, as a check.
 * @param most ordinates that there may be: more are refused before they take memory
 * @throws UnmixingError `file` when a line is no such thing or a check fails
 */
export function readTable(
  lines: readonly string[],
  most: number,
  name: string,
): Table {
  const y: number[] = [];
  const x: number[] = [];
  const refuse = (line: string, why: string): never => {
    throw new UnmixingError(
      'file',
      `${name} is damaged: "${line.slice(0, 40)}" in its data ${why}.`,
    );
  };
  let value = NaN;
  let step: number | null = null;
  const put = (times: number, line: string): void => {
    if (y.length + times > most)
      refuse(line, `goes beyond the ${most} points that it declares`);
    for (let i = 0; i < times; i++) {
      if (step !== null) value += step;
      y.push(value);
    }
  };
  for (const line of lines) {
    let isCheck = step !== null;
    let isX = true;
    token.lastIndex = 0;
    for (let rest = line.trimEnd().length; token.lastIndex < rest;) {
      const found = token.exec(line);
      if (!found) return refuse(line, 'is no line of numbers');
      const [, plain, sign, digits, unknown] = found as (string | undefined)[];
      if (isX) {
        if (plain === undefined) refuse(line, 'does not begin with a position');
        x.push(Number(plain));
        isX = false;
        continue;
      }
      const { form, digit } = sign
        ? pseudo(sign)
        : { form: 'squeezed', digit: unknown ? 'NaN' : plain };
      const number = Number(`${digit}${digits ?? ''}`);
      if (form === 'repeat') {
        if (isCheck || y.length === 0) refuse(line, 'repeats nothing');
        put(number - 1, line);
      } else if (form === 'difference') {
        if (isCheck || Number.isNaN(value))
          refuse(line, 'begins with a difference');
        step = number;
        put(1, line);
      } else if (isCheck) {
        if (Math.abs(number - value) > 1e-6 * Math.max(1, Math.abs(value)))
          refuse(line, `does not repeat the value ${value} before it`);
        isCheck = false;
        step = null;
      } else {
        value = number;
        step = null;
        put(1, line);
      }
    }
  }
  return { x, y };
}

/**
 * Reads the lines of a table (XY..XY): pairs of numbers, apart by commas, semicolons or blanks.
 * @throws UnmixingError `file`
 */
export function readPairs(lines: readonly string[], name: string): Table {
  const x: number[] = [];
  const y: number[] = [];
  for (const line of lines) {
    const numbers = line
      .split(/[\s,;]+/)
      .filter((cell) => cell !== '')
      .map((cell) => (cell === '?' ? NaN : Number(cell)));
    const wrong = numbers.findIndex(
      (number, i) => i % 2 === 0 && !Number.isFinite(number),
    );
    if (numbers.length % 2 !== 0 || wrong >= 0)
      throw new UnmixingError(
        'file',
        `${name} is damaged: "${line.slice(0, 40)}" in its data is no pair of numbers.`,
      );
    numbers.forEach((number, i) => (i % 2 === 0 ? x : y).push(number));
  }
  return { x, y };
}
