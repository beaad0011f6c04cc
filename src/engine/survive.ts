import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { backendTitles, chooseBackend, discardBackend } from './backend.js';
import { whyFailed } from './device.js';
import type { Backend, NetworkOptions, UnmixOptions } from './options.js';
import {
  type TrainTask,
  type Trained,
  type TrainingState,
  train,
} from './train.js';
import type { TrainingSet } from './training-set.js';
import { counted, passes } from './words.js';

/** After a loss that is no number, training is tried once more with steps this much smaller. */
const slower = 0.1;

export interface SurvivingTask extends Omit<
  TrainTask,
  'onEpoch' | 'onStep' | 'onCheckpoint'
> {
  /** Passes done, with a fraction; mean loss and the best pass's after whole passes only. */
  readonly onEpoch: (
    epoch: number,
    backend: Backend,
    loss?: number,
    best?: number,
  ) => void;
  readonly onCheckpoint?: (state: TrainingState, backend: Backend) => void;
}

export interface Survived extends Trained {
  /** Where training ended. */
  readonly backend: Backend;
  /** Which backends were passed over or failed, why, and how training went on. */
  readonly warnings: readonly string[];
}

/**
 * Trains to the end as long as any backend works, from the last checkpoint each time:
 * - a lost device, and a backend that fails with the smallest batch, is given up for the next one;
 * - other failures (memory, mostly) are met with a fresh start of the backend and half the patches a step;
 * - a loss that is no number is met once with smaller steps, from the best pass.
 * When none is left, plain JavaScript evaluates what was reached.
 * @param assets folder of the wasm files, see `assetFolder`
 * @param given backends that failed before
 * @throws UnmixingError `gpu` when nothing was reached; `task.signal.reason` when aborted
 */
export async function trainToTheEnd(
  set: TrainingSet,
  { backend: choice, network, seed }: UnmixOptions,
  previous: TrainingState | null,
  assets: string,
  task: SurvivingTask,
  given: readonly Backend[] = [],
): Promise<Survived> {
  const last = (previous?.epoch ?? 0) + network.epochs;
  const failed = [...given];
  const first = await chooseBackend(choice, assets, failed);
  const warnings = [...first.warnings];
  let { backend } = first;
  let constants = network;
  let state = previous;
  let ending = false;
  for (;;) {
    const now = backend;
    const done = state?.epoch ?? 0;
    try {
      const trained = await train(
        set,
        { ...constants, epochs: ending ? 0 : last - done },
        seed,
        state,
        {
          ...task,
          onStep: (epoch) => {
            task.onEpoch(epoch, now);
          },
          onEpoch: (epoch, loss, best) => {
            task.onEpoch(epoch, now, loss, best);
          },
          onCheckpoint: (reached) => {
            state = reached;
            task.onCheckpoint?.(reached, now);
          },
        },
      );
      const { learningRate } = constants;
      if (trained.end !== 'diverged' || learningRate < network.learningRate)
        return { ...trained, backend, warnings };
      state = trained.state;
      constants = { ...constants, learningRate: learningRate * slower };
      warnings.push(
        `The loss was not a number any more after ${passes(state.epoch)}: training went on from the best of them with a learning rate of ${constants.learningRate} instead of ${learningRate}.`,
      );
    } catch (error) {
      if (task.signal?.aborted || isUnmixingError(error)) throw error;
      const { lost, reason } = await whyFailed(error);
      discardBackend(backend);
      const what = `${backendTitles[backend]} ${lost ? 'was lost' : 'failed'} after ${passes(state?.epoch ?? 0)} (${reason})`;
      if (ending) throw nothingLeft(what, error);
      const before = constants.batch;
      const fewer = lost ? null : halved(constants);
      if (fewer) constants = fewer;
      else failed.push(backend);
      const next = await chooseBackend(choice, assets, failed)
        .catch(() => chooseBackend('auto', assets, [...failed, now]))
        .catch(() => null);
      ending = next === null;
      ({ backend } = next ?? (await chooseBackend('cpu', assets)));
      const ways = [
        ...(fewer
          ? [
              `with ${counted(fewer.batch, 'patch', 'patches')} a step instead of ${before}`,
            ]
          : []),
        ...(backend === now ? [] : [`on ${backendTitles[backend]}`]),
      ];
      warnings.push(
        ending
          ? `${what}: training ended there.`
          : `${what}: training went on from there ${ways.join(' ')}.`,
        ...(next?.warnings ?? []).filter((one) => !warnings.includes(one)),
      );
    }
  }
}

/** Half the patches a step; null where a step has one patch already. */
const halved = (constants: NetworkOptions): NetworkOptions | null =>
  constants.batch > 1
    ? { ...constants, batch: Math.ceil(constants.batch / 2) }
    : null;

const nothingLeft = (what: string, cause: unknown): UnmixingError =>
  new UnmixingError(
    'gpu',
    `${what}, and no other backend trains here (crop or bin the image first, or take the preset auto).`,
    { cause },
  );
