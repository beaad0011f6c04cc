import type { Wanted } from '../../formats/reader.js';
import { inUnit } from '../../imaging/geometry.js';
import type {
  CubeContent,
  CubeSource,
  LayerContent,
  RunContent,
  SessionContent,
} from '../../session/document/schema.js';
import { UnmixingError } from '../../spectral/errors.js';
import { endmemberName } from '../../spectral/unmixing.js';
import type { Answers, Origin, ReadTask, Reading } from '../asking.js';
import type { CubePart } from '../cube-part.js';
import { emptyState } from '../empty-state.js';
import { Engine } from '../engine.js';
import { abundanceEntries, withAbundances } from '../entries.js';
import { inLength } from '../pixel-size.js';
import type { PreparedCube } from '../prepared.js';
import { recallChain } from '../remember.js';
import type { Question, Source } from '../source.js';
import type { KeptRun, LayerEntry, RunState, SessionState } from '../state.js';

export interface Preparing {
  readonly engine: ConstructorParameters<typeof Engine>[0];
  readonly read: (
    wanted: Wanted,
    task: ReadTask,
    answers: Answers,
  ) => Promise<Source | Question>;
  /** Whether an address may be asked for. */
  readonly mayRead: (url: string) => boolean;
}

const keptRun = (run: RunContent): KeptRun => {
  const { id, name, unmixing, names, colours, report } = run;
  const { steps, geometry, finished } = run;
  return {
    ...{ id, name, steps, geometry, finished },
    // What the network learned is not saved: training cannot go on.
    result: { unmixing, report, resumable: false },
    unmixing: { ...unmixing, names },
    colours,
  };
};

function runOf({ unfinished, shown }: CubeContent): RunState {
  if (unfinished)
    return {
      state: 'failed',
      error: new UnmixingError(
        'input',
        `The page was closed while this run went on (${unfinished.reached}): unmix again to repeat it.`,
      ),
      best: null,
    };
  return shown
    ? { state: 'done', result: keptRun(shown).result }
    : { state: 'idle' };
}

/** What the session has of a cube, as it was saved. */
export function partOf(
  content: CubeContent,
  summary = content.summary,
): CubePart {
  const { type, missing, unsaid, warnings, choice, steps } = content;
  const { unitLength } = content;
  const { display, request, shown, shownRun, colours } = content;
  const { classThreshold, selected } = content;
  return {
    cube: {
      state: 'ready',
      ...{ summary, type, missing, unsaid, warnings, choice },
      ...(unitLength !== undefined && { unitLength }),
      error: null,
    },
    chain: {
      ...emptyState.chain,
      steps,
      applied: steps,
      last: recallChain(type),
    },
    display,
    request: { ...request, exclude: request.exclude ?? [] },
    count: null,
    fixing: { state: 'idle' },
    editing: { state: 'idle' },
    run: runOf(content),
    unmixing: shown && { ...shown.unmixing, names: shown.names },
    runs: content.runs.map(keptRun),
    evidence: null,
    ...{ shownRun, colours, classThreshold, selected },
    pointer: null,
  };
}

/** Layers of a saved session, in its order: maps are made of the results. */
export function layersOf({
  layers,
  cubes,
}: SessionContent): readonly LayerEntry[] {
  const entries = layers.flatMap((layer) =>
    layer.image ? [entryOf(layer, layer.image)] : [],
  );
  return cubes.reduce<readonly LayerEntry[]>(
    (all, cube) => withMaps(all, cube, layers),
    entries,
  );
}

const entryOf = (
  { id, owner, role, endmember, ...others }: LayerContent,
  image: LayerEntry['image'],
): LayerEntry => {
  const { name, named, unit, locked, style, source } = others;
  return {
    ...{ id, owner, role, endmember, name, locked, style, source, image },
    ...(named && { named }),
    ...(unit !== '' && { unit }),
    geometry: source,
  };
};

/** Puts the maps of a cube where the first of them was. */
function withMaps(
  entries: readonly LayerEntry[],
  { id: cube, shown, unfinished, summary, colours }: CubeContent,
  layers: readonly LayerContent[],
): readonly LayerEntry[] {
  const saved = layers.filter(
    ({ owner, role }) => owner === cube && role === 'abundance',
  );
  const count = unfinished?.endmembers
    ? unfinished.endmembers.length / summary.axis.values.length
    : 0;
  const names =
    shown?.names ?? Array.from({ length: count }, (_, r) => endmemberName(r));
  const abundances = shown?.unmixing.abundances ?? unfinished?.abundances;
  if (saved.length === 0 || !abundances || colours.length < names.length)
    return entries;
  const before = saved.map((layer) =>
    entryOf(layer, { kind: 'map', width: 0, height: 0, values: noValues }),
  );
  const maps = abundanceEntries(
    cube,
    summary,
    abundances,
    names,
    colours,
    before,
  );
  const first = layers.indexOf(saved[0]);
  const under = new Set(layers.slice(first).map(({ id }) => id));
  const at = entries.findIndex(({ id }) => under.has(id));
  const place = at < 0 ? entries.length : at;
  return withAbundances(
    cube,
    [
      ...entries.slice(0, place),
      ...before.slice(0, 1),
      ...entries.slice(place),
    ],
    maps,
  );
}

