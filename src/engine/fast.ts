import { weightSolver } from '../algorithms/abundances.js';
import { archetypes } from '../algorithms/archetypes.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import { largestSimplex } from '../algorithms/nfindr.js';
import { median, quantile } from '../algorithms/order-statistics.js';
import { keepPace, type Pace } from '../algorithms/pace.js';
import { peakHeights, refit } from '../algorithms/refit.js';
import { inverse } from '../algorithms/small.js';
import { successiveProjections } from '../algorithms/spa.js';
import { vertexComponents } from '../algorithms/vca.js';
import type { Random } from '../spectral/random.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution, StepTask } from './steps.js';

/** Pixels weaker than this share of a strong one are mostly noise and no candidates for an endmember. */
const leastStrength = 0.2;
/** Archetypes see dark pixels as they are, not scaled up: their spectra are noise. */
const leastLength = 0.1;

/** Coordinates of the kept pixels with their lengths. */
interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
  readonly lengths: Float64Array;
}

function pointsOf({ scores, dimensions, kept }: Prepared): Points {
  const values = Float64Array.from(scores);
  return {
    values,
    count: kept.length,
    dimensions,
    lengths: Float64Array.from(kept, (_, i) => {
      let sum = 0;
      for (let k = 0; k < dimensions; k++)
        sum += values[i * dimensions + k] ** 2;
      return Math.sqrt(sum);
    }),
  };
}

/** Unit points; those too weak to be candidates are zero, which no extractor takes. */
function candidates({
  values,
  count,
  dimensions,
  lengths,
}: Points): Float64Array {
  const least = leastStrength * quantile(lengths, 0.9);
  const unit = new Float64Array(values.length);
  for (let i = 0; i < count; i++)
    if (lengths[i] > least)
      for (let k = 0; k < dimensions; k++)
        unit[i * dimensions + k] = values[i * dimensions + k] / lengths[i];
  return unit;
}

function gather(
  points: Float64Array,
  rows: readonly number[],
  width: number,
): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((n, i) =>
    out.set(points.subarray(n * width, (n + 1) * width), i * width),
  );
  return out;
}

async function archetypeCorners(
  points: Points,
  want: number,
  random: Random,
  pace: Pace,
  task: StepTask,
): Promise<Float64Array> {
  const scale = median(points.lengths) || 1;
  const lengths = points.lengths.map((v) => Math.max(v / scale, leastLength));
  const scaled = points.values.map(
    (v, i) => v / scale / lengths[Math.floor(i / points.dimensions)],
  );
  const { corners } = await archetypes(
    scaled,
    points.count,
    points.dimensions,
    want,
    lengths.map((v) => v * v),
    random,
    pace,
    undefined,
    (fraction) => task.onProgress?.(0.5 * fraction),
    task.stop,
  );
  return corners.map((v) => v * scale);
}

/** Corners of the data, R x dimensions. */
async function extract(
  prepared: Prepared,
  points: Points,
  random: Random,
  pace: Pace,
  task: StepTask,
  warnings: string[],
): Promise<Float64Array> {
  const { endmembers: want, extraction } = prepared.options;
  const { dimensions, count } = points;
  const crisp = dimensions <= want;
  const method =
    extraction === 'auto' ? (crisp ? 'nfindr' : 'archetypes') : extraction;
  if (method !== 'archetypes') {
    const unit = candidates(points);
    const width = Math.min(dimensions, want);
    const flat =
      width === dimensions
        ? unit
        : firstColumns(unit, count, dimensions, width);
    const taken =
      method === 'vca'
        ? vertexComponents(flat, count, width, want, random)
        : successiveProjections(flat, count, width, want);
    if (taken.length === want)
      return gather(
        unit,
        method === 'nfindr' ? largestSimplex(flat, count, width, taken) : taken,
        dimensions,
      );
    warnings.push(
      `The spectra span only ${taken.length} directions above rounding, fewer than ${want} endmembers: archetypes were taken instead.`,
    );
  }
  return archetypeCorners(points, want, random, pace, task);
}

function firstColumns(
  points: Float64Array,
  count: number,
  width: number,
  keep: number,
): Float64Array {
  const out = new Float64Array(count * keep);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < keep; k++) out[i * keep + k] = points[i * width + k];
  return out;
}

