import type { Backend, Preset } from '../../src/engine/options.js';
import { stagesOf } from '../../src/engine/protocol.js';
import { makePhantom } from '../phantoms.js';
import { median } from '../statistics.js';
import type { Place } from './place.js';
import type { Table } from './table.js';
import { type RunFigures, endless } from './timed-run.js';

export interface StagesTask {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly presets: readonly Preset[];
  readonly repeats: number;
  /** How long each network trains. */
  readonly trainingSeconds: number;
  /** Times plain JavaScript for the published presets too, where one step can take minutes. */
  readonly all: boolean;
}

const columns = [
  'where',
  'preset',
  'backend',
  'runs',
  'first picture',
  'preparing',
  'subspace',
  'extracting',
  'fitting',
  'all but training',
  'seconds a pass',
  'passes seen',
  'processor seconds a run',
];

/** Seconds of each stage of each preset, in Node and in Chromium, on each backend: medians. */
export async function timeStages(
  places: readonly Place[],
  task: StagesTask,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const { width, height, bands, presets, repeats, trainingSeconds, all } = task;
  const made = makePhantom('clean', { width, height, bands });
  if ('missing' in made) {
    console.log(`skipped: ${made.missing} is not there`);
    return;
  }
  console.log(
    `Phantom clean at ${width} x ${height} x ${bands}, 5 endmembers; seconds, medians. Networks train for at least ${trainingSeconds} s of many passes; a pass is told by the times between reports.\n`,
  );
  const rows = table(columns);
  for (const place of places) {
    await place.load(made.folder);
    const there = place.backends.filter(({ passedOver }) => !passedOver);
    const row = async (
      preset: Preset,
      backend: Backend | null,
      runs: number,
    ): Promise<void> => {
      const request = endless(preset, {
        endmembers: 5,
        ...(backend && { backend }),
      });
      const before = await place.processorSeconds();
      const figures: RunFigures[] = [];
      for (let i = 0; i < runs; i++)
        figures.push(await place.run(request, trainingSeconds));
      const worked = ((await place.processorSeconds()) - before) / runs;
      rows.add([
        place.name,
        preset,
        backend ?? '',
        runs,
        ...stageCells(preset, figures),
        worked.toFixed(1),
      ]);
    };
    if (presets.includes('auto')) await row('auto', null, repeats);
    for (const preset of presets.filter((one) => one !== 'auto'))
      for (const [i, { backend }] of there.entries()) {
        if (backend === 'cpu' && preset !== 'network' && !all) continue;
        // The best backend as often as asked; the others once, their stages before training being the same.
        await row(preset, backend, i === 0 ? repeats : 1);
      }
    for (const { backend, passedOver } of place.backends)
      if (passedOver)
        rows.add([place.name, 'networks', backend, `skipped: ${passedOver}`]);
  }
}

function stageCells(preset: Preset, figures: readonly RunFigures[]): string[] {
  const told = (values: readonly (number | null)[], digits = 2): string => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? '' : median(known).toFixed(digits);
  };
  const secondsOf = ({ stages }: RunFigures, name: string): number | null =>
    stages.find(({ stage }) => stage === name)?.seconds ?? null;
  const stages = ['preparing', 'subspace', 'extracting', 'fitting'] as const;
  return [
    told(figures.map(({ preview }) => preview)),
    ...stages.map((stage) =>
      stagesOf(preset).includes(stage)
        ? told(figures.map((one) => secondsOf(one, stage)))
        : '',
    ),
    told(figures.map((one) => one.seconds - (secondsOf(one, 'training') ?? 0))),
    told(
      figures.map(({ training }) => training?.secondsPerPass ?? null),
      3,
    ),
    told(figures.map(({ training }) => training?.passes ?? null)),
  ];
}
