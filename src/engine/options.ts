import type { Window } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';

/**
 * - `fast`: whitening, nuisance projection, subspace, extraction, re-fit; seconds, no network
 * - `network`: `fast`, then a convolutional autoencoder started from it and anchored to it
 * - `pande2026`: the autoencoder of Pande et al. 2026 (arXiv 2603.06673) as published, from a random start
 */
export type Preset = 'fast' | 'network' | 'pande2026';
export const presets: readonly Preset[] = ['fast', 'network', 'pande2026'];

/**
 * How the corners of the data cloud are found. `spa`, `vca`, `sivm` and `nfindr` take pixels as endmembers,
 * `archetypes` mixtures of pixels, `minimum-volume` the smallest simplex around them. `auto` takes archetypes where the noise
 * does not tell the rank; elsewhere N-FINDR and derivative spectra on a wavenumber axis, else the smallest simplex.
 */
export type Extraction =
  'auto' | 'spa' | 'vca' | 'sivm' | 'nfindr' | 'minimum-volume' | 'archetypes';
export const extractions: readonly Extraction[] = [
  'auto',
  'spa',
  'vca',
  'sivm',
  'nfindr',
  'minimum-volume',
  'archetypes',
];

/** `scaled` is NNLS divided by its sum; `fcls` fits with the sum fixed to one. */
export type AbundanceRule = 'scaled' | 'fcls';
const abundanceRules: readonly AbundanceRule[] = ['scaled', 'fcls'];

