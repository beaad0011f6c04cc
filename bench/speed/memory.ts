import { execFileSync } from 'node:child_process';
import type { Preset } from '../../src/engine/options.js';
import { makePhantom, readPhantomHeader } from '../phantoms.js';
import type { Place } from './place.js';
import type { Table } from './table.js';
import { endless } from './timed-run.js';

/** Seconds that a network trains: after its first step it takes no more memory. */
export const memoryTrainingSeconds = 2;

/** Bytes of resident memory; null where the system does not tell. */
export interface MemoryFigures {
  /** Before the cube was loaded. */
  readonly before: number;
  /** After it was. */
  readonly held: number;
  /** The most on the way there. */
  readonly loading: number;
  /** The most in the run. */
  readonly most: number;
}

const columns = [
  'where',
  'preset',
  'held after loading, x cube',
  'most while loading, x cube',
  'most in the run, x cube',
];

/**
 * The most memory that a run holds, as a multiple of the bytes of the cube: resident memory beyond what process or renderer held before
 * the cube came. Each run has a process or browser of its own.
 */
export async function measureMemory(
  size: {
    readonly width: number;
    readonly height: number;
    readonly bands: number;
  },
  presets: readonly Preset[],
  newBrowser: (() => Promise<Place>) | null,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const made = makePhantom('clean', size);
  if ('missing' in made) {
    console.log(`skipped: ${made.missing} is not there`);
    return;
  }
  const { width, height, axis } = readPhantomHeader(made.folder);
  const cube = 4 * width * height * axis.values.length;
  console.log(
    `Cube of ${width} x ${height} x ${axis.values.length}: ${(cube / 1e6).toFixed(0)} MB.\n`,
  );
  const rows = table(columns);
  const tell = (
    where: string,
    preset: string,
    figures: MemoryFigures | null,
  ) => {
    rows.add([
      where,
      preset,
      ...(figures
        ? [figures.held, figures.loading, figures.most].map((bytes) =>
            ((bytes - figures.before) / cube).toFixed(2),
          )
        : ['skipped: this system does not tell the memory of a process']),
    ]);
  };
  for (const preset of presets) {
    const printed = execFileSync(
      process.execPath,
      ['bench/run.mjs', 'memory', '--folder', made.folder, '--preset', preset],
      { encoding: 'utf8' },
    );
    tell('Node', preset, JSON.parse(printed) as MemoryFigures | null);
  }
  if (!newBrowser) return;
  for (const preset of presets) {
    const place = await newBrowser();
    try {
      tell(place.name, preset, await watchRun(place, made.folder, preset));
    } finally {
      await place.close();
    }
  }
}

/** Memory before, after and while a cube is loaded, and the most in a run on it. */
export async function watchRun(
  place: Place,
  folder: string,
  preset: Preset,
): Promise<MemoryFigures | null> {
  const before = await place.memory();
  await place.load(folder);
  const loaded = await place.memory();
  const backend = preset === 'auto' ? 'auto' : 'wasm';
  await place.run(
    endless(preset, { endmembers: 5, backend }),
    memoryTrainingSeconds,
  );
  const ran = await place.memory();
  return (
    before &&
    loaded &&
    ran && {
      before: before.now,
      held: loaded.now,
      loading: loaded.most,
      most: ran.most,
    }
  );
}
