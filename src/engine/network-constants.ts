import type { NetworkOptions } from './options.js';

/** What one constant of the network is called and may be. */
export type NetworkConstant = { readonly label: string } & (
  | {
      readonly kind: 'whole' | 'number';
      readonly least: number;
      readonly most: number;
      readonly odd?: true;
      readonly unit?: string;
    }
  | {
      readonly kind: 'choice';
      /** Values with their names. */
      readonly choices: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'flag' }
);

export type NetworkConstantName = keyof NetworkOptions;

/** Every constant of the network, in the order to show them: what it is called and what it may be. */
export const networkConstants: Readonly<
  Record<NetworkConstantName, NetworkConstant>
> = Object.freeze({
  epochs: { label: 'Epochs', kind: 'whole', least: 1, most: 100000 },
  patch: { label: 'Patch', kind: 'whole', least: 1, most: 4096, unit: 'px' },
  stride: { label: 'Stride', kind: 'whole', least: 1, most: 4096, unit: 'px' },
  batch: { label: 'Batch', kind: 'whole', least: 1, most: 4096 },
  optimiser: {
    label: 'Optimiser',
    kind: 'choice',
    choices: [
      ['adam', 'Adam'],
      ['rmsprop', 'RMSprop'],
    ],
  },
  learningRate: {
    label: 'Learning rate',
    kind: 'number',
    least: 1e-8,
    most: 1,
  },
  features: { label: 'Features', kind: 'whole', least: 1, most: 1024 },
  decoder: {
    label: 'Decoder',
    kind: 'whole',
    least: 1,
    most: 31,
    odd: true,
    unit: 'px',
  },
  dropout: { label: 'Dropout', kind: 'number', least: 0, most: 0.95 },
  slope: { label: 'Leaky slope', kind: 'number', least: 0, most: 1 },
  normalisation: {
    label: 'Normalise',
    kind: 'choice',
    choices: [
      ['before', 'Before LeakyReLU'],
      ['after', 'After LeakyReLU'],
    ],
  },
  softmaxScale: {
    label: 'Softmax scale',
    kind: 'number',
    least: 1e-3,
    most: 100,
  },
  anchor: { label: 'Anchor', kind: 'number', least: 0, most: 1e6 },
  scaleBands: { label: 'Scale bands', kind: 'flag' },
  bandWeights: {
    label: 'Band weights',
    kind: 'choice',
    choices: [
      ['reliability', 'Reliability'],
      ['even', 'Even'],
    ],
  },
  space: {
    label: 'Train on',
    kind: 'choice',
    choices: [
      ['subspace', 'Subspace'],
      ['full', 'All bands'],
    ],
  },
  dimensions: { label: 'Dimensions', kind: 'whole', least: 2, most: 512 },
});

export const isNetworkConstant = (name: string): name is NetworkConstantName =>
  Object.hasOwn(networkConstants, name);

export const networkConstantNames: readonly NetworkConstantName[] =
  Object.keys(networkConstants).filter(isNetworkConstant);

/** What a constant must be where a value is not; null where it is. */
export function wantedConstant(
  name: NetworkConstantName,
  value: unknown,
): string | null {
  const constant = networkConstants[name];
  switch (constant.kind) {
    case 'flag':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'choice': {
      const known = constant.choices.map(([one]) => one);
      return known.some((one) => one === value) ? null : known.join(', ');
    }
    case 'whole':
    case 'number': {
      const { kind, least, most, odd } = constant;
      const whole = kind === 'whole';
      if (
        typeof value !== 'number' ||
        !(value >= least && value <= most) ||
        (whole && !Number.isInteger(value))
      )
        return `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
      return odd && value % 2 === 0 ? 'an odd number of pixels' : null;
    }
  }
}
