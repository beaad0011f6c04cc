import { UnmixingError } from '../spectral/errors.js';

/** A block: its labelled data records by their plain labels, each as its lines without comments. */
export interface Block {
  readonly title: string;
  readonly records: ReadonlyMap<string, readonly string[]>;
}

/** Labels are compared without case, blanks, dashes, slashes and underlines. */
const plainLabel = (label: string): string =>
  label.replace(/[\s\-/_]/g, '').toUpperCase();

/**
 * Splits a JCAMP-DX text into its blocks, inner ones of a LINK after the outer one's own records.
 * @throws UnmixingError `file` when a block is never ended
 */
export function readBlocks(text: string, name: string): Block[] {
  const blocks: Block[] = [];
  const open: { title: string; records: Map<string, string[]> }[] = [];
  let record: string[] = [];
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.replace(/\$\$.*$/, '');
    const label = /^\s*##([^=]*)=(.*)$/.exec(line);
    if (!label) {
      record.push(line);
      continue;
    }
    record = [label[2]];
    const key = plainLabel(label[1]);
    if (key === 'TITLE') {
      const block = {
        title: label[2].trim().slice(0, 200),
        records: new Map<string, string[]>(),
      };
      open.push(block);
      blocks.push(block);
    } else if (key === 'END') open.pop();
    else if (!open.at(-1)?.records.has(key))
      open.at(-1)?.records.set(key, record);
  }
  if (open.length > 0)
    throw new UnmixingError(
      'file',
      `${name} is cut short: its block "${open[open.length - 1].title}" has no ##END=.`,
    );
  return blocks;
}

/** The text of a record on one line; '' when the block does not have it. */
export const textOf = ({ records }: Block, label: string): string =>
  (records.get(label) ?? []).join(' ').trim().slice(0, 1000);

/** The number of a record; null when the block does not have it. @throws UnmixingError `file` when it is no number */
export function numberOf(
  block: Block,
  label: string,
  name: string,
): number | null {
  const said = textOf(block, label);
  if (said === '') return null;
  const value = Number(said);
  if (!Number.isFinite(value))
    throw new UnmixingError(
      'file',
      `${name} says "${label} = ${said.slice(0, 40)}" (want a number).`,
    );
  return value;
}
