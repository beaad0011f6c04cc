import { version_core } from '@tensorflow/tfjs-core';
import { spread } from '../algorithms/columns.js';
import { keepPace } from '../spectral/pace.js';
import { randomSource } from '../spectral/random.js';
import { anchoredSet, anchoredSolution } from './anchored.js';
import { backendTitles } from './backend.js';
import type { Backend, UnmixOptions } from './options.js';
import type { Interrupted, Preview } from './protocol.js';
import { publishedSet, publishedSolution } from './published.js';
import { smoothMaps } from './smooth-maps.js';
import type { Prepared, Solution } from './steps.js';
import { trainToTheEnd } from './survive.js';
import type { Trained, TrainingState } from './train.js';
import type { TrainingSet } from './training-set.js';
import { fitUnscaled } from './unscaled.js';
import { passes } from './words.js';

/** Pixels that a preview's spectra are fitted to. */
const previewPixels = 1000;

/** Where a run stands, for training to go on from there; plain arrays only. */
export interface Checkpoint {
  readonly prepared: Prepared;
  /** What the network started from; null for a random start. */
  readonly start: Solution | null;
  readonly set: TrainingSet;
  readonly state: TrainingState;
}

export interface TrainingTask {
  readonly signal?: AbortSignal;
  readonly stop?: AbortSignal;
  readonly onStage: (stage: 'subspace' | 'training' | 'fitting') => void;
  /** Within the subspace stage, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  /** Passes done, with a fraction; mean loss and the best pass's after whole passes only. */
  readonly onEpoch: (
    epoch: number,
    backend: Backend,
    loss?: number,
    best?: number,
  ) => void;
  readonly onPreview?: (preview: Preview) => void;
  readonly onCheckpoint?: (state: TrainingState, backend: Backend) => void;
}

export interface TrainingResult {
  readonly solution: Solution;
  readonly checkpoint: Checkpoint;
  readonly backend: Backend;
  readonly tfjs: string;
  readonly end: Trained['end'];
}

/**
 * Trains the network of the prepared options from a solution, from chance, or from where one was begun, and fits the outcome in the unit of
 * the data.
 * @param assets folder of the wasm files, see `assetFolder`
 * @throws UnmixingError `gpu` when no backend works; `signal.reason` when aborted
 */
export async function runTraining(
  prepared: Prepared,
  start: Solution | null,
  begun: Checkpoint | Interrupted | null,
  assets: string,
  task: TrainingTask,
): Promise<TrainingResult> {
  const { options } = prepared;
  const interrupted = begun && 'reason' in begun ? begun : null;
  let set = begun && 'set' in begun ? begun.set : null;
  const pace = keepPace(task.signal);
  if (!set && start) set = await anchoredSet(prepared, start, pace);
  if (!set) {
    task.onStage('subspace');
    set = await publishedSet(prepared, randomSource(options.seed), task);
  }
  task.onStage('training');
  const previews = spread(prepared.kept, previewPixels);
  const { backend, warnings, ...trained } = await trainToTheEnd(
    set,
    interrupted ? remaining(options, interrupted.state) : options,
    begun?.state ?? null,
    assets,
    {
      ...task,
      onPreview:
        task.onPreview &&
        (async (abundances) => {
          const { endmembers } = start
            ? start
            : await fitUnscaled(prepared, abundances, previews, 1, pace);
          blank(abundances, prepared.mask);
          task.onPreview?.({ endmembers, abundances });
        }),
    },
    interrupted ? [interrupted.backend] : [],
  );
  task.onStage('fitting');
  const solution = await (start
    ? anchoredSolution(prepared, start, set, trained, pace).then((found) =>
        smoothMaps(prepared, found),
      )
    : publishedSolution(prepared, trained, pace));
  return {
    solution: {
      ...solution,
      warnings: [
        ...(interrupted ? [brokeDown(interrupted, backend)] : []),
        ...warnings,
        ...solution.warnings,
        ...(options.abundances === 'fcls' ? [fclsWarning] : []),
      ],
    },
    checkpoint: { prepared, start, set, state: trained.state },
    backend,
    tfjs: version_core,
    end: trained.end,
  };
}

/** What is left of a training of so many passes. */
const remaining = (
  options: UnmixOptions,
  { epoch }: TrainingState,
): UnmixOptions => ({
  ...options,
  network: {
    ...options.network,
    epochs: Math.max(0, options.network.epochs - epoch),
  },
});

const brokeDown = (
  { state, backend, reason }: Interrupted,
  next: Backend,
): string =>
  `The engine broke down on ${backendTitles[backend]} after ${passes(state.epoch)} (${reason}): a new one went on from there on ${backendTitles[next]}.`;

const fclsWarning =
  "With the rule fcls the maps are fitted anew from the network's endmembers; its own maps are not shown.";

/** Masked pixels have no shares. */
function blank(abundances: Float32Array, mask: Uint8Array): void {
  const order = abundances.length / mask.length;
  mask.forEach((masked, n) => {
    if (masked) abundances.fill(0, n * order, (n + 1) * order);
  });
}
