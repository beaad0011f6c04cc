import { anchoredSet } from '../../src/engine/anchored.js';
import { chooseBackend } from '../../src/engine/backend.js';
import { initialValues } from '../../src/engine/network-values.js';
import {
  type NetworkOptions,
  type Preset,
  resolveOptions,
} from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { publishedSet } from '../../src/engine/published.js';
import { solve } from '../../src/engine/solve.js';
import { batches } from '../../src/engine/tiles.js';
import { Trainer } from '../../src/engine/trainer.js';
import type { TrainingSet } from '../../src/engine/training-set.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { makePhantom, readPhantom } from '../phantoms.js';
import { median } from '../statistics.js';
import { wasmFolder } from './node-place.js';
import type { Table } from './table.js';

/** Presets with the patches a step: as published, fewer where a step on all bands would not fit in memory. */
const steps: readonly { readonly preset: Preset; readonly patches: number }[] =
  [
    { preset: 'network', patches: 2 },
    { preset: 'pande2026', patches: 64 },
    { preset: 'cnnaeu', patches: 2 },
  ];

/** Steps until the engine of the language has compiled what a training of thousands runs compiled. */
const warmUp = 5;

/**
 * One training step in the subspace and the same on all bands, on wasm: processor time, medians after some to warm up. The two take turns,
 * so that other work on the machine slows both.
 */
export async function timeSteps(
  repeats: number,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const made = makePhantom('clean');
  if ('missing' in made) {
    console.log(`skipped: ${made.missing} is not there`);
    return;
  }
  const cube = readPhantom(made.folder);
  await chooseBackend('wasm', wasmFolder);
  const rows = table([
    'preset',
    'patches a step',
    'decoder',
    'K',
    'subspace, ms',
    'full band, ms',
    'ratio',
  ]);
  for (const { preset, patches } of steps) {
    const setOf = async (space: NetworkOptions['space']): Promise<Training> => {
      const options = resolveOptions({
        endmembers: 5,
        preset,
        network: { space },
      });
      const prepared = await prepare(cube, options, {});
      const random = randomSource(1);
      const set =
        preset === 'network'
          ? await anchoredSet(
              prepared,
              await solve(prepared, random, {}),
              keepPace(undefined),
            )
          : await publishedSet(prepared, random, {});
      return { set, network: { ...options.network, batch: patches } };
    };
    const reduced = await setOf('subspace');
    const whole = await setOf('full');
    const [subspace, full] = await stepSeconds(
      [stepper(reduced), stepper(whole)],
      repeats,
    );
    const { patch, decoder } = reduced.network;
    rows.add([
      preset,
      `${patches} of ${patch} x ${patch}`,
      `${decoder} x ${decoder}`,
      reduced.set.channels,
      (1000 * subspace).toFixed(1),
      (1000 * full).toFixed(1),
      (full / subspace).toFixed(1),
    ]);
  }
}

interface Training {
  readonly set: TrainingSet;
  readonly network: NetworkOptions;
}

interface Stepper {
  step(): Promise<void>;
  dispose(): void;
}

/** Takes the same step again and again. */
function stepper({ set, network }: Training): Stepper {
  const random = randomSource(1);
  const trainer = new Trainer(
    set,
    network,
    initialValues(set, network, random),
  );
  const [patches] = batches(trainer.tiling, network.batch, random);
  return {
    async step() {
      trainer.step(patches, random);
      await trainer.readLoss();
    },
    dispose() {
      trainer.dispose();
    },
  };
}

/** Median processor seconds of a step of each. */
async function stepSeconds(
  steppers: readonly Stepper[],
  repeats: number,
): Promise<number[]> {
  try {
    const times = steppers.map((): number[] => []);
    for (let i = 0; i < warmUp + repeats; i++)
      for (const [at, one] of steppers.entries()) {
        await one.step(); // finds the caches as training does
        const before = process.cpuUsage();
        await one.step();
        const { user, system } = process.cpuUsage(before);
        times[at].push((user + system) / 1e6);
      }
    return times.map((all) => median(all.slice(warmUp)));
  } finally {
    for (const one of steppers) one.dispose();
  }
}
