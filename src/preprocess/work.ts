import type { Pace } from '../spectral/pace.js';

/** What a correction is given beside the image. */
export interface Work {
  readonly pace: Pace;
  /** Takes a sentence about what was done. */
  readonly note: (sentence: string) => void;
}

/** "1 pixel", "3 pixels". */
export const counted = (n: number, noun: string): string =>
  `${n} ${noun}${n === 1 ? '' : 's'}`;

export const were = (n: number): string => (n === 1 ? 'was' : 'were');

/** Values that are worked on between two rests. */
const stretchValues = 16384;

/** Visits 0 … count - 1, resting now and then; `values` is how many numbers each visit touches. */
export async function paced(
  count: number,
  values: number,
  pace: Pace,
  visit: (i: number) => void,
): Promise<void> {
  const every = Math.max(1, Math.floor(stretchValues / values));
  for (let i = 0; i < count; i++) {
    if (i % every === 0) await pace(i / count);
    visit(i);
  }
}
