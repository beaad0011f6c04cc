import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../spectral/random.js';
import {
  type Taps,
  matMul,
  matMulConstant,
  scatterTaps,
} from './operations.js';
import type { NetworkOptions } from './options.js';
import type { SpectraModel, TrainingSet } from './training-set.js';

/** Names of what Adam changes, in the order of the forward pass. */
export const trainedNames = [
  'kernel1',
  'bias1',
  'gamma1',
  'beta1',
  'kernel2',
  'bias2',
  'gamma2',
  'beta2',
  'decoder',
] as const;
/** Names of the running statistics of the two normalisations. */
const runningNames = ['mean1', 'variance1', 'mean2', 'variance2'] as const;
const names = [...trainedNames, ...runningNames];
type Name = (typeof names)[number];

/** All numbers of a network, by name. */
export type NetworkValues = Readonly<Record<Name, Float32Array>>;
export type NetworkVariables = Readonly<Record<Name, tf.Variable>>;
type Shapes = Readonly<Record<Name, readonly [number, number]>>;

const encoderTaps = 9;
/** Share of the new statistics in the running ones, and what is added to a variance: the usual constants. */
const momentum = 0.1;
const varianceFloor = 1e-5;
/** Least share that an endmember of the start keeps, so that training can bring it back. */
const priorFloor = 1e-3;

export function shapesOf(
  { endmembers, channels, model }: TrainingSet,
  { features, decoder }: NetworkOptions,
): Shapes {
  const outputs = model.kind === 'spectra' ? model.bands : channels;
  return {
    kernel1: [channels, encoderTaps * features],
    bias1: [1, features],
    gamma1: [1, features],
    beta1: [1, features],
    kernel2: [features, endmembers],
    bias2: [1, endmembers],
    gamma2: [1, endmembers],
    beta2: [1, endmembers],
    decoder: [decoder * decoder * endmembers, outputs],
    mean1: [1, features],
    variance1: [1, features],
    mean2: [1, endmembers],
    variance2: [1, endmembers],
  };
}

/** Uniform on ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010). */
function xavier(
  count: number,
  inputs: number,
  outputs: number,
  random: Random,
): Float32Array {
  const reach = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from(
    { length: count },
    () => (2 * random.uniform() - 1) * reach,
  );
}

/**
 * A first kernel for all bands, seen from the subspace: x = V z / w there, so the same function of z has the kernel Vᵀ(k / w).
 * Bands of weight 0 are not in the span.
 */
function projectKernel(
  kernel: Float32Array,
  { bands, basis, weights }: SpectraModel,
  channels: number,
): Float32Array {
  if (!basis) return kernel;
  const columns = kernel.length / bands;
  const out = new Float32Array(channels * columns);
  for (let k = 0; k < channels; k++) {
    const row = out.subarray(k * columns, (k + 1) * columns);
    for (let b = 0; b < bands; b++) {
      if (weights[b] === 0) continue;
      const factor = basis[k * bands + b] / weights[b];
      for (let j = 0; j < columns; j++)
        row[j] += factor * kernel[b * columns + j];
    }
  }
  return out;
}

/**
 * A network before training. Random spectra start as published (Xavier-uniform), drawn on all bands, so that one seed gives one
 * network in the subspace and on all bands. A started network answers with its start: its last normalisation has gain 0.
 */
export function initialValues(
  set: TrainingSet,
  options: NetworkOptions,
  random: Random,
): NetworkValues {
  const { endmembers, channels, model } = set;
  const { features, decoder } = options;
  const inputs = model.kind === 'spectra' ? model.bands : channels;
  const kernel1 = xavier(
    inputs * encoderTaps * features,
    encoderTaps * inputs,
    encoderTaps * features,
    random,
  );
  const kernel2 = xavier(features * endmembers, features, endmembers, random);
  const taps = decoder * decoder;
  const started = model.kind === 'coordinates';
  return {
    kernel1: started ? kernel1 : projectKernel(kernel1, model, channels),
    bias1: new Float32Array(features),
    gamma1: new Float32Array(features).fill(1),
    beta1: new Float32Array(features),
    kernel2,
    bias2: new Float32Array(endmembers),
    gamma2: new Float32Array(endmembers).fill(started ? 0 : 1),
    beta2: new Float32Array(endmembers),
    decoder: started
      ? spreadOverTaps(model.endmembers, taps)
      : xavier(
          taps * endmembers * model.bands,
          taps * endmembers,
          taps * model.bands,
          random,
        ),
    mean1: new Float32Array(features),
    variance1: new Float32Array(features).fill(1),
    mean2: new Float32Array(endmembers),
    variance2: new Float32Array(endmembers).fill(1),
  };
}

