import { letEventsPass } from '../spectral/pace.js';
import { type Random, randomSource } from '../spectral/random.js';
import type { OptimiserState } from './optimiser.js';
import {
  type NetworkSnapshot,
  createNetwork,
  disposeNetwork,
  readNetwork,
  restore,
  snapshot,
} from './network.js';
import {
  type NetworkValues,
  initialValues,
  shapesOf,
} from './network-values.js';
import type { NetworkOptions } from './options.js';
import { batches } from './tiles.js';
import { type Evaluation, Trainer } from './trainer.js';
import type { TrainingSet } from './training-set.js';

/** A started network has little to gain once its objective falls by less than this share in so many passes. */
const plateau = { share: 1e-3, epochs: 15 };
const previewInterval = 500; // ms
const stepInterval = 250; // ms
const checkpointInterval = 2000; // ms
/** Previews, and likewise checkpoints, may take at most this share of the time. */
const tellingShare = 0.1;

/** Where training stands, as plain arrays: it can go on from here on any backend. */
export interface TrainingState {
  /** Passes done. */
  readonly epoch: number;
  readonly last: NetworkValues;
  readonly best: NetworkValues;
  /** Null after a loss that was no number: the optimiser's memory is of no use then. */
  readonly optimiser: OptimiserState | null;
  readonly least: Least;
  /** Mean angle before the first pass, in evaluation mode, radians. */
  readonly startAngle: number;
}

/** The least mean objective of a pass, the loss that went with it (radians), and the pass that last lowered it clearly. */
interface Least {
  readonly objective: number;
  readonly loss: number;
  readonly epoch: number;
}

export interface TrainTask {
  readonly signal?: AbortSignal;
  readonly stop?: AbortSignal;
  /** After each pass: passes done, mean loss, and the loss of the best pass, radians. */
  readonly onEpoch?: (epoch: number, loss: number, best: number) => void;
  /** Now and then within a pass: passes done, with a fraction. */
  readonly onStep?: (epoch: number) => void;
  /** N x R, masked pixels included; at most twice a second. */
  readonly onPreview?: (abundances: Float32Array) => Promise<void>;
  /** After the first pass and then after as many as keep its reading back cheap: what training can go on from. */
  readonly onCheckpoint?: (state: TrainingState) => void;
}

export interface Trained extends Evaluation {
  readonly state: TrainingState;
  readonly end: 'done' | 'plateau' | 'stopped' | 'diverged';
}

/** Chance of one pass: a training that was interrupted goes on as if it had not been. */
const chanceOf = (seed: number, epoch: number): Random =>
  randomSource((seed + Math.imul(epoch + 1, 0x9e3779b1)) >>> 0);

/**
 * Trains on the backend that is set, for `options.epochs` passes, and keeps the weights of the pass with the least mean objective.
 * A random start follows from `seed`; with `previous`, training goes on from there.
 * @throws `signal.reason` when aborted
 */
export async function train(
  set: TrainingSet,
  options: NetworkOptions,
  seed: number,
  previous: TrainingState | null,
  task: TrainTask,
): Promise<Trained> {
  const values =
    previous?.last ?? initialValues(set, options, randomSource(seed));
  const trainer = new Trainer(set, options, values, previous?.optimiser);
  let best: NetworkSnapshot = previous
    ? createNetwork(previous.best, shapesOf(set, options))
    : snapshot(trainer.network);
  try {
    const leastBefore: Least = previous?.least ?? {
      objective: Infinity,
      loss: Infinity,
      epoch: 0,
    };
    let least = leastBefore;
    const first = previous?.epoch ?? 0;
    const last = first + options.epochs;
    const startAngle = previous?.startAngle ?? (await trainer.evaluate()).angle;
    let end: Trained['end'] = 'done';
    let epoch = first;
    const stateNow = async (): Promise<TrainingState> => {
      const lost = end === 'diverged';
      const reached = lost || least.objective < Infinity;
      return {
        epoch,
        last: await readNetwork(lost ? best : trainer.network),
        best: await readNetwork(reached ? best : trainer.network),
        optimiser: lost ? null : await trainer.optimiser.read(),
        least,
        startAngle,
      };
    };
    const { onPreview, onCheckpoint } = task;
    const preview =
      onPreview &&
      nowAndThen(previewInterval, async () => {
        await onPreview((await trainer.evaluate()).abundances);
      });
    const checkpoint =
      onCheckpoint &&
      nowAndThen(checkpointInterval, async () => {
        onCheckpoint(await stateNow());
      });
    let told = performance.now();
    while (epoch < last && end === 'done') {
      const random = chanceOf(seed, epoch);
      const steps = batches(trainer.tiling, options.batch, random);
      for (const [done, patches] of steps.entries()) {
        await letEventsPass();
        task.signal?.throwIfAborted();
        if (task.stop?.aborted) {
          end = 'stopped';
          break;
        }
        trainer.step(patches, random);
        if (performance.now() - told > stepInterval) {
          told = performance.now();
          task.onStep?.(epoch + (done + 1) / steps.length);
        }
      }
      if (end === 'stopped') break;
      const { loss, objective } = await trainer.readLoss();
      if (!Number.isFinite(objective)) {
        end = 'diverged';
        break;
      }
      epoch++;
      if (objective < least.objective) {
        const clearly = objective < least.objective * (1 - plateau.share);
        least = { objective, loss, epoch: clearly ? epoch : least.epoch };
        disposeNetwork(best);
        best = snapshot(trainer.network);
      }
      task.onEpoch?.(epoch, loss, least.loss);
      await checkpoint?.();
      await preview?.();
      if (options.anchor > 0 && epoch - least.epoch >= plateau.epochs)
        end = 'plateau';
    }
    const state = await stateNow();
    restore(trainer.network, state.best);
    const evaluation = await trainer.evaluate();
    if (Number.isFinite(evaluation.angle)) return { state, end, ...evaluation };
    // The last step of the best pass had gone too far already.
    const sound = previous?.best ?? values;
    restore(trainer.network, sound);
    return {
      state: {
        ...state,
        last: sound,
        best: sound,
        optimiser: null,
        least: leastBefore,
      },
      end: 'diverged',
      ...(await trainer.evaluate()),
    };
  } finally {
    disposeNetwork(best);
    trainer.dispose();
  }
}

/** Does something at most every `interval` ms, and without spending much time on it. */
function nowAndThen(
  interval: number,
  work: () => Promise<void>,
): () => Promise<void> {
  let due = 0;
  return async () => {
    const start = performance.now();
    if (start < due) return;
    await work();
    const end = performance.now();
    due = end + Math.max(interval, (end - start) / tellingShare);
  };
}
