import type { SpectralAxis } from '../../spectral/axis.js';
import { UnmixingError } from '../../spectral/errors.js';
import { axisOf } from '../arrays/axis.js';
import { every, readPlaced } from '../arrays.js';
import { gridOf, onGrid } from '../common/grid.js';
import { storedArray } from './arrays.js';
import type { Dataset, Hdf5 } from './store.js';
import { type OpenOptions, type Opened, partOf } from '../opened.js';
import { openPtirPicture } from './ptir-pictures.js';
import { asTheyAre, tidy } from '../common/values.js';
import { stem } from '../common/words.js';

// Layout as seen in files of PTIR Studio 4.3 and 4.6: Measurement_n holds Spectroscopic_Values, for a map also
// Position_Values, and for each detector a Channel_n with Raw_Data of (points × bands); Images and Heightmaps hold pictures.
const rawData = /^(Measurement_\d+)\/Channel_\d+\/Raw_Data$/;
const picture = /^(Images|Heightmaps)\/[^/]+$/;
const type = 'Photothermal .ptir';

export const isPtir = ({ paths }: Hdf5): boolean =>
  paths.some((path) => rawData.test(path));

/** What one detector measured. */
interface Channel {
  readonly measurement: string;
  readonly label: string;
  readonly raw: Dataset;
  readonly axis: SpectralAxis;
}

/** The channels with their axes; what is no measurement of the sample is told. */
function channelsOf(file: Hdf5, warnings: string[]): Channel[] {
  return file.paths.flatMap((path) => {
    const measurement = rawData.exec(path)?.[1];
    if (measurement === undefined) return [];
    if (file.number(measurement, 'IsBackground') === 1) {
      warnings.push(`The background in ${measurement} is skipped.`);
      return [];
    }
    const raw = file.dataset(path);
    const positions = file.dataset(`${measurement}/Spectroscopic_Values`);
    const bands = raw?.shape[1] ?? 0;
    const values = positions && file.numbers(positions);
    if (!raw || raw.shape.length !== 2 || bands === 0 || raw.shape[0] === 0) {
      warnings.push(`${path} holds no spectra and is skipped.`);
      return [];
    }
    if (values?.length !== bands) {
      warnings.push(
        `${path} has ${bands} bands and ${values?.length ?? 'no'} positions for them: it is skipped.`,
      );
      return [];
    }
    file.check(raw);
    const channel = path.slice(0, path.lastIndexOf('/'));
    const units = file.words(path, 'units');
    const label = file.words(channel, 'Label') || channel;
    return [
      {
        measurement,
        label,
        raw,
        axis: axisOf(
          {
            id: `${measurement}/Spectroscopic_Values`,
            length: bands,
            words: file.words(`${measurement}/Spectroscopic_Values`, 'units'),
            read: () => values,
          },
          bands,
          // The voltage of a detector is an intensity.
          `${label} ${/^[mµμu]?V$/.test(units) ? 'intensity' : ''}`,
          warnings,
        ),
      },
    ];
  });
}

/** The spectra of a channel, point n of the file at pixel order[n]. */
function readChannel(
  file: Hdf5,
  { raw, axis }: Channel,
  order: Float64Array,
  task: OpenOptions,
): Promise<Float32Array> {
  const bands = axis.values.length;
  return readPlaced(
    storedArray(file, raw, []),
    [order.map((pixel) => pixel * bands), every(bands, 1)],
    1,
    file.name,
    task,
  );
}