/** All of each endmember at the middle tap, nothing at the others. */
function spreadOverTaps(endmembers: Float32Array, taps: number): Float32Array {
  const out = new Float32Array(taps * endmembers.length);
  out.set(endmembers, ((taps - 1) / 2) * endmembers.length);
  return out;
}

const isTrained = (name: Name): boolean =>
  trainedNames.some((trained) => trained === name);

function byName<T>(value: (name: Name) => T): Readonly<Record<Name, T>> {
  return {
    kernel1: value('kernel1'),
    bias1: value('bias1'),
    gamma1: value('gamma1'),
    beta1: value('beta1'),
    kernel2: value('kernel2'),
    bias2: value('bias2'),
    gamma2: value('gamma2'),
    beta2: value('beta2'),
    decoder: value('decoder'),
    mean1: value('mean1'),
    variance1: value('variance1'),
    mean2: value('mean2'),
    variance2: value('variance2'),
  };
}

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
  const read = await Promise.all(
    names.map(async (name) => Float32Array.from(await network[name].data())),
  );
  return byName((name) => read[names.indexOf(name)]);
}

/** Some patches of the image, row by row. */
export interface Batch {
  /** n x channels. */
  readonly inputs: tf.Tensor;
  /** n x 1: |x̃|. */
  readonly norms: tf.Tensor;
  /** n x R abundances of the start, or null. */
  readonly prior: tf.Tensor | null;
  /** 1 x n, adds up to one: the share of each pixel in a mean. */
  readonly shares: tf.Tensor;
  readonly patches: number;
  /** Neighbours for the 3x3 convolution. */
  readonly taps: Taps;
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

/** Batch normalisation (Ioffe & Szegedy 2015): statistics of the batch while training, running ones afterwards. */
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
  const mean = training ? matMulConstant(shares, x) : runningMean;
  const centred = tf.sub(x, mean);
  const variance = training
    ? matMulConstant(shares, tf.square(centred))
    : runningVariance;
  if (training) {
    updateRunning(runningMean, mean);
    updateRunning(runningVariance, variance);
  }
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, varianceFloor)));
  return tf.add(tf.mul(centred, scale), beta);
}

/**
 * Abundances, n x R: convolution 3x3, normalisation, LeakyReLU, dropout, convolution 1x1, normalisation, LeakyReLU, dropout, softmax.
 * A started network adds its answer to the logarithm of the start.
 * @param random chance of the dropout; null for evaluation, with running statistics
 */
export function encode(
  network: NetworkVariables,
  options: NetworkOptions,
  { inputs, prior, shares, patches, taps }: Batch,
  random: Chance,
): tf.Tensor {
  const layer = (x: tf.Tensor, at: 1 | 2): tf.Tensor => {
    const y = tf.leakyRelu(
      normalise(x, shares, network, at, random !== null),
      options.slope,
    );
    return random ? dropMaps(y, patches, options.dropout, random) : y;
  };
  const hidden = layer(
    tf.add(
      scatterTaps(taps, matMulConstant(inputs, network.kernel1)),
      network.bias1,
    ),
    1,
  );
  const z = layer(tf.add(matMul(hidden, network.kernel2), network.bias2), 2);
  const logits = tf.mul(z, options.softmaxScale);
  return tf.softmax(
    prior ? tf.add(logits, tf.log(tf.add(prior, priorFloor))) : logits,
  );
}
