import { weightSolver } from '../algorithms/abundances.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import { keepPace, type Pace } from '../algorithms/pace.js';
import { peakHeights, refit } from '../algorithms/refit.js';
import { inverse } from '../algorithms/small.js';
import type { Random } from '../spectral/random.js';
import { extractCorners, pointsOf, type Points } from './extract.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution, StepTask } from './steps.js';

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
 * From corners of the data cloud to endmembers and weights: non-negative weights in the subspace, a preview, then
 * the re-fit in the unit of the data.
 * @param corners R x dimensions, any scale
 */
export async function fitCorners(
  prepared: Prepared,
  points: Points,
  corners: Float64Array,
  pace: Pace,
  task: StepTask,
): Promise<Solution> {
  const { cube, kept, excludedBands, nuisance } = prepared;
  const want = prepared.options.endmembers;
  const pixels = cube.width * cube.height;
  const bands = cube.axis.values.length;
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
    warnings: [],
  };
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
  const pace = keepPace(task.signal);
  await pace();
  const warnings: string[] = [];
  const points = pointsOf(prepared);
  const corners = await extractCorners(
    prepared,
    points,
    random,
    pace,
    task,
    warnings,
  );
  task.onProgress?.(0.5);
  const solution = await fitCorners(prepared, points, corners, pace, task);
  return { ...solution, warnings: [...warnings, ...solution.warnings] };
}