export type Backend = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
export const backends: readonly Backend[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

/** Constants of the autoencoder and its training. */
export interface NetworkOptions {
  /** Passes over the image; each tile is seen once a pass. */
  readonly epochs: number;
  /** Side of a training patch, pixels. */
  readonly patch: number;
  /** Distance between neighbouring patches, pixels; 1 gives every overlapping patch. */
  readonly stride: number;
  /** Patches a step. */
  readonly batch: number;
  /** Step of Adam. */
  readonly learningRate: number;
  /** Features between the two encoder convolutions. */
  readonly features: number;
  /** Side of the decoder's kernel, pixels: odd. */
  readonly decoder: number;
  /** Share of feature maps dropped whole while training. */
  readonly dropout: number;
  /** Slope of LeakyReLU below zero. */
  readonly slope: number;
  /** Factor before the softmax. */
  readonly softmaxScale: number;
  /** Weight of the penalty that holds endmembers and abundances to the start; 0 lets them go. */
  readonly anchor: number;
  /** Scale every band to 0…1 over the image before training, as published; otherwise unscaled. */
  readonly scaleBands: boolean;
  /** Train on subspace coordinates (K numbers a pixel) or on all bands: the same answer, the second is the oracle. */
  readonly space: 'subspace' | 'full';
  /** Dimensions of the training subspace. */
  readonly dimensions: number;
}

/** No more can be asked for. */
export const mostEndmembers = 32;

export interface UnmixOptions {
  /** Number of materials sought, 2 to 32. No default: only the user knows. */
  readonly endmembers: number;
  readonly preset: Preset;
  /** Seed of every random choice; equal seeds give equal results on one backend. */
  readonly seed: number;
  /** Windows left out of fit and figures, in the unit of the axis, ends in either order. */
  readonly exclude: readonly Window[];
  readonly extraction: Extraction;
  readonly abundances: AbundanceRule;
  /** Where the network trains; `auto` takes the first of webgpu, webgl, wasm, cpu that works. */
  readonly backend: Backend | 'auto';
  readonly network: NetworkOptions;
}

/** What a caller gives: the number of endmembers, and whatever shall differ from the preset. */
export type UnmixRequest = Pick<UnmixOptions, 'endmembers'> &
  Partial<Omit<UnmixOptions, 'network'>> & {
    readonly network?: Partial<NetworkOptions>;
  };

export const unmixDefaults = Object.freeze({
  preset: 'fast',
  seed: 1,
  exclude: Object.freeze([]),
  extraction: 'auto',
  abundances: 'scaled',
  backend: 'auto',
} as const satisfies Omit<UnmixOptions, 'endmembers' | 'network'>);

/** Published constants (method section of Pande et al. 2026). */
const pande2026: NetworkOptions = Object.freeze({
  epochs: 500,
  patch: 5,
  stride: 1,
  batch: 64,
  learningRate: 1e-3,
  features: 48,
  decoder: 5,
  dropout: 0.2,
  slope: 0.01,
  softmaxScale: 3.5,
  anchor: 0,
  scaleBands: true,
  space: 'subspace',
  dimensions: 48,
});

export const networkDefaults: Readonly<Record<Preset, NetworkOptions>> =
  Object.freeze({
    fast: pande2026,
    pande2026,
    network: Object.freeze({
      ...pande2026,
      epochs: 30,
      patch: 32,
      stride: 32,
      batch: 2,
      decoder: 1,
      dropout: 0,
      anchor: 100,
      scaleBands: false,
    }),
  });

const fail = (name: string, value: unknown, want: string): never => {
  throw new UnmixingError(
    'input',
    `invalid ${name}: ${typeof value === 'number' ? value : JSON.stringify(value)} (want ${want})`,
  );
};

const isWithin = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' && value >= low && value <= high;

const isWhole = (value: unknown, low: number, high: number): boolean =>
  Number.isInteger(value) && isWithin(value, low, high);

/** Told of a list, because callers may be untyped. */
const isPair = (window: readonly unknown[]): boolean =>
  window.length === 2 && window.every(Number.isFinite);

function oneOf<T extends string>(
  name: string,
  value: T,
  allowed: readonly T[],
): T {
  return allowed.includes(value)
    ? value
    : fail(name, value, allowed.join(', '));
}

function checkNetwork(network: NetworkOptions): NetworkOptions {
  const whole: [keyof NetworkOptions, number, number][] = [
    ['epochs', 1, 100000],
    ['patch', 1, 4096],
    ['stride', 1, 4096],
    ['batch', 1, 4096],
    ['features', 1, 1024],
    ['decoder', 1, 31],
    ['dimensions', 2, 512],
  ];
  for (const [name, low, high] of whole)
    if (!isWhole(network[name], low, high))
      fail(name, network[name], `a whole number from ${low} to ${high}`);
  if (network.decoder % 2 === 0)
    fail('decoder', network.decoder, 'an odd number of pixels');
  const real: [keyof NetworkOptions, number, number][] = [
    ['learningRate', 1e-8, 1],
    ['dropout', 0, 0.95],
    ['slope', 0, 1],
    ['softmaxScale', 1e-3, 100],
    ['anchor', 0, 1e6],
  ];
  for (const [name, low, high] of real)
    if (!isWithin(network[name], low, high))
      fail(name, network[name], `a number from ${low} to ${high}`);
  if (![true, false].includes(network.scaleBands))
    fail('scaleBands', network.scaleBands, 'true or false');
  oneOf('space', network.space, ['subspace', 'full']);
  return network;
}

/**
 * Fills in what the preset decides and refuses what cannot be.
 * @throws UnmixingError `input`, naming the option, its value and what is allowed
 */
export function resolveOptions(request: UnmixRequest): UnmixOptions {
  if (!isWhole(request.endmembers, 2, mostEndmembers))
    fail(
      'endmembers',
      request.endmembers,
      `a whole number from 2 to ${mostEndmembers}`,
    );
  const options = { ...unmixDefaults, ...request };
  oneOf('preset', options.preset, presets);
  if (!isWhole(options.seed, 0, 2 ** 32 - 1))
    fail('seed', options.seed, 'a whole number from 0 to 4294967295');
  for (const window of options.exclude)
    if (!isPair(window))
      fail('exclude', window, 'two numbers on the axis, such as 2280-2400');
  return {
    ...options,
    exclude: options.exclude.map(([a, b]): Window => [a, b]),
    extraction: oneOf('extraction', options.extraction, extractions),
    abundances: oneOf('abundances', options.abundances, abundanceRules),
    backend: oneOf('backend', options.backend, ['auto', ...backends]),
    network: checkNetwork({
      ...networkDefaults[options.preset],
      ...request.network,
    }),
  };
}
