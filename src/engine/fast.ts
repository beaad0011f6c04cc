import { weightSolver } from '../algorithms/abundances.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import { keepPace, type Pace } from '../algorithms/pace.js';
import { peakHeights } from '../algorithms/refit.js';
import { inverse } from '../algorithms/small.js';
import type { Random } from '../spectral/random.js';
import { extractCorners, pointsOf, type Points } from './extract.js';
import { fitPhysical, scatterRows } from './physical.js';
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
  const { cube, kept } = prepared;
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
  task.onPreview?.({
    endmembers: Float32Array.from(spanned),
    abundances: sharesOf(
      scatterRows(weights, kept, pixels, want),
      peakHeights(spanned, want, bandWeights),
      prepared.mask,
    ).shares,
  });
  task.onProgress?.(0.6);
  const solution = await fitPhysical(
    prepared,
    { spectra: spanned, weights, negativeWeights: negative },
    [],
    pace,
  );
  task.onProgress?.(1);
  return solution;
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
