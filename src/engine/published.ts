import { bandReliability } from '../algorithms/reliability.js';
import { leadingSubspace } from '../algorithms/subspace.js';
import { keepPace, type Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { scatterRows } from './physical.js';
import type { Prepared, Solution, StepTask } from './steps.js';
import type { Trained } from './train.js';
import type { TrainingSet } from './training-set.js';
import { fitUnscaled } from './unscaled.js';

/** Turns between spectra and gains; more change nothing that is seen. */
const fitRounds = 4;

/** What brings each band to 0…1 over the kept pixels, or leaves it as it is: (x - low) · factor, 0 for excluded bands. */
interface Scale {
  readonly low: Float64Array;
  readonly factor: Float64Array;
}

function scaleOf(
  { cube, kept, excludedBands }: Prepared,
  toUnit: boolean,
): Scale {
  const bands = excludedBands.length;
  if (!toUnit)
    return {
      low: new Float64Array(bands),
      factor: Float64Array.from(excludedBands, (out) => 1 - out),
    };
  const low = new Float64Array(bands).fill(Infinity);
  const high = new Float64Array(bands).fill(-Infinity);
  for (const n of kept)
    for (let b = 0; b < bands; b++) {
      const value = cube.data[n * bands + b];
      if (value < low[b]) low[b] = value;
      if (value > high[b]) high[b] = value;
    }
  return {
    low,
    factor: low.map((from, b) =>
      excludedBands[b] || high[b] === from ? 0 : 1 / (high[b] - from),
    ),
  };
}

/** A copy of the cube in that scale, masked pixels 0: N x L. */
function scaleBands(
  { cube, kept }: Prepared,
  { low, factor }: Scale,
): Float32Array {
  const bands = low.length;
  const out = new Float32Array(cube.data.length);
  for (const n of kept)
    for (let b = 0, i = n * bands; b < bands; b++, i++)
      out[i] = (cube.data[i] - low[b]) * factor[b];
  return out;
}

/** Length of each scaled and weighted spectrum, 0 where masked. */
function weightedNorms(
  { cube, kept, mask }: Prepared,
  { low, factor }: Scale,
  weights: Float32Array,
): Float32Array {
  const bands = weights.length;
  const norms = new Float32Array(mask.length);
  for (const n of kept) {
    let sum = 0;
    for (let b = 0; b < bands; b++)
      sum +=
        (weights[b] * factor[b] * (cube.data[n * bands + b] - low[b])) ** 2;
    norms[n] = Math.sqrt(sum);
  }
  return norms;
}

/**
 * What a published network learns from: bands scaled to 0…1 and weighted by their reliability (Pande et al. 2026), or as the options say,
 * on all bands or on coordinates in the span of the leading `dimensions` directions of the weighted spectra.
 */
export async function publishedSet(
  prepared: Prepared,
  random: Random,
  task: StepTask,
): Promise<TrainingSet> {
  const { cube, options, mask, kept, excludedBands } = prepared;
  const { width, height } = cube;
  const bands = cube.axis.values.length;
  const { network, endmembers } = options;
  const scale = scaleOf(prepared, network.scaleBands);
  const weights =
    network.bandWeights === 'reliability'
      ? bandReliability(cube, mask, { excludedBands })
      : Float32Array.from(excludedBands, (out) => 1 - out);
  const norms = weightedNorms(prepared, scale, weights);
  const common = {
    width,
    height,
    endmembers,
    // A spectrum of zeros has no angle.
    usable: Uint8Array.from(norms, (norm) => (norm > 0 ? 1 : 0)),
    norms: norms.map((norm) => norm || 1),
  };
  if (network.space === 'full')
    return {
      ...common,
      channels: bands,
      inputs: scaleBands(prepared, scale),
      model: { kind: 'spectra', bands, weights, basis: null },
    };
  const included = Uint32Array.from(weights.keys()).filter(
    (b) => weights[b] > 0,
  );
  const factors = Float64Array.from(
    included,
    (b) => weights[b] * scale.factor[b],
  );
  // No copy of the cube: as large as it is, that would be most of what a run holds.
  const { dimensions, directions, scores } = await leadingSubspace(
    {
      cube,
      pixels: kept,
      bands: included,
      weights: factors,
      offsets: factors.map((v, i) => v * scale.low[included[i]]),
    },
    network.dimensions,
    new Float64Array(0),
    random,
    keepPace(task.signal),
    task.onProgress,
  );
  const basis = new Float32Array(dimensions * bands);
  for (let k = 0; k < dimensions; k++)
    included.forEach((b, i) => {
      basis[k * bands + b] = directions[k * included.length + i];
    });
  return {
    ...common,
    channels: dimensions,
    inputs: scatterRows(scores, kept, mask.length, dimensions),
    model: { kind: 'spectra', bands, weights, basis },
  };
}

/** Shares from the network, spectra by least squares on the data as measured. */
export async function publishedSolution(
  prepared: Prepared,
  { abundances, state }: Trained,
  pace: Pace,
): Promise<Solution> {
  const { kept, options } = prepared;
  const order = options.endmembers;
  const { endmembers, gain, negativeShare } = await fitUnscaled(
    prepared,
    abundances,
    kept,
    fitRounds,
    pace,
  );
  const weights = new Float32Array(abundances.length);
  kept.forEach((n, i) => {
    for (let r = 0; r < order; r++)
      weights[n * order + r] = gain[i] * abundances[n * order + r];
  });
  return {
    endmembers,
    weights,
    nuisance: null,
    negativeShare: { endmembers: negativeShare, abundances: 0 },
    warnings:
      state.epoch === 0
        ? ['Stopped before the first pass ended: the network is untrained.']
        : [],
  };
}
