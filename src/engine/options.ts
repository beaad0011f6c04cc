import type { Window } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { networkConstantNames, wantedConstant } from './network-constants.js';

/**
 * - `auto`: whitening, nuisance projection, subspace, endmembers by `method`, re-fit; seconds, no network
 * - `network`: `auto`, then a convolutional autoencoder started from it and anchored to it
 * - `pande2026`: the autoencoder of Pande et al. 2026 (arXiv 2603.06673) as published, from a random start
 * - `cnnaeu`: its relative of Palsson, Ulfarsson & Sveinsson 2021 (IEEE TGRS 59), from a random start
 */
export type Preset = 'auto' | 'network' | 'pande2026' | 'cnnaeu';
export const presets: readonly Preset[] = [
  'auto',
  'network',
  'pande2026',
  'cnnaeu',
];

/** Whether a network trains. */
export const trains = (preset: Preset): boolean => preset !== 'auto';

/** Published networks train from chance, on the data as they are; the others from what corners have found. */
export const startsFromChance = (preset: Preset): boolean =>
  preset === 'pande2026' || preset === 'cnnaeu';

/**
 * How endmembers are found. `spa`, `vca`, `sivm` and `nfindr` take pixels, `archetypes` mixtures of pixels, `minimum-volume` the
 * corners of the smallest simplex around them; `nmf` and `mcr-als` factorise the data, started from the corners of `auto`.
 * `auto` takes archetypes where the noise does not tell the rank; elsewhere N-FINDR and derivative spectra on a
 * wavenumber axis, else the smallest simplex; and ends with `mcr-als` where spectra are fixed.
 */
export type Method =
  | 'auto'
  | 'spa'
  | 'vca'
  | 'sivm'
  | 'nfindr'
  | 'minimum-volume'
  | 'archetypes'
  | 'nmf'
  | 'mcr-als';
export const methods: readonly Method[] = [
  'auto',
  'spa',
  'vca',
  'sivm',
  'nfindr',
  'minimum-volume',
  'archetypes',
  'nmf',
  'mcr-als',
];

/** Methods that can hold endmembers fixed. */
const holdingMethods: readonly Method[] = ['auto', 'mcr-als'];

/** How strong a pixel is to the search for endmembers: as measured, or all alike (L2 norm one). `auto` tells from the data. */
export type Scaling = 'auto' | 'raw' | 'l2';
export const scalings: readonly Scaling[] = ['auto', 'raw', 'l2'];

/**
 * `nnls`: non-negative least squares; maps are strengths, and need not sum to one. `scaled`: those divided by their sum.
 * `fcls`: fitted with the sum held to one.
 */
export type AbundanceRule = 'nnls' | 'scaled' | 'fcls';
export const abundanceRules: readonly AbundanceRule[] = [
  'nnls',
  'scaled',
  'fcls',
];

/** A spectrum that is known to be there: an endmember that a run keeps as it is, up to its strength. */
export interface FixedSpectrum {
  readonly name: string;
  /** In the unit of the cube's axis, rising or falling; they must cover every band that counts. */
  readonly positions: readonly number[];
  /** One a position, in the quantity of the cube. */
  readonly values: readonly number[];
}

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
  readonly optimiser: 'adam' | 'rmsprop';
  /** Step of the optimiser. */
  readonly learningRate: number;
  /** Features between the two encoder convolutions. */
  readonly features: number;
  /** Side of the decoder's kernel, pixels: odd. */
  readonly decoder: number;
  /** Share of feature maps dropped whole while training. */
  readonly dropout: number;
  /** Slope of LeakyReLU below zero. */
  readonly slope: number;
  /** Whether a layer is normalised before its LeakyReLU or after it. */
  readonly normalisation: 'before' | 'after';
  /** Factor before the softmax. */
  readonly softmaxScale: number;
  /** Weight of the penalty that holds endmembers and abundances to the start; 0 lets them go. */
  readonly anchor: number;
  /** Scale every band to 0…1 over the image before training, as published; otherwise unscaled. */
  readonly scaleBands: boolean;
  /** Weigh bands in the loss by their reliability (WSAD, Pande et al. 2026) or evenly (SAD). */
  readonly bandWeights: 'reliability' | 'even';
  /** Train on subspace coordinates (K numbers a pixel) or on all bands: the same answer, the second is the oracle. */
  readonly space: 'subspace' | 'full';
  /** Dimensions of the training subspace of published networks; `resolveOptions` takes two an endmember where that is more. */
  readonly dimensions: number;
}

/** No more can be asked for. */
export const mostEndmembers = 32;

/** Least number of training dimensions: besides the endmembers there are baselines, gas, and spectra that vary. */
const dimensionsPerEndmember = 2;

