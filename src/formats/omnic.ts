import { UnmixingError } from '../spectral/errors.js';
import { type Bytes, readBytes } from './bytes.js';
import { startsWith } from './head.js';
import { openSeries } from './omnic-map.js';
import {
  type Section,
  type SpectrumHead,
  meaningOf,
  omnic,
  readSpectrumHead,
  sectionsOf,
  seriesMagic,
  warnOfSkipped,
} from './omnic-sections.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { evenly, requirePositions } from './positions.js';
import { openList } from './spectra-list.js';
import { stem } from './words.js';

const headKind = 2;
const valuesKind = 3;
const titleKind = 107;

interface Spectrum {
  readonly head: SpectrumHead;
  /** First byte of its values. */
  readonly at: number;
  readonly name: string;
}

/** Every head with the values of the same spectrum; one without values is passed over. */
function spectraOf(bytes: Bytes, sections: readonly Section[]): Spectrum[] {
  const keyOf = (kind: number, spectrum: number): string =>
    `${kind} of ${spectrum}`;
  const byKey = new Map(
    sections.map((one) => [keyOf(one.kind, one.spectrum), one]),
  );
  const find = (kind: number, { spectrum }: Section): Section | undefined =>
    byKey.get(keyOf(kind, spectrum));
  return sections.flatMap((section) => {
    const values = section.kind === headKind && find(valuesKind, section);
    if (!values) return [];
    const head = readSpectrumHead(bytes, section.at);
    if (4 * head.points > values.size)
      throw new UnmixingError(
        'file',
        `${bytes.name} declares ${head.points} points, and holds ${Math.floor(values.size / 4)}.`,
      );
    bytes.need(values.at, values.size);
    const title = find(titleKind, section);
    return [
      {
        head,
        at: values.at,
        name: title ? bytes.text(title.at, Math.min(title.size, 256)) : '',
      },
    ];
  });
}

const sameAxis = (a: SpectrumHead, b: SpectrumHead): boolean =>
  a.points === b.points &&
  a.first === b.first &&
  a.last === b.last &&
  a.x === b.x &&
  a.y === b.y;

/** A .spa of one spectrum or a .spg of a group. Values are stored from the first end of the axis, mostly the higher. */
async function openSpectra(
  file: File,
  bytes: Bytes,
  task: OpenOptions,
): Promise<Opened> {
  const sections = sectionsOf(bytes, false);
  const all = spectraOf(bytes, sections);
  if (all.length === 0)
    throw new UnmixingError('file', `${file.name} holds no spectrum.`);
  const { head } = all[0];
  const spectra = all.filter((one) => sameAxis(one.head, head));
  const warnings: string[] = [];
  if (spectra.length < all.length)
    warnings.push(
      `Spectra that are left out because their axes differ from the first: ${all.length - spectra.length} of ${all.length}.`,
    );
  const read = [headKind, valuesKind, titleKind];
  warnOfSkipped(sections, read, warnings);
  const values = evenly(head.first, head.last, head.points);
  requirePositions(values, file.name);
  const name = stem(file.name);
  return openList(
    file,
    {
      type: omnic,
      axis: { values, ...meaningOf(head, file.name, warnings) },
      count: spectra.length,
      grid: null,
      names: spectra.map((one) => one.name || name),
      read: (n, out) => out.set(bytes.floats(spectra[n].at, head.points)),
    },
    warnings,
    task,
  );
}

/**
 * Opens files of Thermo OMNIC: a spectrum (.spa), a group (.spg), a series (.srs), or a map with its picture (.map).
 * @throws UnmixingError `file`
 */
export async function openOmnic(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const bytes = await readBytes(file);
  return startsWith(bytes.bytes, seriesMagic)
    ? openSeries(file, bytes, task)
    : [await openSpectra(file, bytes, task)];
}
