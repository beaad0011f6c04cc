import { UnmixingError } from '../../spectral/errors.js';
import { forEachLine } from '../common/lines.js';
import type { OpenOptions } from '../opened.js';
import { bytes } from '../common/words.js';

/** A block longer than this holds no spectrum. */
const longestBlock = 64e6;

/** A block: its labelled data records by their plain labels, each as its lines without comments. */
export interface Block {
  readonly title: string;
  readonly records: ReadonlyMap<string, readonly string[]>;
}

/** Labels are compared without case, blanks, dashes, slashes and underlines. */
const plainLabel = (label: string): string =>
  label.replace(/[\s\-/_]/g, '').toUpperCase();

interface OpenBlock extends Block {
  readonly records: Map<string, string[]>;
  /** Bytes of its records so far. */
  size: number;
}

/**
 * Calls `each` with every block of a JCAMP-DX file when it ends, inner ones of a LINK before the outer one, without
 * holding more of the file than the blocks that are open.
 * @throws UnmixingError `file` when a block is never ended or too long, and whatever `each` throws
 */
export async function forEachBlock(
  file: File,
  each: (block: Block) => void,
  task: OpenOptions,
): Promise<void> {
  const utf8 = new TextDecoder();
  const open: OpenBlock[] = [];
  let record: string[] = [];
  const take = (line: string): void => {
    const inner = open.at(-1);
    const label = /^\s*##([^=]*)=(.*)$/.exec(line);
    const key = label ? plainLabel(label[1]) : '';
    if (inner && (inner.size += line.length) > longestBlock)
      throw new UnmixingError(
        'file',
        `${file.name} holds more than ${bytes(longestBlock)} in its block "${inner.title}", too much for a spectrum.`,
      );
    if (!label) record.push(line);
    else if (key === 'TITLE') {
      const title = label[2].trim().slice(0, 200);
      open.push({ title, records: new Map(), size: 0 });
      record = [];
    } else if (key === 'END') {
      open.pop();
      record = [];
      if (inner) each(inner);
    } else {
      record = [label[2]];
      if (inner && !inner.records.has(key)) inner.records.set(key, record);
    }
  };
  await forEachLine(
    file,
    (text, from, to) => {
      const line = utf8.decode(text.subarray(from, to));
      for (const part of line.split('\r')) take(part.replace(/\$\$.*$/, ''));
    },
    task,
  );
  const [unended] = open;
  if (open.length > 0)
    throw new UnmixingError(
      'file',
      `${file.name} is cut short: its block "${unended.title}" has no ##END=.`,
    );
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
