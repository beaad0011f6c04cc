/** Lines of words that may stand above the numbers. */
export const mostHeaderLines = 100;

export const startsLikeNumbers = /^\s*[+-]?[.,]?\d/;

/** Tells a text of number columns by its first 64 kB. */
export function isColumns(head: string): boolean {
  if (head.includes('\0')) return false;
  const lines = head.split(/\r?\n/).slice(0, mostHeaderLines);
  return lines.some(
    (line) =>
      startsLikeNumbers.test(line) &&
      /^[\d\s.,;eE+\-naifNAIF]+$/.test(line) &&
      /\d[\s,;]+[+-]?[.\d]/.test(line.trim()),
  );
}
