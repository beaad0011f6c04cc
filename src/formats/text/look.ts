/** Lines of words that may stand above the numbers. */
export const mostHeaderLines = 100;

const number =
  /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf|infinity)$/i;

/** Whether all cells of a line are numbers, at least two. */
export function isNumeric(line: string): boolean {
  const cells = line.split(/[\s,;]+/).filter((cell) => cell !== '');
  return cells.length >= 2 && cells.every((cell) => number.test(cell));
}

/** Whether half of the cells of a line are numbers, at least three; then blanks stand in words, not between cells. */
export function isHalfNumeric(line: string): boolean {
  const cells = line.split(/[,;\t]/);
  const numbers = cells.filter((cell) => number.test(cell.trim())).length;
  return numbers >= 3 && numbers >= 0.5 * cells.length;
}

/** Tells a table of numbers in text by its first 64 kB; a row of names may be longer than that. */
export function isTable(head: string): boolean {
  if (head.includes('\0')) return false;
  const lines = head.split(/\r?\n/, mostHeaderLines);
  return (
    lines.some((line) => isNumeric(line) || isHalfNumeric(line)) ||
    (lines.length === 1 && (head.match(/[,;\t]/g) ?? []).length > 1000)
  );
}
