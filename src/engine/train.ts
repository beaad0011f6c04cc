import { letEventsPass } from '../spectral/pace.js';
import { type Random, randomSource } from '../spectral/random.js';
import type { AdamState } from './adam.js';
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
/** Previews may take at most this share of the time. */
const previewShare = 0.1;

/** Where training stands, as plain arrays: it can go on from here on any backend. */
export interface TrainingState {
  /** Passes done. */
  readonly epoch: number;
  readonly last: NetworkValues;
  readonly best: NetworkValues;
  readonly adam: AdamState;
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
  const trainer = new Trainer(set, options, values, previous?.adam);
  let best: NetworkSnapshot = previous
    ? createNetwork(previous.best, shapesOf(set, options))
    : snapshot(trainer.network);
  try {
    let least: Least = previous?.least ?? {
      objective: Infinity,
      loss: Infinity,
      epoch: 0,
    };
    const first = previous?.epoch ?? 0;
    const last = first + options.epochs;
    const startAngle = previous?.startAngle ?? (await trainer.evaluate()).angle;
    const preview = previewer(trainer, task);
    let told = performance.now();
    let end: Trained['end'] = 'done';
    let epoch = first;
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
      await preview();
      if (options.anchor > 0 && epoch - least.epoch >= plateau.epochs)
        end = 'plateau';
    }
    const anyBest = least.objective < Infinity || end === 'diverged';
    const state: TrainingState = {
      epoch,
      last: await readNetwork(end === 'diverged' ? best : trainer.network),
      best: await readNetwork(anyBest ? best : trainer.network),
      adam: await trainer.adam.read(),
      least,
      startAngle,
    };
    restore(trainer.network, state.best);
    return { state, end, ...(await trainer.evaluate()) };
  } finally {
    disposeNetwork(best);
    trainer.dispose();
  }
}

/** Shows the map now and then, without spending much time on it. */
function previewer(trainer: Trainer, task: TrainTask): () => Promise<void> {
  let due = 0;
  return async () => {
    if (!task.onPreview || performance.now() < due) return;
    const start = performance.now();
    const { abundances } = await trainer.evaluate();
    await task.onPreview(abundances);
    const took = performance.now() - start;
    due = performance.now() + Math.max(previewInterval, took / previewShare);
  };
}
