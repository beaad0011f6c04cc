import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../spectral/random.js';
import type { Patches } from './convolution.js';
import { readBack } from './device.js';
import { addRow, leakyRelu, normaliseBatch, varianceFloor } from './layers.js';
import { matMul } from './operations.js';
import { type Taps, convolveConstant, convolveGathered } from './taps.js';
import {
  type Name,
  type NetworkValues,
  type Shapes,
  byName,
  names,
  trainedNames,
} from './network-values.js';
import type { NetworkOptions } from './options.js';

export type NetworkVariables = Readonly<Record<Name, tf.Variable>>;

/** Share of the new statistics in the running ones: the usual constant. */
const momentum = 0.1;
/** Least share that an endmember of the start keeps, so that training can bring it back. */
const priorFloor = 1e-4;

const isTrained = (name: Name): boolean =>
  trainedNames.some((trained) => trained === name);

/** Puts a network on the device; dispose it with `disposeNetwork`. */
export function createNetwork(
  values: NetworkValues,
  shapes: Shapes,
): NetworkVariables {
  return tf.tidy(() =>
    byName((name) =>
      tf.variable(
        tf.tensor2d(values[name], [...shapes[name]]),
        isTrained(name),
      ),
    ),
  );
}

export type NetworkSnapshot = Readonly<Record<Name, tf.Tensor>>;

/** References to the present values: nothing is copied until they change. */
export const snapshot = (network: NetworkVariables): NetworkSnapshot =>
  byName((name) => network[name].clone());

export function disposeNetwork(network: NetworkSnapshot): void {
  for (const name of names) network[name].dispose();
}

/** Puts values, from the same network, back into its variables. */
export function restore(
  network: NetworkVariables,
  values: NetworkValues,
): void {
  tf.tidy(() => {
    for (const name of names)
      network[name].assign(tf.tensor(values[name], network[name].shape));
  });
}

export async function readNetwork(
  network: NetworkSnapshot,
): Promise<NetworkValues> {
  const read = await Promise.all(names.map((name) => readBack(network[name])));
  return byName((name) => read[names.indexOf(name)]);
}

/** Some patches of the image, row by row; all of it must live until the gradient is taken. */
export interface Batch extends Patches {
  /** n x channels. */
  readonly inputs: tf.Tensor;
  /** n x 1: |x̃|. */
  readonly norms: tf.Tensor;
  /** n x R abundances of the start, or null. */
  readonly prior: tf.Tensor | null;
  /** n x 1, adds up to one: the share of each pixel in a mean. */
  readonly shares: tf.Tensor;
  /** Neighbours for the 3x3 convolution. */
  readonly taps: Taps;
  /** n x (9 · channels): the inputs gathered by them, where channels are few and the taps are turned; else null. */
  readonly gathered: tf.Tensor | null;
}

type Chance = Random | null;

/** Whole maps are dropped, others raised to keep the mean (Tompson et al. 2015). */
function dropMaps(
  x: tf.Tensor,
  patches: number,
  share: number,
  random: Random,
): tf.Tensor {
  if (share === 0) return x;
  const [rows, maps] = x.shape;
  const keep = Float32Array.from({ length: patches * maps }, () =>
    random.uniform() < share ? 0 : 1 / (1 - share),
  );
  return tf.reshape(
    tf.mul(
      tf.reshape(x, [patches, rows / patches, maps]),
      tf.tensor3d(keep, [patches, 1, maps]),
    ),
    [rows, maps],
  );
}

function updateRunning(running: tf.Variable, now: tf.Tensor): void {
  running.assign(tf.add(tf.mul(running, 1 - momentum), tf.mul(now, momentum)));
}

/** Batch normalisation: statistics of the batch while training, running ones afterwards. */
function normalise(
  x: tf.Tensor,
  shares: tf.Tensor,
  network: NetworkVariables,
  layer: 1 | 2,
  training: boolean,
): tf.Tensor {
  const gamma = network[`gamma${layer}`];
  const beta = network[`beta${layer}`];
  const runningMean = network[`mean${layer}`];
  const runningVariance = network[`variance${layer}`];
  if (training)
    return normaliseBatch(x, gamma, beta, shares, (mean, variance) => {
      updateRunning(runningMean, mean);
      updateRunning(runningVariance, variance);
    });
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(runningVariance, varianceFloor)));
  return tf.add(tf.mul(tf.sub(x, runningMean), scale), beta);
}

/**
 * Abundances, n x R: convolution 3x3, normalisation, LeakyReLU, dropout, convolution 1x1, normalisation, LeakyReLU, dropout, softmax;
 * or LeakyReLU before the normalisation (Palsson, Ulfarsson & Sveinsson 2021).
 * A started network adds its answer to the logarithm of the start.
 * @param random chance of the dropout; null for evaluation, with running statistics
 */
export function encode(
  network: NetworkVariables,
  options: NetworkOptions,
  { inputs, prior, shares, patches, taps, gathered }: Batch,
  random: Chance,
): tf.Tensor {
  const layer = (x: tf.Tensor, at: 1 | 2): tf.Tensor => {
    const normalised = (input: tf.Tensor): tf.Tensor =>
      normalise(input, shares, network, at, random !== null);
    const y =
      options.normalisation === 'before'
        ? leakyRelu(normalised(x), options.slope)
        : normalised(leakyRelu(x, options.slope));
    return random ? dropMaps(y, patches, options.dropout, random) : y;
  };
  const hidden = layer(
    addRow(
      gathered
        ? convolveGathered(gathered, network.kernel1)
        : convolveConstant(taps, inputs, network.kernel1),
      network.bias1,
    ),
    1,
  );
  const z = layer(addRow(matMul(hidden, network.kernel2), network.bias2), 2);
  const logits = tf.mul(z, options.softmaxScale);
  return tf.softmax(
    prior ? tf.add(logits, tf.log(tf.add(prior, priorFloor))) : logits,
  );
}
