import type { Quantity } from '../../spectral/axis.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { Bytes } from '../common/bytes.js';
import { readQuantity } from '../common/words.js';

/*
 * PerkinElmer publishes no description of its files. The blocks of an image are as the project specio reads them, those
 * of a spectrum as the "PerkinElmer IR data file import tools" of B. Perston do. Checked on an image and on a spectrum
 * that was taken out of it.
 */

export interface Block {
  readonly id: number;
  readonly content: Bytes;
}

/** "PEPE" and a description. */
const headBytes = 44;

/**
 * Blocks one after the other: number (16 bit), size (32 bit), content.
 * @throws UnmixingError `file` when one reaches past the end
 */
export function readBlocks(bytes: Bytes, from = headBytes): Block[] {
  const blocks: Block[] = [];
  for (let at = from; at + 6 <= bytes.size;) {
    const id = bytes.uint16(at);
    const size = bytes.int32(at + 2);
    blocks.push({ id, content: bytes.part(at + 6, size) });
    at += 6 + size;
  }
  return blocks;
}

/** The content of the first block with this number. @throws UnmixingError `file` when there is none */
export function findBlock(
  blocks: readonly Block[],
  id: number,
  what: string,
  name: string,
): Bytes {
  const found = blocks.find((block) => block.id === id);
  if (!found)
    throw new UnmixingError('file', `${name} is damaged: it has no ${what}.`);
  return found.content;
}

/** A text with its length (16 bit) before it. */
export function readText(bytes: Bytes, at: number): string {
  return bytes.text(at + 2, bytes.uint16(at));
}

/** What values are by the label of their axis: "A", "%T", "%R", "EGY". */
export function quantityOf(label: string): Quantity | null {
  if (/^a$/i.test(label)) return 'absorbance';
  if (/^t$/i.test(label)) return 'transmittance';
  if (/^(egy|int)$/i.test(label)) return 'intensity';
  return readQuantity(label);
}

/** Says of percent that they are; the correction that makes absorbance of them asks for it. */
export function warnOfPercent(label: string, warnings: string[]): void {
  if (label.startsWith('%'))
    warnings.push(`Values are in percent (${label}), as in the file.`);
}
