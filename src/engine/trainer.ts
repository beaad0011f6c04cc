import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../spectral/random.js';
import { readBack } from './device.js';
import {
  type DeviceSet,
  anchorPenalty,
  disposeSet,
  meanOver,
  pixelAngles,
  uploadSet,
} from './loss.js';
import {
  type Batch,
  type NetworkVariables,
  createNetwork,
  disposeNetwork,
  encode,
} from './network.js';
import {
  type NetworkValues,
  shapesOf,
  trainedNames,
} from './network-values.js';
import { gatherRows, rowNumbers } from './operations.js';
import { Optimiser, type OptimiserState } from './optimiser.js';
import type { NetworkOptions } from './options.js';
import { type Taps, createTaps, disposeTaps, gatherTaps } from './taps.js';
import {
  type Tiling,
  encoderReach,
  pixelsOf,
  stripPixels,
  tile,
} from './tiles.js';
import type { TrainingSet } from './training-set.js';

const encoderSide = 1 + 2 * encoderReach;

export interface Evaluation {
  /** N x R. */
  readonly abundances: Float32Array;
  /** Mean angle over usable pixels, radians. */
  readonly angle: number;
}

/** A network, its optimiser and its data on the device. */
export class Trainer {
  readonly network: NetworkVariables;
  readonly optimiser: Optimiser;
  readonly tiling: Tiling;
  readonly #device: DeviceSet;
  /** Sums over the steps since the last reading: loss, objective. */
  readonly #sums: tf.Variable;
  readonly #taps = new Map<string, Taps>();
  #steps = 0;

  constructor(
    readonly set: TrainingSet,
    readonly options: NetworkOptions,
    values: NetworkValues,
    state: OptimiserState | null = null,
  ) {
    this.tiling = tile(
      set.width,
      set.height,
      options.patch,
      options.stride,
      set.usable,
    );
    this.#device = uploadSet(set);
    this.network = createNetwork(values, shapesOf(set, options));
    this.optimiser = new Optimiser(
      trainedNames.map((name) => this.network[name]),
      options.optimiser,
      options.learningRate,
      state,
    );
    this.#sums = tf.tidy(() => tf.variable(tf.zeros([2]), false));
  }

  #neighbours(
    patches: number,
    height: number,
    width: number,
    turned: boolean,
  ): Taps {
    const key = [patches, height, width, turned].join();
    let taps = this.#taps.get(key);
    if (!taps) {
      taps = createTaps(encoderSide, patches, height, width, turned);
      this.#taps.set(key, taps);
    }
    return taps;
  }

  #batch(
    pixels: Int32Array,
    patches: number,
    height: number,
    width: number,
  ): Batch {
    const index = rowNumbers(pixels);
    const { inputs, norms, usable, prior } = this.#device;
    const counts = gatherRows(usable, index);
    const few = this.set.channels <= this.options.features;
    const taps = this.#neighbours(patches, height, width, few);
    const read = gatherRows(inputs, index);
    return {
      inputs: read,
      norms: gatherRows(norms, index),
      prior: prior && gatherRows(prior, index),
      shares: tf.div(counts, tf.maximum(tf.sum(counts), 1)),
      patches,
      height,
      width,
      taps,
      gathered: few ? gatherTaps(taps, read) : null,
    };
  }

  /** Loss and objective of a batch, scalars; to be called inside `tf.tidy`. */
  #objective(
    batch: Batch,
    random: Random,
  ): { loss: tf.Scalar; objective: tf.Scalar } {
    const { anchor, decoder } = this.options;
    const abundances = encode(this.network, this.options, batch, random);
    const loss = meanOver(
      batch,
      pixelAngles(this.network, this.#device, batch, decoder, abundances),
    );
    const objective: tf.Scalar =
      anchor === 0
        ? loss
        : tf.add(
            loss,
            tf.mul(
              anchorPenalty(this.network, this.#device, batch, abundances),
              anchor,
            ),
          );
    return { loss, objective };
  }

  /** Gradients of the objective by the name of the variable; dispose them. */
  gradients(patches: Uint32Array, random: Random): tf.NamedTensorMap {
    const { width, height } = this.tiling;
    this.#steps++;
    return tf.tidy(() => {
      const pixels = pixelsOf(this.tiling, patches);
      const batch = this.#batch(pixels, patches.length, height, width);
      return tf.variableGrads(() => {
        const { loss, objective } = this.#objective(batch, random);
        this.#sums.assign(tf.add(this.#sums, tf.stack([loss, objective])));
        return objective;
      }, [...this.optimiser.variables]).grads;
    });
  }

  step(patches: Uint32Array, random: Random): void {
    const gradients = this.gradients(patches, random);
    this.optimiser.apply(gradients);
    tf.dispose(gradients);
  }

  /** Mean loss and objective of the steps since the last reading, radians. */
  async readLoss(): Promise<{ loss: number; objective: number }> {
    const [loss, objective] = await readBack(this.#sums);
    const steps = Math.max(1, this.#steps);
    this.#steps = 0;
    tf.tidy(() => this.#sums.assign(tf.zeros([2])));
    return { loss: loss / steps, objective: objective / steps };
  }

  /** One pass over the whole image in evaluation mode, in strips that overlap by what the convolutions see. */
  async evaluate(): Promise<Evaluation> {
    const { width, height, endmembers, usable } = this.set;
    const { decoder } = this.options;
    const reach = encoderReach + (decoder - 1) / 2;
    const rows = Math.max(1, Math.floor(stripPixels / width));
    const abundances = new Float32Array(width * height * endmembers);
    let sum = 0;
    let count = 0;
    for (let top = 0; top < height; top += rows) {
      const bottom = Math.min(height, top + rows);
      const from = Math.max(0, top - reach);
      const to = Math.min(height, bottom + reach);
      const pixels = Int32Array.from(
        { length: (to - from) * width },
        (_, i) => from * width + i,
      );
      const inside = [(top - from) * width, (bottom - top) * width] as const;
      const [shares, angles] = tf.tidy(() => {
        const batch = this.#batch(pixels, 1, to - from, width);
        const all = tf.tidy(() =>
          encode(this.network, this.options, batch, null),
        );
        const angle = pixelAngles(
          this.network,
          this.#device,
          batch,
          decoder,
          all,
        );
        return [
          tf.slice(all, [inside[0], 0], [inside[1], endmembers]),
          tf.slice(angle, [inside[0], 0], [inside[1], 1]),
        ];
      });
      try {
        abundances.set(await readBack(shares), top * width * endmembers);
        (await readBack(angles)).forEach((angle, i) => {
          if (!usable[top * width + i]) return;
          sum += angle;
          count++;
        });
      } finally {
        tf.dispose([shares, angles]);
      }
    }
    return { abundances, angle: sum / Math.max(1, count) };
  }

  dispose(): void {
    disposeSet(this.#device);
    disposeNetwork(this.network);
    this.optimiser.dispose();
    this.#sums.dispose();
    for (const taps of this.#taps.values()) disposeTaps(taps);
  }
}