export interface UnmixOptions {
  /** Number of materials sought, 2 to 32. No default: only the user knows. */
  readonly endmembers: number;
  readonly preset: Preset;
  /** Seed of every random choice; equal seeds give equal results on one backend. */
  readonly seed: number;
  /** Windows left out of fit and figures, in the unit of the axis, ends in either order. */
  readonly exclude: readonly Window[];
  readonly method: Method;
  readonly scaling: Scaling;
  readonly abundances: AbundanceRule;
  /** How often endmembers are sought, from as many seeds and samples of pixels: more than one tells their spread. 1 to 50. */
  readonly runs: number;
  /** Endmembers that are known; fewer than `endmembers`. */
  readonly fixed: readonly FixedSpectrum[];
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
  preset: 'auto',
  seed: 1,
  exclude: Object.freeze([]),
  method: 'auto',
  scaling: 'auto',
  abundances: 'scaled',
  runs: 1,
  fixed: Object.freeze([]),
  backend: 'auto',
} as const satisfies Omit<UnmixOptions, 'endmembers' | 'network'>);

/** Published constants (method section of Pande et al. 2026). */
const pande2026: NetworkOptions = Object.freeze({
  epochs: 500,
  patch: 5,
  stride: 1,
  batch: 64,
  optimiser: 'adam',
  learningRate: 1e-3,
  features: 48,
  decoder: 5,
  dropout: 0.2,
  slope: 0.01,
  normalisation: 'before',
  softmaxScale: 3.5,
  anchor: 0,
  scaleBands: true,
  bandWeights: 'reliability',
  space: 'subspace',
  dimensions: 24,
});

export const networkDefaults: Readonly<Record<Preset, NetworkOptions>> =
  Object.freeze({
    auto: pande2026,
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
      bandWeights: 'even',
    }),
    cnnaeu: Object.freeze({
      ...pande2026,
      epochs: 320,
      patch: 40,
      stride: 20,
      batch: 15,
      optimiser: 'rmsprop',
      learningRate: 3e-4,
      decoder: 11,
      slope: 0.02,
      normalisation: 'after',
      softmaxScale: 3,
      scaleBands: false,
      bandWeights: 'even',
      dimensions: 32,
    }),
  });

const fail = (name: string, value: unknown, want: string): never => {
  throw new UnmixingError(
    'input',
    `invalid ${name}: ${typeof value === 'number' ? value : JSON.stringify(value)} (want ${want})`,
  );
};

const isWhole = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= low &&
  value <= high;

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
  for (const name of networkConstantNames) {
    const want = wantedConstant(name, network[name]);
    if (want !== null) fail(name, network[name], want);
  }
  return network;
}

/** Long text from outside, cut for a message. */
const short = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 40)}…` : text;

function checkFixed(
  fixed: readonly FixedSpectrum[],
  { endmembers, method, preset }: UnmixOptions,
): readonly FixedSpectrum[] {
  if (fixed.length === 0) return fixed;
  if (fixed.length >= endmembers)
    fail(
      'fixed',
      fixed.length,
      `fewer spectra than the ${endmembers} endmembers`,
    );
  if (preset !== 'auto')
    fail('preset', preset, 'auto, which alone holds endmembers fixed');
  if (!holdingMethods.includes(method))
    fail(
      'method',
      method,
      `${holdingMethods.join(' or ')}, which hold endmembers fixed`,
    );
  for (const { name, positions, values } of fixed) {
    const of = `fixed spectrum "${short(name)}"`;
    if (positions.length !== values.length || positions.length < 2)
      fail(
        of,
        `${positions.length} positions, ${values.length} values`,
        'as many of either, at least 2',
      );
    if (![...positions, ...values].every(Number.isFinite))
      fail(of, 'not finite', 'finite numbers');
    if (!values.some((value) => value > 0))
      fail(of, 'nowhere above zero', 'a spectrum');
  }
  return fixed.map(({ name, positions, values }) => ({
    name,
    positions: [...positions],
    values: [...values],
  }));
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
  if (!isWhole(options.runs, 1, 50))
    fail('runs', options.runs, 'a whole number from 1 to 50');
  if (!isWhole(options.seed, 0, 2 ** 32 - 1))
    fail('seed', options.seed, 'a whole number from 0 to 4294967295');
  for (const window of options.exclude)
    if (!isPair(window))
      fail('exclude', window, 'two numbers on the axis, such as 2280-2400');
  const network = checkNetwork({
    ...networkDefaults[options.preset],
    ...request.network,
  });
  const resolved: UnmixOptions = {
    ...options,
    exclude: options.exclude.map(([a, b]): Window => [a, b]),
    method: oneOf('method', options.method, methods),
    scaling: oneOf('scaling', options.scaling, scalings),
    abundances: oneOf('abundances', options.abundances, abundanceRules),
    backend: oneOf('backend', options.backend, ['auto', ...backends]),
    network: {
      ...network,
      dimensions: Math.max(
        network.dimensions,
        dimensionsPerEndmember * options.endmembers,
      ),
    },
  };
  return { ...resolved, fixed: checkFixed(options.fixed, resolved) };
}
