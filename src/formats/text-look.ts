/** Lines of words that may stand above the numbers. */
export const mostHeaderLines = 100;

const number =
  /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf|infinity)$/i;

/** Whether at least this share of the words of a line are numbers, and at least two. */
export function isNumeric(line: string, share = 0.5): boolean {
  const cells = line.split(/[\s,;]+/).filter((cell) => cell !== '');
  const numbers = cells.filter((cell) => number.test(cell)).length;
  return numbers >= 2 && numbers >= share * cells.length;
}

/** Tells a table of numbers in text by its first 64 kB; a row of names may be longer than that. */
export function isTable(head: string): boolean {
  if (head.includes('\0')) return false;
  const lines = head.split(/\r?\n/, mostHeaderLines);
  return (
    lines.some((line) => isNumeric(line)) ||
    (lines.length === 1 && (head.match(/[,;\t]/g) ?? []).length > 1000)
  );
}
