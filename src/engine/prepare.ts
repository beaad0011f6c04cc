import { orthonormalRows } from '../algorithms/dense.js';
import { bandNoise } from '../algorithms/noise.js';
import {
  baselines,
  gasDirections,
  type Terms,
} from '../algorithms/nuisance.js';
import { median } from '../algorithms/order-statistics.js';
import { keepPace, type Pace } from '../algorithms/pace.js';
import {
  leadingSubspace,
  principalAxes,
  projectOut,
  type Subspace,
  type WeightedSpectra,
} from '../algorithms/subspace.js';
import { checkCube, type Cube } from '../spectral/cube.js';
import { randomSource } from '../spectral/random.js';
import type { UnmixOptions } from './options.js';
import type { Prepared, StepTask } from './steps.js';
import { excludeBands, keepPixels, leastBandsForBaseline } from './usable.js';

/** Directions sought before the rank is known. */
const soughtDimensions = 36;
/** A singular value counts as signal this far above the noise edge. */
const signalEdge = 1.05;

/** Singular values in units of the noise edge: what pure noise of standard deviation `noise` would reach. */
function aboveNoise(
  values: Float64Array,
  pixels: number,
  bands: number,
  noise: number,
): Float64Array {
  const edge = 1 + Math.sqrt(bands / pixels);
  return values.map((s) => s / Math.sqrt(pixels) / noise / edge);
}

const countSignal = (above: Float64Array): number =>
  above.filter((q) => q > signalEdge).length;

interface Whitened {
  readonly source: WeightedSpectra;
  readonly space: Subspace;
  /** Nuisance rows in whitened coordinates, over the included bands. */
  readonly terms: Terms | null;
}

/** Takes baselines and gas out of whitened spectra on a wavenumber axis; elsewhere nothing. */
async function removeNuisance(
  source: WeightedSpectra,
  noise: number,
  pace: Pace,
  onProgress: (fraction: number) => void,
): Promise<Whitened> {
  const { axis } = source.cube;
  const length = source.bands.length;
  const random = randomSource(1);
  if (axis.unit !== 'cm-1' || length < leastBandsForBaseline)
    return {
      source,
      terms: null,
      space: await leadingSubspace(
        source,
        soughtDimensions,
        new Float64Array(0),
        random,
        pace,
        onProgress,
      ),
    };
  const smooth = baselines(axis, source.bands);
  const smoothRows = smooth.rows.map((v, i) => v * source.weights[i % length]);
  const away = orthonormalRows(smoothRows, 3, length).rows;
  const wide = await leadingSubspace(
    source,
    soughtDimensions,
    away,
    random,
    pace,
    onProgress,
  );
  const signal = countSignal(
    aboveNoise(wide.values, source.pixels.length, length, noise),
  );
  const positions = Float64Array.from(source.bands, (b) => axis.values[b]);
  const gas = gasDirections(
    wide.directions.slice(0, signal * length),
    signal,
    positions,
  );
  const terms: Terms = {
    names: [...smooth.names, ...gas.names],
    rows: Float64Array.from([...smoothRows, ...gas.rows]),
  };
  if (gas.names.length === 0) return { source, terms, space: wide };
  const rest = wide.directions.slice();
  projectOut(rest, wide.dimensions, length, gas.rows);
  const basis = orthonormalRows(rest, wide.dimensions, length, 1e-6);
  return {
    source,
    terms,
    space: await principalAxes(source, basis, soughtDimensions, pace),
  };
}

/** Rows over the included bands become rows over all bands, 0 elsewhere. */
function widen(
  rows: Float64Array,
  count: number,
  included: Uint32Array,
  bands: number,
  factor: (band: number) => number = () => 1,
): Float32Array {
  const out = new Float32Array(count * bands);
  for (let k = 0; k < count; k++)
    included.forEach((b, i) => {
      out[k * bands + b] = rows[k * included.length + i] * factor(i);
    });
  return out;
}

/** Nuisance terms in the unit of the data: baselines on every band, gas on those that its search saw. */
function physicalTerms(
  { axis }: Cube,
  { names, rows }: Terms,
  { bands: included, weights }: WeightedSpectra,
): Float32Array {
  const bands = axis.values.length;
  const spectra = widen(
    rows,
    names.length,
    included,
    bands,
    (i) => 1 / weights[i],
  );
  const everyBand = Uint32Array.from(axis.values, (_, b) => b);
  spectra.set(baselines(axis, everyBand).rows);
  return spectra;
}

/**
 * Finds bad pixels, noise, whitening weights, baseline and gas terms, the rank and the subspace of the signal.
 *
 * On a wavenumber axis the spectra are whitened, 2280-2400 cm-1 (carbon dioxide of the air) is always left out and
 * said to be, and baselines and gas are projected out. Elsewhere spectra are whitened only where the noise tells
 * the rank (at most one dimension more than endmembers); real reflectance is kept as measured.
 * @throws UnmixingError `input` when there are too few usable pixels or bands
 */
export async function prepare(
  cube: Cube,
  options: UnmixOptions,
  { signal, onProgress }: StepTask,
): Promise<Prepared> {
  checkCube(cube);
  const pace = keepPace(signal);
  await pace();
  const warnings: string[] = [];
  const { mask, kept } = keepPixels(cube, options, warnings);
  await pace();
  const excludedBands = excludeBands(cube, kept, options, warnings);
  if (cube.axis.quantity === 'transmittance')
    warnings.push(
      'Transmittance does not add up linearly: convert it to absorbance for a faithful result.',
    );
  await pace();
  const noise = bandNoise(cube, mask);
  await pace();
  onProgress?.(0.15);

  const bands = cube.axis.values.length;
  const included = Uint32Array.from(excludedBands, (_, b) => b).filter(
    (b) => !excludedBands[b],
  );
  const level = median(Float64Array.from(included, (b) => noise[b]));
  const source: WeightedSpectra = {
    cube,
    pixels: kept,
    bands: included,
    weights: Float64Array.from(included, (b) => level / noise[b]),
  };
  const whitened = await removeNuisance(source, level, pace, (fraction) =>
    onProgress?.(0.15 + 0.7 * fraction),
  );
  const above = aboveNoise(
    whitened.space.values,
    kept.length,
    included.length,
    level,
  );
  const significantRank = countSignal(above);
  const crisp =
    cube.axis.unit === 'cm-1' || significantRank <= options.endmembers + 1;
  const plain: WeightedSpectra = {
    ...source,
    weights: new Float64Array(included.length).fill(1),
  };
  const used = crisp ? source : plain;
  const space = crisp
    ? whitened.space
    : await leadingSubspace(
        plain,
        Math.max(10, options.endmembers + 3),
        new Float64Array(0),
        randomSource(1),
        pace,
      );
  const dimensions = crisp
    ? Math.min(options.endmembers, space.dimensions)
    : space.dimensions;
  const scores = new Float32Array(kept.length * dimensions);
  for (let i = 0; i < kept.length; i++)
    for (let k = 0; k < dimensions; k++)
      scores[i * dimensions + k] = space.scores[i * space.dimensions + k];
  const weights = new Float32Array(bands);
  included.forEach((b, i) => (weights[b] = used.weights[i]));
  const { terms } = whitened;
  onProgress?.(1);
  return {
    cube,
    options,
    mask,
    kept,
    excludedBands,
    noise,
    weights,
    nuisance: terms && {
      names: terms.names,
      spectra: physicalTerms(cube, terms, used),
    },
    significantRank,
    singularValues: Float32Array.from(above),
    basis: widen(space.directions, dimensions, included, bands),
    scores,
    dimensions,
    warnings,
  };
}
