import type { Random } from '../spectral/random.js';
import type { NetworkOptions } from './options.js';
import type { SpectraModel, TrainingSet } from './training-set.js';

/** Names of what the optimiser changes, in the order of the forward pass. */
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
export const names = [...trainedNames, ...runningNames];
export type Name = (typeof names)[number];

/** All numbers of a network, by name. */
export type NetworkValues = Readonly<Record<Name, Float32Array>>;
/** Rows and columns of each. */
export type Shapes = Readonly<Record<Name, readonly [number, number]>>;

const encoderTaps = 9;

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

/** A record of all names. */
export function byName<T>(value: (name: Name) => T): Readonly<Record<Name, T>> {
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
