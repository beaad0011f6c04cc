import type { Type } from './marks.js';

/** How wide a text is, CSS pixels. */
export type Measure = (text: string, type: Type) => number;

/**
 * A text in lines that fit, broken between words, and inside a word only where it alone is too wide. White space counts as one
 * space.
 */
export function wrap(
  text: string,
  width: number,
  type: Type,
  measure: Measure,
): string[] {
  const fits = (line: string): boolean => measure(line, type) <= width;
  const lines: string[] = [];
  let line = '';
  // A space that does not break stays in its word.
  for (const word of text.split(/[ \t\r\n]+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (line !== '' && !fits(line + letter)) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