/** Non-negative weights of every kept pixel, kept x R, and the share of negative ones without that constraint. */
async function weigh(
  points: Points,
  corners: Float64Array,
  want: number,
  pace: Pace,
): Promise<{ weights: Float64Array; negative: number }> {
  const { dimensions, count, values } = points;
  const gram = timesTransposed(corners, want, corners, want, dimensions);
  const targets = timesTransposed(values, count, corners, want, dimensions);
  const free = times(targets, count, inverse(gram, want, 1e-9), want, want);
  let negative = 0;
  for (const value of free) if (value < 0) negative++;
  const solve = weightSolver(gram, want);
  const weights = new Float64Array(count * want);
  for (let i = 0; i < count; i++) {
    solve(
      targets.subarray(i * want, (i + 1) * want),
      weights.subarray(i * want, (i + 1) * want),
    );
    if (i % 256 === 0) await pace();
  }
  return { weights, negative: negative / free.length };
}

/** Rows of kept pixels become rows of all pixels, 0 where masked. */
function scatter(
  rows: Float64Array,
  width: number,
  kept: Uint32Array,
  pixels: number,
): Float32Array {
  const out = new Float32Array(pixels * width);
  kept.forEach((n, i) => {
    for (let r = 0; r < width; r++) out[n * width + r] = rows[i * width + r];
  });
  return out;
}

/**
 * Unmixes without a network: corners of the data cloud, non-negative weights, then a re-fit in the unit of the data.
 * `auto` takes N-FINDR (started from SPA) where prepare found the rank or a wavenumber axis, archetypes elsewhere.
 */
export async function solveFast(
  prepared: Prepared,
  random: Random,
  task: StepTask,
): Promise<Solution> {
  const { cube, kept, excludedBands, nuisance } = prepared;
  const want = prepared.options.endmembers;
  const pixels = cube.width * cube.height;
  const bands = cube.axis.values.length;
  const pace = keepPace(task.signal);
  const warnings: string[] = [];
  const points = pointsOf(prepared);
  await pace();
  const corners = await extract(prepared, points, random, pace, task, warnings);
  task.onProgress?.(0.5);
  const { weights, negative } = await weigh(points, corners, want, pace);
  const bandWeights = Float64Array.from(prepared.weights);
  const basis = Float64Array.from(prepared.basis);
  const spanned = times(corners, want, basis, points.dimensions, bands);
  for (let i = 0; i < spanned.length; i++) {
    const b = i % bands;
    if (bandWeights[b] > 0) spanned[i] /= bandWeights[b];
  }
  const allWeights = scatter(weights, want, kept, pixels);
  task.onPreview?.({
    endmembers: Float32Array.from(spanned),
    abundances: sharesOf(
      allWeights,
      peakHeights(spanned, want, bandWeights),
      prepared.mask,
    ).shares,
  });
  task.onProgress?.(0.6);
  const termCount = nuisance?.names.length ?? 0;
  const fitted = await refit(
    {
      cube,
      kept,
      bandWeights,
      weights,
      endmembers: want,
      terms: Float64Array.from(nuisance?.spectra ?? []),
      termCount,
      smooth: Math.min(3, termCount),
    },
    pace,
  );
  // Without nuisance the corners themselves are the endmembers: least squares would only blunt them.
  const spectra = fitted.spectra;
  if (!nuisance)
    for (let i = 0; i < spectra.length; i++)
      if (!excludedBands[i % bands]) spectra[i] = spanned[i];
  let below = 0;
  for (let i = 0; i < spectra.length; i++)
    if (spectra[i] < 0) {
      if (!excludedBands[i % bands]) below++;
      spectra[i] = 0;
    }
  task.onProgress?.(1);
  return {
    endmembers: Float32Array.from(spectra),
    weights: allWeights,
    nuisance: nuisance && {
      names: nuisance.names,
      spectra: nuisance.spectra,
      coefficients: scatter(fitted.coefficients, termCount, kept, pixels),
    },
    negativeShare: {
      endmembers: below / (want * excludedBands.filter((out) => !out).length),
      abundances: negative,
    },
    warnings,
  };
}
