import { UnmixingError } from '../spectral/errors.js';
import { type Bytes, readBytes } from './common/bytes.js';
import { startsWith } from './head.js';
import { openSeries } from './omnic/map.js';
import {
  type Section,
  type SpectrumHead,
  meaningOf,
  omnic,
  readSpectrumHead,
  sectionsOf,
  seriesMagic,
  warnOfSkipped,
} from './omnic/sections.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { evenly, requirePositions } from './common/positions.js';
import { openList } from './common/spectra-list.js';
import { stem } from './common/words.js';

const headKind = 2;
const valuesKind = 3;
const titleKind = 107;

interface Spectrum {
  readonly head: SpectrumHead;
  /** First byte of its values. */
  readonly at: number;
  readonly name: string;
}

/** The spectra: heads, values and titles stand in the same order. A head whose values are missing is passed over. */
function spectraOf(bytes: Bytes, sections: readonly Section[]): Spectrum[] {
  const of = (kind: number): Section[] =>
    sections.filter((one) => one.kind === kind);
  const values = of(valuesKind);
  const titles = of(titleKind);
  let room = bytes.size;
  return of(headKind)
    .slice(0, values.length)
    .map((section, i) => {
      const head = readSpectrumHead(bytes, section.at);
      const { at, size } = values[i];
      bytes.need(at, size);
      room -= 4 * head.points;
      if (4 * head.points > size || room < 0)
        throw new UnmixingError(
          'file',
          `${bytes.name} is damaged: spectrum ${i + 1} has ${head.points} points in ${size} bytes.`,
        );
      const title = titles.at(i);
      const name = title && bytes.text(title.at, Math.min(title.size, 256));
      return { head, at, name: name ?? '' };
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
