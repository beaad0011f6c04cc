import { orderAfter } from '../algorithms/match-endmembers.js';
import type { Cube } from '../spectral/cube.js';
import { columnsInOrder, rowsInOrder } from '../spectral/reorder.js';
import { type EndmemberSet, endmemberName } from '../spectral/unmixing.js';
import { assetFolder } from './assets.js';
import {
  type Ensemble,
  type Run,
  compareRuns,
  seedOf,
  solveOften,
} from './ensemble.js';
import { byArea } from './finish.js';
import { checkMemory, memoryThere } from './memory-needed.js';
import {
  type UnmixOptions,
  type UnmixRequest,
  resolveOptions,
  startsFromChance,
  trains,
} from './options.js';
import {
  type Checkpoint,
  type Reached,
  type RunOutcome,
  outcome,
} from './outcome.js';
import { prepare } from './prepare.js';
import type { Interrupted, Preview } from './protocol.js';
import type { TrainingResult } from './run-training.js';
import { smoothMaps } from './smooth-maps.js';
import type { Prepared, RunTask, Solution } from './steps.js';
import { Timeline } from './timeline.js';

export interface RunContext {
  /** Folder of the wasm files; that of this module when left out. */
  readonly assets?: string;
  /** Training goes on from here, for `network.epochs` more passes; everything else is as it was. */
  readonly checkpoint?: Checkpoint;
  /** Training goes on from here, up to the passes it was asked for, after its worker broke down. */
  readonly interrupted?: Interrupted;
  /** Endmembers of the result before: those that are found again come in their places. */
  readonly before?: EndmemberSet;
  /** Bytes that the run may take beyond the cube; found out where left out. */
  readonly memory?: number;
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
  checkMemory(
    { ...cube, bands: cube.axis.values.length },
    options,
    context.memory ?? memoryThere(cube.data.byteLength),
  );
  const timeline = new Timeline(options.preset, task.onProgress, options.runs);
  const prepared = checkpoint
    ? { ...checkpoint.prepared, options }
    : await prepareIn(timeline, cube, options, task);
  return outcome(
    prepared,
    await reach(timeline, prepared, task, context),
    timeline,
    task,
    context.before,
  );
}

/** Goes through the stages of the preset, with as many runs as asked for; `network` trains from the best of them. */
async function reach(
  timeline: Timeline,
  prepared: Prepared,
  task: RunTask,
  context: RunContext,
): Promise<Reached> {
  const { options } = prepared;
  const { checkpoint } = context;
  if (checkpoint) {
    const { start, seed, compared } = checkpoint;
    const training = await trainIn(
      timeline,
      { ...prepared, options: { ...options, seed } },
      start,
      task,
      context,
    );
    return { solution: training.solution, training, seed, compared, lost: 0 };
  }
  if (startsFromChance(options.preset)) {
    const { best, ...rest } = await trainOften(
      timeline,
      prepared,
      task,
      context,
    );
    return { ...best, ...rest };
  }
  const { best, ...rest } = await startIn(timeline, prepared, task, context);
  if (!trains(options.preset)) return { ...best, training: null, ...rest };
  if (prepared.variability)
    return {
      ...best,
      solution: untrained(smoothMaps(prepared, best.solution)),
      training: null,
      ...rest,
    };
  const { solution: start, seed } = best;
  const training = await trainIn(timeline, prepared, start, task, context);
  return { solution: training.solution, training, seed, ...rest };
}

/** The network takes each spectrum for the same everywhere. */
const untrained = (solution: Solution): Solution => ({
  ...solution,
  warnings: [
    ...solution.warnings,
    'No network was trained: it cannot tell apart how spectra vary from place to place, and would lose what was found.',
  ],
});

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

function startIn(
  timeline: Timeline,
  prepared: Prepared,
  task: RunTask,
  { before }: RunContext,
): Promise<Ensemble<Run>> {
  timeline.at('extracting', 0);
  return solveOften(prepared, {
    ...task,
    onPreview: sortedPreviews(task, prepared, before),
    onProgress: (fraction) => {
      if (trains(prepared.options.preset)) timeline.at('extracting', fraction);
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

/** Trains from as many random starts as asked for. */
const trainOften = (
  timeline: Timeline,
  prepared: Prepared,
  task: RunTask,
  context: RunContext,
): Promise<Ensemble<Run & { readonly training: TrainingResult }>> =>
  compareRuns(prepared, task, async (run) => {
    const seed = seedOf(prepared.options.seed, run);
    const training = await trainIn(
      timeline,
      { ...prepared, options: { ...prepared.options, seed } },
      null,
      task,
      context,
      run,
    );
    const { end, solution, checkpoint } = training;
    const misfit =
      end === 'diverged' ? Infinity : checkpoint.state.least.objective;
    return { solution, misfit, seed, training };
  });

/** @param run which of several it is, from 0 */
async function trainIn(
  timeline: Timeline,
  prepared: Prepared,
  start: Solution | null,
  task: RunTask,
  { assets, checkpoint, interrupted, before }: RunContext,
  run = 0,
): Promise<TrainingResult> {
  // Heavy: the network and its backends load only when there is something to train.
  const { runTraining } = await import('./run-training.js');
  const { options } = prepared;
  const begun = checkpoint ?? interrupted ?? null;
  const first = begun?.state.epoch ?? 0;
  const { epochs: passes } = options.network;
  const epochs = checkpoint ? first + passes : passes;
  const runs = start || checkpoint ? 1 : options.runs;
  return runTraining(
    prepared,
    start,
    begun,
    assetFolder(assets, import.meta.url),
    {
      ...task,
      onPreview: sortedPreviews(task, prepared, before),
      // One of several runs, or more passes than were asked for first, begin anew when they are lost.
      onCheckpoint: runs === 1 && !checkpoint ? task.onCheckpoint : undefined,
      onStage: (stage) => {
        // What comes again between two runs counts as training.
        if (stage === 'training') timeline.at(stage, run / runs);
        else if (stage === 'subspace' ? run === 0 : run === runs - 1)
          timeline.at(stage, 0);
      },
      onProgress: (fraction) => {
        if (run === 0) timeline.at('subspace', fraction);
      },
      onEpoch: (epoch, backend, loss, best) => {
        const before = run * epochs;
        timeline.train(
          before + epoch,
          first,
          runs * epochs,
          backend,
          loss,
          best,
        );
      },
    },
  );
}

/** Previews in the order that the result would have. */
function sortedPreviews(
  { onPreview }: RunTask,
  { kept, options, cube, excludedBands }: Prepared,
  before: EndmemberSet | undefined,
): ((preview: Preview) => void) | undefined {
  if (!onPreview) return undefined;
  const count = options.endmembers;
  const names = Array.from({ length: count }, (_, r) => endmemberName(r));
  return (preview) => {
    const ranking = byArea(preview.abundances, count, kept);
    const endmembers = rowsInOrder(preview.endmembers, ranking);
    const order = before
      ? orderAfter(before, {
          axis: cube.axis,
          names,
          endmembers,
          excludedBands,
        }).map((from) => ranking[from])
      : ranking;
    onPreview({
      endmembers: rowsInOrder(preview.endmembers, order),
      abundances: columnsInOrder(preview.abundances, order),
    });
  };
}
