import type {
  EndmemberChange,
  EndmemberEdit,
} from '../engine/endmember-edits.js';
import { type FixedSpectrum, mostEndmembers } from '../engine/options.js';
import { UnmixingError } from '../spectral/errors.js';

type Fields = Readonly<Record<string, unknown>>;

/** More edits than anybody makes. */
const mostEdits = 10_000;
const longestName = 1000;
const longestSpectrum = 1_000_000;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuse(place: string, value: unknown, want: string): never {
  const said = JSON.stringify(value) as string | undefined;
  const short = said && said.length > 60 ? `${said.slice(0, 60)}…` : said;
  throw new UnmixingError(
    'file',
    `invalid ${place}: ${short ?? 'missing'} (want ${want})`,
  );
}

function listOf<T>(
  value: unknown,
  place: string,
  most: number,
  one: (value: unknown, place: string) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most)
    return refuse(place, value, `a list of at most ${most}`);
  return value.map((entry: unknown, i) => one(entry, `${place}[${i}]`));
}

const nameOf = (value: unknown, place: string): string =>
  typeof value === 'string' && value.length <= longestName
    ? value
    : refuse(place, value, `a text of at most ${longestName} characters`);

const numberOf = (value: unknown, place: string): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(place, value, 'a number');

const placeOf = (value: unknown, place: string): number =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= 0 &&
  value < mostEndmembers
    ? value
    : refuse(place, value, `a place from 0 to ${mostEndmembers - 1}`);

function shareOf(value: unknown, place: string): number {
  const share = numberOf(value, place);
  return share >= 0 && share <= 1
    ? share
    : refuse(place, value, 'a share from 0 to 1');
}

function spectrumOf(value: unknown, place: string): FixedSpectrum {
  if (!isFields(value)) return refuse(place, value, 'a spectrum');
  const positions = listOf(
    value.positions,
    `${place}.positions`,
    longestSpectrum,
    numberOf,
  );
  const values = listOf(
    value.values,
    `${place}.values`,
    longestSpectrum,
    numberOf,
  );
  if (positions.length < 2 || values.length !== positions.length)
    refuse(
      place,
      `${positions.length} positions, ${values.length} values`,
      'as many of either, at least 2',
    );
  return { name: nameOf(value.name, `${place}.name`), positions, values };
}

function changeOf(given: Fields, place: string): EndmemberChange {
  const endmember = (): number =>
    placeOf(given.endmember, `${place}.endmember`);
  switch (given.kind) {
    case 'rename':
      return {
        kind: 'rename',
        endmember: endmember(),
        name: nameOf(given.name, `${place}.name`),
      };
    case 'reorder':
      return {
        kind: 'reorder',
        order: listOf(given.order, `${place}.order`, mostEndmembers, placeOf),
      };
    case 'merge': {
      const [first, second, ...more] = listOf(
        given.endmembers,
        `${place}.endmembers`,
        2,
        placeOf,
      ) as (number | undefined)[];
      if (first === undefined || second === undefined || more.length > 0)
        return refuse(`${place}.endmembers`, given.endmembers, 'two places');
      const spectra = ['mean', 'first', 'second'] as const;
      const spectrum =
        spectra.find((one) => one === given.spectrum) ??
        refuse(`${place}.spectrum`, given.spectrum, spectra.join(', '));
      return { kind: 'merge', endmembers: [first, second], spectrum };
    }
    case 'split':
      return {
        kind: 'split',
        endmember: endmember(),
        threshold: shareOf(given.threshold, `${place}.threshold`),
      };
    case 'replace':
      return {
        kind: 'replace',
        endmember: endmember(),
        spectrum: spectrumOf(given.spectrum, `${place}.spectrum`),
        from: nameOf(given.from, `${place}.from`),
      };
    case 'delete':
    case 'flip':
      return { kind: given.kind, endmember: endmember() };
    default:
      return refuse(
        `${place}.kind`,
        given.kind,
        'rename, reorder, merge, split, delete, replace or flip',
      );
  }
}

/**
 * Edits of endmembers as they were written into a recipe or a session; nothing in them is trusted. Whether they can be done is told when
 * they are.
 * @throws UnmixingError `file` naming the place that is wrong
 */
export const checkEdits = (value: unknown): EndmemberEdit[] =>
  listOf(value, 'edits', mostEdits, (given, place) => {
    if (!isFields(given)) return refuse(place, given, 'an edit');
    return {
      ...changeOf(given, place),
      names: listOf(given.names, `${place}.names`, mostEndmembers, nameOf),
      at: numberOf(given.at, `${place}.at`),
    };
  });

/** Names in a row: "A, B and C". */
const list = (names: readonly string[]): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/** What was done, as a sentence for the record. */
export function editWords(edit: EndmemberEdit): string {
  const told = list(edit.names);
  switch (edit.kind) {
    case 'rename':
      return `${told} was named ${edit.name}.`;
    case 'reorder':
      return `The order was changed: ${told} moved.`;
    case 'merge': {
      const [into, gone] = edit.names;
      const kept = {
        mean: 'with the mean of both spectra by area',
        first: `with the spectrum of ${into}`,
        second: `with the spectrum of ${gone}`,
      }[edit.spectrum];
      return `${gone} was merged into ${into}, ${kept}.`;
    }
    case 'split':
      return `${told} was split in two where it has most, and at least ${Math.round(100 * edit.threshold)} %, of a pixel.`;
    case 'delete':
      return `${told} was deleted.`;
    case 'replace':
      return `${told} was replaced by ${edit.spectrum.name}, ${edit.from}.`;
    case 'flip':
      return `${told} was turned upside down.`;
  }
}
