import { weightSolver } from '../algorithms/abundances.js';
import { spread } from '../algorithms/columns.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import { peakHeights } from '../algorithms/heights.js';
import { inverse } from '../algorithms/small.js';
import { keepPace, type Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import {
  derivativeCorners,
  derivativesApply,
  derivativeStarts,
} from './derivative-corners.js';
import { extractCorners, pointsOf, type Points } from './extract.js';
import { fitPhysical } from './physical.js';
import type { Preview } from './protocol.js';
import { sharesOf } from './shares.js';
import type { Prepared, Solution, StepTask } from './steps.js';

const misfitPixels = 1500;

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
 * From corners of the data cloud to endmembers and weights: non-negative weights in the subspace, then
 * the re-fit in the unit of the data.
 * @param corners R x dimensions, any scale
 */
export async function fitCorners(
  prepared: Prepared,
  points: Points,
  corners: Float64Array,
  pace: Pace,
): Promise<Solution> {
  const { cube } = prepared;
  const want = prepared.options.endmembers;
  const bands = cube.axis.values.length;
  const { weights, negative } = await weigh(points, corners, want, pace);
  const bandWeights = Float64Array.from(prepared.weights);
  const basis = Float64Array.from(prepared.basis);
  const spanned = times(corners, want, basis, points.dimensions, bands);
  for (let i = 0; i < spanned.length; i++) {
    const b = i % bands;
    if (bandWeights[b] > 0) spanned[i] /= bandWeights[b];
  }
  return fitPhysical(
    prepared,
    { spectra: spanned, weights, negativeWeights: negative },
    [],
    pace,
  );
}

/** Whitened root mean square of what the model leaves of an even sample of pixels, included bands only. */
function misfit(
  { cube, kept, weights: bandWeights }: Prepared,
  { endmembers, weights, nuisance }: Solution,
): number {
  const bands = bandWeights.length;
  const order = endmembers.length / bands;
  const terms = nuisance?.names.length ?? 0;
  const rest = new Float64Array(bands);
  let squares = 0;
  for (const n of spread(kept, misfitPixels)) {
    for (let b = 0; b < bands; b++) rest[b] = cube.data[n * bands + b];
    const subtract = (factor: number, row: number, rows: Float32Array) => {
      if (factor === 0) return;
      for (let b = 0; b < bands; b++) rest[b] -= factor * rows[row * bands + b];
    };
    for (let r = 0; r < order; r++)
      subtract(weights[n * order + r], r, endmembers);
    if (nuisance)
      for (let m = 0; m < terms; m++)
        subtract(nuisance.coefficients[n * terms + m], m, nuisance.spectra);
    for (let b = 0; b < bands; b++)
      if (bandWeights[b] > 0) squares += (bandWeights[b] * rest[b]) ** 2;
  }
  return Math.sqrt(squares);
}

function preview({ mask }: Prepared, solution: Solution): Preview {
  const order = solution.weights.length / mask.length;
  const heights = peakHeights(
    Float64Array.from(solution.endmembers),
    order,
    new Float64Array(solution.endmembers.length / order).fill(1),
  );
  return {
    endmembers: solution.endmembers,
    abundances: sharesOf(solution.weights, heights, mask).shares,
  };
}

/**
 * Unmixes without a network: corners of the data cloud, non-negative weights, then a re-fit in the unit of the data.
 * `auto` takes archetypes where the noise does not tell the rank, and N-FINDR (started from SPA) elsewhere; on a
 * wavenumber axis it then tries corners from derivative spectra, and keeps the solution that, once held
 * non-negative, leaves least of the data.
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
  const first = await extractCorners(
    prepared,
    points,
    random,
    pace,
    task,
    warnings,
  );
  let best = await fitCorners(prepared, points, first, pace);
  task.onPreview?.(preview(prepared, best));
  if (prepared.options.extraction === 'auto' && derivativesApply(prepared)) {
    let least = misfit(prepared, best);
    let done = 0;
    for await (const corners of derivativeCorners(
      prepared,
      points,
      random,
      pace,
      task,
    )) {
      const found = await fitCorners(prepared, points, corners, pace);
      const left = misfit(prepared, found);
      if (left < least) {
        least = left;
        best = found;
        task.onPreview?.(preview(prepared, best));
      }
      task.onProgress?.(0.5 + (0.5 * ++done) / derivativeStarts);
      if (task.stop?.aborted) break;
    }
  }
  task.onProgress?.(1);
  return { ...best, warnings: [...warnings, ...best.warnings] };
}
