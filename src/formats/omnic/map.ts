import { UnmixingError } from '../../spectral/errors.js';
import type { Bytes } from '../common/bytes.js';
import { openPicture } from './picture.js';
import { gridOfMap } from './places.js';
import {
  headBytes,
  meaningOf,
  omnic,
  readSpectrumHead,
  sectionOf,
  sectionsOf,
  warnOfSkipped,
} from './sections.js';
import { type OpenOptions, type Opened, partOf } from '../opened.js';
import { evenly, requirePositions } from '../common/positions.js';
import { openList } from '../common/spectra-list.js';

const seriesKind = 301;
const infoKind = 325;
const cornersKind = 6;
const pictureKind = 147;

/** Bytes before the first spectrum of a series: its head, and how it was acquired. */
const beforeSpectra = headBytes + 56;
/** Bytes before the values of each spectrum: its time, then its name from byte 16 on. */
const beforeValues = 100;

/**
 * Opens a map with its picture, or a series. Values of a series run from the lower end of the axis to the higher, unlike
 * those of a .spa, though both name the higher end first. So PyMca reads maps and SpectroChemPy series, and the single
 * beams of small_Omnic.map are then lowest from 1650 to 1700 cm-1, where water vapour absorbs most.
 */
export async function openSeries(
  file: File,
  bytes: Bytes,
  task: OpenOptions,
): Promise<Opened[]> {
  const sections = sectionsOf(bytes, true);
  const series = sectionOf(sections, seriesKind);
  if (!series)
    throw new UnmixingError(
      'file',
      `${file.name} holds no series of spectra (section ${seriesKind}).`,
    );
  bytes.need(series.at, series.size);
  const head = readSpectrumHead(bytes, series.at);
  const step = beforeValues + 4 * head.points;
  const count = (series.size - beforeSpectra) / step;
  if (!Number.isInteger(count) || count < 1)
    throw new UnmixingError(
      'file',
      `${file.name} is damaged: its ${series.size} bytes of spectra are no whole number of spectra with ${head.points} points.`,
    );
  const warnings: string[] = [];
  const ends = [head.first, head.last].sort((a, b) => a - b);
  const values = evenly(ends[0], ends[1], head.points);
  requirePositions(values, file.name);
  const at = (n: number): number => series.at + beforeSpectra + n * step;
  const names = Array.from({ length: count }, (_, n) =>
    bytes.text(at(n) + 16, beforeValues - 16),
  );
  const info = sectionOf(sections, infoKind);
  const grid = gridOfMap(bytes, names, info, warnings);
  const read = [seriesKind, infoKind, cornersKind, pictureKind];
  warnOfSkipped(sections, read, warnings);
  const spectra = await openList(
    file,
    {
      type: omnic,
      axis: { values, ...meaningOf(head, file.name, warnings) },
      count,
      grid,
      read: (n, out) =>
        out.set(bytes.floats(at(n) + beforeValues, head.points)),
    },
    warnings,
    partOf(task, 0, 0.5),
  );
  const picture = sectionOf(sections, pictureKind);
  if (!picture) return [spectra];
  const corners = sections.filter(({ kind }) => kind === cornersKind);
  const opened = await openPicture(
    bytes,
    picture,
    corners,
    warnings,
    partOf(task, 0.5, 1),
  );
  return opened ? [spectra, opened] : [spectra];
}
