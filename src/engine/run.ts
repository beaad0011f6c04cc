import { randomSource } from '../spectral/random.js';
import type { Cube } from '../spectral/cube.js';
import { keepPace } from '../spectral/pace.js';
import { assetFolder } from './assets.js';
import { DivergedError } from './diverged.js';
import { solve } from './solve.js';
import { byArea, finish } from './finish.js';
import {
  type UnmixOptions,
  type UnmixRequest,
  resolveOptions,
} from './options.js';
import { prepare } from './prepare.js';
import type { Preview, UnmixResult } from './protocol.js';
import type { Checkpoint, TrainingResult } from './run-training.js';
import type { Prepared, RunTask, Solution } from './steps.js';
import { Timeline } from './timeline.js';
import { version } from './version.js';

export type { Checkpoint } from './run-training.js';

export interface RunContext {
  /** Folder of the wasm files; that of this module when left out. */
  readonly assets?: string;
  /** Training goes on from here, for `network.epochs` more passes; everything else is as it was. */
  readonly checkpoint?: Checkpoint;
}

export interface RunOutcome {
  readonly result: UnmixResult;
  /** Null for presets without training. */
  readonly checkpoint: Checkpoint | null;
  readonly prepared: Prepared;
}

/** `prepare` has found bad pixels, windows and noise at this share of its way; the rest is the subspace. */
const preparingShare = 0.15;
/** `solve` has its corners and weights at this share of its way; the rest is the re-fit. */
const extractingShare = 0.6;

/**
 * Unmixes a cube: the one way of the worker and of the command line.
 * @throws UnmixingError `input` for what cannot be unmixed, `gpu` when no backend trains; DivergedError with the best so far;
 * `task.signal.reason` when aborted
 */
export async function unmix(
  cube: Cube,
  request: UnmixRequest,
  task: RunTask = {},
  context: RunContext = {},
): Promise<RunOutcome> {
  const { checkpoint } = context;
  const asked = resolveOptions(request);
  const options = checkpoint ? resumed(checkpoint, asked) : asked;
  const timeline = new Timeline(options.preset, task.onProgress);
  const prepared = checkpoint
    ? { ...checkpoint.prepared, options }
    : await prepareIn(timeline, cube, options, task);
  if (options.preset === 'auto')
    return outcome(
      prepared,
      await startIn(timeline, prepared, task, 'fitting'),
      timeline,
      task,
      null,
    );
  const start = checkpoint
    ? checkpoint.start
    : options.preset === 'network'
      ? await startIn(timeline, prepared, task, 'extracting')
      : null;
  const training = await trainIn(timeline, prepared, start, task, context);
  return outcome(prepared, training.solution, timeline, task, training);
}

const resumed = (
  { prepared }: Checkpoint,
  { backend, network }: UnmixOptions,
): UnmixOptions => ({
  ...prepared.options,
  backend,
  network: { ...prepared.options.network, epochs: network.epochs },
});

function prepareIn(
  timeline: Timeline,
  cube: Cube,
  options: UnmixOptions,
  task: RunTask,
): Promise<Prepared> {
  timeline.at('preparing', 0);
  return prepare(cube, options, {
    ...task,
    onProgress: (fraction) => {
      if (fraction < preparingShare)
        timeline.at('preparing', fraction / preparingShare);
      else
        timeline.at(
          'subspace',
          (fraction - preparingShare) / (1 - preparingShare),
        );
    },
  });
}

/** @param last the stage that the re-fit counts as */
function startIn(
  timeline: Timeline,
  prepared: Prepared,
  task: RunTask,
  last: 'extracting' | 'fitting',
): Promise<Solution> {
  timeline.at('extracting', 0);
  return solve(prepared, randomSource(prepared.options.seed), {
    ...task,
    onPreview: sortedPreviews(task, prepared),
    onProgress: (fraction) => {
      if (last === 'extracting') timeline.at('extracting', fraction);
      else if (fraction < extractingShare)
        timeline.at('extracting', fraction / extractingShare);
      else
        timeline.at(
          'fitting',
          (fraction - extractingShare) / (1 - extractingShare),
        );
    },
  });
}

async function trainIn(
  timeline: Timeline,
  prepared: Prepared,
  start: Solution | null,
  task: RunTask,
  { assets, checkpoint }: RunContext,
): Promise<TrainingResult> {
  // Heavy: the network and its backends load only when there is something to train.
  const { runTraining } = await import('./run-training.js');
  const first = checkpoint?.state.epoch ?? 0;
  const epochs = first + prepared.options.network.epochs;
  return runTraining(
    prepared,
    start,
    checkpoint ?? null,
    assetFolder(assets, import.meta.url),
    {
      ...task,
      onPreview: sortedPreviews(task, prepared),
      onStage: (stage) => {
        timeline.at(stage, 0);
      },
      onProgress: (fraction) => {
        timeline.at('subspace', fraction);
      },
      onEpoch: (epoch, backend, loss, best) => {
        timeline.train(epoch, first, epochs, backend, loss, best);
      },
    },
  );
}

/** Previews in the order that the result would have. */
function sortedPreviews(
  { onPreview }: RunTask,
  { kept, options }: Prepared,
): ((preview: Preview) => void) | undefined {
  if (!onPreview) return undefined;
  const order = options.endmembers;
  return ({ endmembers, abundances }) => {
    const bands = endmembers.length / order;
    const ranking = byArea(abundances, order, kept);
    onPreview({
      endmembers: endmembers.map(
        (_, i) =>
          endmembers[ranking[Math.floor(i / bands)] * bands + (i % bands)],
      ),
      abundances: abundances.map(
        (_, i) => abundances[i - (i % order) + ranking[i % order]],
      ),
    });
  };
}

async function outcome(
  prepared: Prepared,
  solution: Solution,
  timeline: Timeline,
  task: RunTask,
  training: TrainingResult | null,
): Promise<RunOutcome> {
  const pace = keepPace(task.signal);
  const unmixing = await finish(prepared, solution, pace);
  timeline.at('fitting', 1);
  const { residual, mask, excludedBands } = unmixing;
  const state = training?.checkpoint.state;
  const least = state?.least.loss ?? NaN;
  const result: UnmixResult = {
    unmixing,
    report: {
      options: prepared.options,
      backend: training?.backend ?? null,
      stages: timeline.stages,
      seconds: timeline.seconds,
      loss: Number.isFinite(least) ? least : null,
      epochs: state?.epoch ?? 0,
      rmse: residual.rmse,
      meanAngle: residual.meanAngle,
      maskedPixels: mask.filter(Boolean).length,
      excludedBands: excludedBands.filter(Boolean).length,
      stopped: training
        ? training.end === 'stopped'
        : task.stop?.aborted === true,
      versions: {
        stratigraph: version,
        ...(training && { tfjs: training.tfjs }),
      },
      warnings: [...prepared.warnings, ...solution.warnings],
      diagnostics: [],
    },
    resumable: training !== null,
  };
  if (training?.end === 'diverged')
    throw new DivergedError(
      `Training diverged after ${counted(state?.epoch ?? 0)}: the loss is not a number any more (try a learningRate below ${prepared.options.network.learningRate}).`,
      { ...result, resumable: false },
    );
  return { result, checkpoint: training?.checkpoint ?? null, prepared };
}

const counted = (passes: number): string =>
  `${passes} ${passes === 1 ? 'pass' : 'passes'}`;
