import { orderAfter } from '../algorithms/match-endmembers.js';
import { keepPace } from '../spectral/pace.js';
import { reordered } from '../spectral/reorder.js';
import type { EndmemberSet } from '../spectral/unmixing.js';
import { diagnose } from './diagnostics.js';
import { DivergedError } from './diverged.js';
import { type Compared, withSpread } from './ensemble.js';
import { finish } from './finish.js';
import type { UnmixResult } from './protocol.js';
import type {
  Checkpoint as TrainingCheckpoint,
  TrainingResult,
} from './run-training.js';
import type { Prepared, RunTask, Solution } from './steps.js';
import type { Timeline } from './timeline.js';
import { version } from './version.js';
import { passes } from './words.js';

/** Where a run stands, for training to go on from there; plain arrays only. */
export interface Checkpoint extends TrainingCheckpoint {
  /** Seed of the training that goes on: that of the best of several runs. */
  readonly seed: number;
  readonly compared: Compared | null;
}

export interface RunOutcome {
  readonly result: UnmixResult;
  /** Null for presets without training. */
  readonly checkpoint: Checkpoint | null;
  readonly prepared: Prepared;
}

/** What a run came to, before it is judged. */
export interface Reached {
  readonly solution: Solution;
  /** Null for presets without training. */
  readonly training: TrainingResult | null;
  /** Of the solution. */
  readonly seed: number;
  readonly compared: Compared | null;
  readonly lost: number;
}

/**
 * Judges what a run came to and tells it.
 * @param before endmembers of the result before: those that were found again come in their places
 * @throws DivergedError with the best so far where training diverged; `task.signal.reason` when aborted
 */
export async function outcome(
  prepared: Prepared,
  { solution, training, seed, compared, lost }: Reached,
  timeline: Timeline,
  task: RunTask,
  before?: EndmemberSet,
): Promise<RunOutcome> {
  const { options } = prepared;
  const pace = keepPace(task.signal);
  const found = withSpread(await finish(prepared, solution, pace), compared);
  const unmixing = before ? reordered(found, orderAfter(before, found)) : found;
  timeline.at('fitting', 1);
  const { residual, mask, excludedBands } = unmixing;
  const state = training?.checkpoint.state;
  const least = state?.least.loss ?? NaN;
  const result: UnmixResult = {
    unmixing,
    report: {
      options,
      backend: training?.backend ?? null,
      stages: timeline.stages,
      seconds: timeline.seconds,
      loss: Number.isFinite(least) ? least : null,
      epochs: state?.epoch ?? 0,
      rmse: residual.rmse,
      meanAngle: residual.meanAngle,
      maskedPixels: mask.filter(Boolean).length,
      excludedBands: excludedBands.filter(Boolean).length,
      stopped:
        training && options.runs === 1
          ? training.end === 'stopped'
          : task.stop?.aborted === true,
      versions: {
        stratigraph: version,
        ...(training && { tfjs: training.tfjs }),
      },
      warnings: [
        ...prepared.warnings,
        ...solution.warnings,
        ...(lost > 0
          ? [
              `${lost} of ${options.runs} runs came to nothing and were left out.`,
            ]
          : []),
      ],
      diagnostics: [
        ...diagnose(prepared, unmixing),
        ...(seed === options.seed
          ? []
          : [
              `Of ${options.runs} runs the one with seed ${seed} is shown: it leaves least of the data, and the others lie nearer to it than to the first.`,
            ]),
      ],
    },
    resumable: training !== null,
  };
  if (training?.end === 'diverged')
    throw new DivergedError(
      `Training diverged after ${passes(state?.epoch ?? 0)}: the loss is not a number any more (try a learningRate below ${options.network.learningRate}).`,
      { ...result, resumable: false },
    );
  return {
    result,
    checkpoint: training && {
      ...training.checkpoint,
      prepared,
      seed,
      compared,
    },
    prepared,
  };
}
