/**
 * Writes a sentence on standard error, a line of its own. Words of files stand in sentences: what would steer the
 * terminal (control characters) is shown as a mark.
 */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence.replace(/\p{Cc}/gu, '\uFFFD')}\n`);
}