const noValues = new Float32Array();

/** The pictures among the layers, as the session lists them. */
export const picturesOf = (
  layers: readonly LayerEntry[],
): SessionState['pictures'] =>
  layers.flatMap(({ role, name, image, source }) => {
    if (role !== 'picture' || image.kind !== 'rgba') return [];
    const { width, height, data } = image;
    return [{ name, width, height, data, geometry: source }];
  });

/** Why the image of a cube is not at hand. */
const lacksOf = ({ name }: CubeContent, why: string): string =>
  `${why}: what was found in ${name} is shown, and its image is not. Open the session with its files to go on.`;

function readingOf(
  { name, source, choice }: CubeContent,
  { read }: Preparing,
): Reading | null {
  const from = (
    origin: Origin,
    readIt: Reading['read'],
    answers: Answers,
  ): Reading => ({
    name,
    origin,
    read: readIt,
    question: choice && { ...choice, type: null },
    answers,
    remarks: [],
  });
  switch (source.kind) {
    case 'files': {
      const files = source.files.filter((file) => file instanceof File);
      return files.length < source.files.length
        ? null
        : from(
            { files },
            (task, answers) => read({ files }, task, answers),
            source.answers,
          );
    }
    case 'urls': {
      const { urls, answers } = source;
      return from({ urls }, (task, all) => read({ urls }, task, all), answers);
    }
    case 'values':
      return from({ values: source }, () => volumeOf(source, name), {});
  }
}

async function volumeOf(
  source: Extract<CubeSource, { readonly kind: 'values' }>,
  name: string,
): Promise<Source> {
  const { width, height, axis, geometry, type, missing, warnings } = source;
  const data = await source.data.load();
  if (!(data instanceof Float32Array))
    throw new UnmixingError('file', `The values of ${name} are damaged.`);
  return {
    cube: {
      // The worker takes them away.
      cube: { name, width, height, axis, geometry, data: data.slice() },
      type,
      missing,
      warnings,
    },
    pictures: [],
  };
}

/**
 * Makes a cube ready: its files are read, and described and corrected in a worker of its own. An image at an address of the web
 * that cannot be had counts as one whose files are not at hand.
 * @throws UnmixingError `file` when the files are damaged or hold another image; `signal.reason` when aborted
 */
export async function prepareCube(
  content: CubeContent,
  preparing: Preparing,
  task: ReadTask,
): Promise<PreparedCube> {
  const { id, said, source } = content;
  const without = (why: string): PreparedCube => ({
    ...{ id, said },
    part: partOf(content),
    engine: null,
    reading: null,
    lacks: lacksOf(content, why),
  });
  const reading = readingOf(content, preparing);
  if (!reading) return without('Files of this session are not at hand');
  if (source.kind === 'urls' && !source.urls.every(preparing.mayRead))
    return without(`${source.urls[0]} was not read`);
  const engine = new Engine(preparing.engine);
  try {
    const read = await reading.read(task, reading.answers);
    task.signal.throwIfAborted();
    if ('choices' in read || !read.cube) throw otherImage(content);
    const { cube } = read.cube;
    const { unit } = content.summary.geometry;
    const { client } = engine;
    const { signal } = task;
    let summary = await client.load(
      { ...cube, geometry: inUnit(cube.geometry, unit) },
      { signal },
    );
    if (Object.keys(said).length > 0)
      summary = await client.describe(said, { signal });
    if (content.steps.length > 0)
      summary = await client.correct(content.steps, { signal });
    if (!isSame(summary, content.summary)) throw otherImage(content);
    const sized = inLength(summary, content.unitLength, unit);
    const part = partOf(content, sized);
    return { id, said, engine, reading, lacks: null, part };
  } catch (error) {
    engine.release();
    task.signal.throwIfAborted();
    if (source.kind === 'urls')
      return without(`${source.urls[0]} cannot be read as it was`);
    throw error;
  }
}

const otherImage = ({ name }: CubeContent): UnmixingError =>
  new UnmixingError(
    'file',
    `The files of ${name} hold another image than the one that the session was made with.`,
  );

/** Whether results of one image lie right on another. */
const isSame = (
  a: CubeContent['summary'],
  b: CubeContent['summary'],
): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.axis.values.length === b.axis.values.length &&
  a.axis.values.every(
    (value, i) => Math.abs(value - b.axis.values[i]) <= 1e-9 * Math.abs(value),
  );
