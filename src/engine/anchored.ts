import { orthonormalRows } from '../algorithms/dense.js';
import { peakHeights } from '../algorithms/heights.js';
import { forEachBlock, projectOut } from '../algorithms/subspace.js';
import type { Pace } from '../spectral/pace.js';
import { fitPhysical, scatterRows } from './physical.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution } from './steps.js';
import type { Trained } from './train.js';
import type { TrainingSet } from './training-set.js';

/**
 * What a network learns from that starts at a solution: whitened spectra free of baseline and gas, in coordinates of the subspace
 * or on all bands; the endmembers of the solution likewise, at equal heights; and its shares.
 */
export async function anchoredSet(
  prepared: Prepared,
  solution: Solution,
  pace: Pace,
): Promise<TrainingSet> {
  const { cube, mask, kept, options, excludedBands } = prepared;
  const { endmembers, network } = options;
  const heights = peakHeights(
    Float64Array.from(solution.endmembers),
    endmembers,
    Float64Array.from(excludedBands, (out) => 1 - out),
  );
  const { rows, corners, channels } =
    network.space === 'full'
      ? await onBands(prepared, solution.endmembers, pace)
      : inSubspace(prepared, solution.endmembers);
  const inputs = scatterRows(rows, kept, mask.length, channels);
  const norms = new Float32Array(mask.length);
  for (const n of kept) {
    let sum = 0;
    for (let k = 0; k < channels; k++) sum += inputs[n * channels + k] ** 2;
    norms[n] = Math.sqrt(sum);
  }
  return {
    width: cube.width,
    height: cube.height,
    endmembers,
    usable: Uint8Array.from(norms, (norm) => (norm > 0 ? 1 : 0)),
    channels,
    inputs,
    norms: norms.map((norm) => norm || 1),
    model: {
      kind: 'coordinates',
      endmembers: corners.map((v, i) => v / heights[Math.floor(i / channels)]),
      abundances: sharesOf(solution.weights, heights, mask).shares,
    },
  };
}

interface Coordinates {
  readonly channels: number;
  /** Kept pixels x channels. */
  readonly rows: Float32Array;
  /** R x channels. */
  readonly corners: Float32Array;
}

function inSubspace(
  { basis, dimensions, weights, scores }: Prepared,
  endmembers: Float32Array,
): Coordinates {
  const bands = weights.length;
  const order = endmembers.length / bands;
  const corners = new Float32Array(order * dimensions);
  for (let r = 0; r < order; r++)
    for (let k = 0; k < dimensions; k++) {
      let sum = 0;
      for (let b = 0; b < bands; b++)
        sum += basis[k * bands + b] * weights[b] * endmembers[r * bands + b];
      corners[r * dimensions + k] = sum;
    }
  return { channels: dimensions, rows: scores, corners };
}

async function onBands(
  { cube, kept, weights, nuisance }: Prepared,
  endmembers: Float32Array,
  pace: Pace,
): Promise<Coordinates> {
  const bands = weights.length;
  const whiten = (spectra: Float32Array): Float64Array =>
    Float64Array.from(spectra, (v, i) => v * weights[i % bands]);
  const away = nuisance
    ? orthonormalRows(whiten(nuisance.spectra), nuisance.names.length, bands)
        .rows
    : new Float64Array(0);
  const corners = whiten(endmembers);
  projectOut(corners, corners.length / bands, bands, away);
  const rows = new Float32Array(kept.length * bands);
  const source = {
    cube,
    pixels: kept,
    bands: Uint32Array.from(weights.keys()),
    weights: Float64Array.from(weights),
  };
  await forEachBlock(source, pace, (block, count, first) => {
    const part = block.subarray(0, count * bands);
    projectOut(part, count, bands, away);
    rows.set(part, first * bands);
  });
  return { channels: bands, rows, corners: Float32Array.from(corners) };
}

/** The decoder's endmembers, summed over its taps: R x channels. */
function trainedCorners(
  decoder: Float32Array,
  { endmembers, channels }: TrainingSet,
): Float64Array {
  const corners = new Float64Array(endmembers * channels);
  decoder.forEach((v, i) => {
    corners[i % corners.length] += v;
  });
  return corners;
}

/** Coordinates of endmembers as spectra in the unit of the data: R x bands. */
function asSpectra(
  { basis, weights }: Prepared,
  corners: Float64Array,
  { endmembers, channels }: TrainingSet,
): Float64Array {
  const bands = weights.length;
  const spectra = new Float64Array(endmembers * bands);
  return spectra.map((_, i) => {
    const b = i % bands;
    const r = (i - b) / bands;
    if (weights[b] === 0) return 0;
    if (channels === bands) return corners[i] / weights[b];
    let sum = 0;
    for (let k = 0; k < channels; k++)
      sum += corners[r * channels + k] * basis[k * bands + b];
    return sum / weights[b];
  });
}

/** Shares from the network and the spectra re-fitted to them, or the start where training made the fit worse. */
export async function anchoredSolution(
  prepared: Prepared,
  start: Solution,
  set: TrainingSet,
  { abundances, angle, state }: Trained,
  pace: Pace,
): Promise<Solution> {
  if (!(angle <= state.startAngle))
    return {
      ...start,
      warnings: [
        ...start.warnings,
        `Training fitted the data worse than its start (mean angle ${angle.toPrecision(3)} after, ${state.startAngle.toPrecision(3)} before): the start was kept.`,
      ],
    };
  const { channels, inputs, endmembers: order } = set;
  const corners = trainedCorners(state.best.decoder, set);
  const weights = new Float64Array(prepared.kept.length * order);
  prepared.kept.forEach((n, i) => {
    let xy = 0;
    let yy = 0;
    for (let k = 0; k < channels; k++) {
      let y = 0;
      for (let r = 0; r < order; r++)
        y += abundances[n * order + r] * corners[r * channels + k];
      xy += inputs[n * channels + k] * y;
      yy += y * y;
    }
    const gain = yy > 0 ? Math.max(0, xy / yy) : 0;
    for (let r = 0; r < order; r++)
      weights[i * order + r] = gain * abundances[n * order + r];
  });
  return fitPhysical(
    prepared,
    {
      spectra: asSpectra(prepared, corners, set),
      weights,
      negativeWeights: start.negativeShare.abundances,
    },
    start.warnings,
    pace,
  );
}