/** Points of a stage as an image, or as a list where they are no grid. */
async function openMap(
  file: Hdf5,
  channel: Channel,
  name: string,
  task: OpenOptions,
): Promise<Opened> {
  const { measurement, raw, axis } = channel;
  const warnings: string[] = [];
  const points = raw.shape[0];
  const positions = file.dataset(`${measurement}/Position_Values`);
  const isPairs = positions?.shape[0] === points && positions.shape[1] === 2;
  const pairs = positions && isPairs ? file.numbers(positions) : null;
  const grid =
    pairs &&
    gridOf(
      pairs.filter((_, i) => i % 2 === 0),
      pairs.filter((_, i) => i % 2 === 1),
    );
  if (!grid)
    warnings.push(
      `The ${points} points of ${measurement} are no grid: they are listed one after the other.`,
    );
  const data = await readChannel(
    file,
    channel,
    grid ? Float64Array.from(grid.order) : every(points, 1),
    partOf(task, 0, 0.9),
  );
  const mask = await tidy(
    data,
    axis.values.length,
    asTheyAre,
    warnings,
    partOf(task, 0.9, 1),
  );
  const cube = { name, axis, data, ...(mask && { mask }) };
  return { kind: 'cube', type, warnings, ...onGrid(cube, grid, points) };
}

const sameAxis = (a: SpectralAxis, b: SpectralAxis): boolean =>
  a.values.length === b.values.length &&
  a.values.every((value, i) => value === b.values[i]);

/** Single spectra, those of one detector and axis together. */
async function openSpectra(
  file: Hdf5,
  channels: readonly Channel[],
  task: OpenOptions,
): Promise<Opened[]> {
  const sets: Channel[][] = [];
  for (const channel of channels) {
    const set = sets.find(
      ([first]) =>
        first.label === channel.label && sameAxis(first.axis, channel.axis),
    );
    if (set) set.push(channel);
    else sets.push([channel]);
  }
  const opened: Opened[] = [];
  for (const set of sets) {
    const { axis, label } = set[0];
    const bands = axis.values.length;
    const data = new Float32Array(set.length * bands);
    for (const [s, channel] of set.entries())
      data.set(
        await readChannel(file, channel, new Float64Array(1), task),
        s * bands,
      );
    const warnings: string[] = [];
    await tidy(data, bands, asTheyAre, warnings, task);
    opened.push({
      kind: 'spectra',
      type,
      warnings,
      spectra: {
        name: `${stem(file.name)} ${label}`,
        axis,
        names: set.map(
          ({ measurement }) => file.words(measurement, 'Label') || measurement,
        ),
        data,
      },
    });
  }
  return opened;
}

/**
 * Opens a .ptir of Photothermal's PTIR Studio: its maps as cubes, its single spectra as lists, its pictures where they
 * lie on the stage.
 * @throws UnmixingError `file` with one sentence
 */
export async function openPtir(
  file: Hdf5,
  task: OpenOptions,
): Promise<Opened[]> {
  const warnings: string[] = [];
  const channels = channelsOf(file, warnings);
  const maps = channels.filter(({ raw }) => raw.shape[0] > 1);
  const opened: Opened[] = [];
  for (const [i, map] of maps.entries())
    opened.push(
      await openMap(
        file,
        map,
        maps.length > 1 ? `${stem(file.name)} ${map.label}` : stem(file.name),
        partOf(task, i / maps.length, (i + 1) / maps.length),
      ),
    );
  opened.push(
    ...(await openSpectra(
      file,
      channels.filter(({ raw }) => raw.shape[0] === 1),
      { signal: task.signal },
    )),
  );
  for (const path of file.paths.filter((one) => picture.test(one))) {
    const dataset = file.dataset(path);
    const one =
      dataset &&
      (await openPtirPicture(file, dataset, { signal: task.signal }));
    if (one) opened.push(one);
    else warnings.push(`${path} is no picture that can be read.`);
  }
  if (opened.length === 0)
    throw new UnmixingError(
      'file',
      `${file.name} holds neither spectra nor pictures that can be read${warnings.length > 0 ? ` (${warnings.slice(0, 5).join(' ').replace(/\.$/, '')})` : ''}.`,
    );
  return opened.map((one, i) =>
    i > 0 ? one : { ...one, warnings: [...warnings, ...one.warnings] },
  );
}
