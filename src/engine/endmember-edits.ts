import { UnmixingError } from '../spectral/errors.js';
import { type Unmixing, endmemberName } from '../spectral/unmixing.js';
import { reordered } from '../spectral/reorder.js';
import { type FixedSpectrum, mostEndmembers } from './options.js';
import type { Report } from './protocol.js';

/** What can be done to the endmembers of a result, each by its place from 0 before it is done. */
export type EndmemberChange =
  | {
      readonly kind: 'rename';
      readonly endmember: number;
      readonly name: string;
    }
  /** The one at order[i] comes to place i. */
  | { readonly kind: 'reorder'; readonly order: readonly number[] }
  /**
   * The second goes into the first, which keeps place and name. The spectrum is that of one of them, or their mean weighted by
   * the area that each takes.
   */
  | {
      readonly kind: 'merge';
      readonly endmembers: readonly [number, number];
      readonly spectrum: 'mean' | 'first' | 'second';
    }
  /** The pixels of which it has at least this share, and most, are unmixed into two; the second comes behind it. */
  | {
      readonly kind: 'split';
      readonly endmember: number;
      readonly threshold: number;
    }
  | { readonly kind: 'delete'; readonly endmember: number }
  /** Another spectrum in its place, under its own name. */
  | {
      readonly kind: 'replace';
      readonly endmember: number;
      readonly spectrum: FixedSpectrum;
      /** Where it is from, in words. */
      readonly from: string;
    }
  /** Turned over within its own range over the bands that count: high becomes low. Done twice, it is as it was. */
  | { readonly kind: 'flip'; readonly endmember: number };

/** A change as it is kept on record. */
export type EndmemberEdit = EndmemberChange & {
  /** What the endmembers that it is about were called. */
  readonly names: readonly string[];
  /** When it was done, in milliseconds since 1970. */
  readonly at: number;
};

/** What an edit changes: a result with what was asked of its run, and what was done to it since. */
export interface EditableResult {
  readonly unmixing: Unmixing;
  readonly report: Report;
}

const leastEndmembers = 2;

/** The endmembers that a change is about, by their places. */
const concerned = (change: EndmemberChange): readonly number[] =>
  change.kind === 'reorder'
    ? change.order.filter((from, to) => from !== to)
    : change.kind === 'merge'
      ? change.endmembers
      : [change.endmember];

/** The endmembers whose spectra a change takes away or changes, by their places. */
export function lostBy(change: EndmemberChange): readonly number[] {
  switch (change.kind) {
    case 'rename':
    case 'reorder':
      return [];
    case 'merge':
      return change.spectrum === 'first'
        ? [change.endmembers[1]]
        : change.endmembers;
    case 'split':
    case 'delete':
    case 'replace':
    case 'flip':
      return [change.endmember];
  }
}

const isOrder = (order: readonly number[], count: number): boolean =>
  order.length === count &&
  order.toSorted((a, b) => a - b).every((from, i) => from === i);

/**
 * Refuses what cannot be done to so many endmembers.
 * @throws UnmixingError `input` with one sentence
 */
export function checkChange(change: EndmemberChange, count: number): void {
  const fail = (what: string, value: unknown, want: string): never => {
    throw new UnmixingError(
      'input',
      `invalid ${what}: ${JSON.stringify(value)} (want ${want})`,
    );
  };
  if (change.kind === 'reorder') {
    if (!isOrder(change.order, count))
      fail('order', change.order, `each of the ${count} endmembers once`);
    return;
  }
  for (const endmember of concerned(change))
    if (!Number.isInteger(endmember) || endmember < 0 || endmember >= count)
      fail('endmember', endmember, `one of ${count}, from 0`);
  if (change.kind === 'merge' && change.endmembers[0] === change.endmembers[1])
    fail('endmembers', change.endmembers, 'two that differ');
  if (
    (change.kind === 'merge' || change.kind === 'delete') &&
    count <= leastEndmembers
  )
    throw new UnmixingError(
      'input',
      `At least ${leastEndmembers} endmembers must stay.`,
    );
  if (change.kind === 'split' && count >= mostEndmembers)
    throw new UnmixingError(
      'input',
      `There are ${count} endmembers already, the most there can be.`,
    );
}

/** Where each endmember that is there after a change was before it: its former place, null for a new one. */
export function placesAfter(
  change: EndmemberChange,
  count: number,
): readonly (number | null)[] {
  const all = Array.from({ length: count }, (_, r) => r);
  switch (change.kind) {
    case 'reorder':
      return change.order;
    case 'merge':
      return all.filter((r) => r !== change.endmembers[1]);
    case 'delete':
      return all.filter((r) => r !== change.endmember);
    case 'split':
      return all.flatMap((r) => (r === change.endmember ? [r, null] : [r]));
    case 'rename':
    case 'replace':
    case 'flip':
      return all;
  }
}

/** The name itself, or numbered where it is taken. */
function unlike(name: string, taken: readonly string[]): string {
  let free = name;
  for (let n = 2; taken.includes(free); n++) free = `${name} ${n}`;
  return free;
}

/** What the endmembers are called after a change: those without a name of their own are named for their new place. */
export function namesAfter(
  change: EndmemberChange,
  names: readonly string[],
): readonly string[] {
  const places = placesAfter(change, names.length);
  const after = places.map((from, to) => {
    const before = from ?? (change.kind === 'split' ? change.endmember : to);
    if (names[before] === endmemberName(before)) return endmemberName(to);
    return from === null ? unlike(names[before], names) : names[before];
  });
  if (change.kind === 'rename')
    return after.with(change.endmember, change.name);
  if (change.kind === 'replace')
    return after.with(
      change.endmember,
      unlike(
        change.spectrum.name,
        after.filter((_, r) => r !== change.endmember),
      ),
    );
  return after;
}

/** A change as it goes on record for a result. */
export const onRecord = (
  change: EndmemberChange,
  { names }: Pick<Unmixing, 'names'>,
  at: number,
): EndmemberEdit => ({
  ...change,
  names: concerned(change).map((r) => names[r]),
  at,
});

/** The record with one edit more: a name that is given again takes the place of the one before. */
export function recorded(
  edits: readonly EndmemberEdit[] | undefined,
  edit: EndmemberEdit,
): readonly EndmemberEdit[] {
  const last = edits?.at(-1);
  return edit.kind === 'rename' &&
    last?.kind === 'rename' &&
    last.endmember === edit.endmember
    ? [...(edits ?? []).slice(0, -1), { ...edit, names: last.names }]
    : [...(edits ?? []), edit];
}

/**
 * A result with its endmembers named or ordered anew; null for an edit that changes spectra, and so needs the image.
 * @throws UnmixingError `input` as `checkChange`
 */
export function editedAtOnce(
  { unmixing, report }: EditableResult,
  edit: EndmemberEdit,
): EditableResult | null {
  checkChange(edit, unmixing.names.length);
  if (edit.kind !== 'rename' && edit.kind !== 'reorder') return null;
  const placed =
    edit.kind === 'reorder' ? reordered(unmixing, edit.order) : unmixing;
  return {
    unmixing: { ...placed, names: namesAfter(edit, unmixing.names) },
    report: { ...report, edits: recorded(report.edits, edit) },
  };
}
