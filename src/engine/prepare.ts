import { findBadPixels } from '../algorithms/bad-pixels.js';
import { keptPixels } from '../algorithms/columns.js';
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
import { bandsInside, co2Window } from '../spectral/axis.js';
import { checkCube, type Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { randomSource } from '../spectral/random.js';
import type { UnmixOptions } from './options.js';
import type { Prepared, StepTask } from './steps.js';

/** Directions sought before the rank is known. */
const soughtDimensions = 36;
/** A singular value counts as signal this far above the noise edge. */
const signalEdge = 1.05;
/** A baseline of three terms would eat the spectra of cubes with fewer bands. */
const leastBandsForBaseline = 24;

const refuse = (message: string): never => {
  throw new UnmixingError('input', message);
};

/** One byte a band, 1 where every kept pixel has the same value. */
function constantBands(cube: Cube, kept: Uint32Array): Uint8Array {
  const bands = cube.axis.values.length;
  const constant = new Uint8Array(bands).fill(1);
  const first = kept[0] * bands;
  let left = bands;
  for (let i = 1; i < kept.length && left > 0; i++)
    for (let b = 0; b < bands; b++)
      if (
        constant[b] &&
        cube.data[kept[i] * bands + b] !== cube.data[first + b]
      ) {
        constant[b] = 0;
        left--;
      }
  return constant;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

function keepPixels(
  cube: Cube,
  options: UnmixOptions,
  warnings: string[],
): { mask: Uint8Array; kept: Uint32Array } {
  const pixels = cube.width * cube.height;
  if (pixels === 1)
    refuse(
      'invalid image: 1 pixel (want at least 2: one spectrum cannot be unmixed blindly)',
    );
  if (cube.axis.values.length === 1)
    refuse(
      'invalid image: 1 band (want at least 2: one band has no spectra to unmix)',
    );
  const { mask, counts } = findBadPixels(cube);
  const kept = keptPixels(mask);
  const reasons = [
    [counts.notFinite, 'not finite'],
    [counts.constant, 'dead (the same value in every band)'],
    [counts.saturated, 'saturated'],
    [counts.given, 'masked in the file or viewer'],
  ] as const;
  const told = reasons
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count} ${why}`)
    .join(', ');
  if (kept.length === 0)
    refuse(`invalid image: none of ${pixels} pixels is usable (${told})`);
  if (options.endmembers > kept.length)
    refuse(
      `invalid endmembers: ${options.endmembers} (want at most ${kept.length}, the number of usable pixels)`,
    );
  if (told)
    warnings.push(
      `Left out ${counted(pixels - kept.length, 'pixel')}: ${told}.`,
    );
  return { mask, kept };
}

function excludeBands(
  cube: Cube,
  kept: Uint32Array,
  options: UnmixOptions,
  warnings: string[],
): Uint8Array {
  const excluded = bandsInside(cube.axis, options.exclude);
  if (excluded.every(Boolean))
    refuse(
      `invalid exclude: all ${excluded.length} bands lie in the excluded windows (want at least 2 bands left)`,
    );
  if (cube.axis.unit === 'cm-1') {
    const carbon = bandsInside(cube.axis, [co2Window]);
    const more = carbon.filter((inside, b) => inside && !excluded[b]).length;
    const left = excluded.filter((out, b) => !out && !carbon[b]).length;
    if (more > 0 && left >= leastBandsForBaseline) {
      carbon.forEach((inside, b) => inside && (excluded[b] = 1));
      warnings.push(
        `Left out ${counted(more, 'band')} from ${co2Window[0]} to ${co2Window[1]} cm-1, where carbon dioxide of the air absorbs.`,
      );
    }
  }
  const constant = constantBands(cube, kept);
  const flat = constant.filter((is, b) => is && !excluded[b]).length;
  if (flat > 0) {
    constant.forEach((is, b) => is && (excluded[b] = 1));
    warnings.push(
      `Left out ${counted(flat, 'band')} with the same value in every pixel.`,
    );
  }
  const left = excluded.length - excluded.filter(Boolean).length;
  if (left < 2)
    refuse(
      `invalid image: ${left} of ${excluded.length} bands differ between pixels and are not excluded (want at least 2)`,
    );
  return excluded;
}

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
      spectra: widen(
        terms.rows,
        terms.names.length,
        included,
        bands,
        (i) => 1 / used.weights[i],
      ),
    },
    significantRank,
    singularValues: Float32Array.from(above),
    basis: widen(space.directions, dimensions, included, bands),
    scores,
    dimensions,
    warnings,
  };
}
