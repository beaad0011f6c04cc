import { spread } from '../algorithms/columns.js';
import { peakHeights } from '../algorithms/heights.js';
import { keepPace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { derivativeCorners, derivativesApply } from './derivative-corners.js';
import { extractCorners, pointsOf, seeksAsAuto } from './extract.js';
import { factorise, factorises } from './factorise.js';
import { fitCorners } from './fit-corners.js';
import { knownSpectra } from './known.js';
import type { Preview } from './protocol.js';
import { sharesOf } from './shares.js';
import { chooseStrength } from './scaling.js';
import { sampled } from './sampled.js';
import type { Prepared, Solution, StepTask } from './steps.js';

const misfitPixels = 1500;
/** Share of the way that corners take where a factorisation ends it. */
const seekingShare = 0.7;

/** A solution, and how far it is from the data. */
export interface Sought extends Solution {
  /** Whitened root of the squares that the model leaves of an even sample of pixels. */
  readonly misfit: number;
}

/** Whitened root mean square of what the model leaves of an even sample of pixels, included bands only. */
function misfit(
  { cube: { data }, kept, weights: bandWeights }: Prepared,
  { endmembers, weights, nuisance }: Solution,
): number {
  const bands = bandWeights.length;
  const order = endmembers.length / bands;
  const terms = nuisance?.names.length ?? 0;
  const rest = new Float64Array(bands);
  let squares = 0;
  for (const n of spread(kept, misfitPixels)) {
    for (let b = 0; b < bands; b++) rest[b] = data[n * bands + b];
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
 * wavenumber axis it then moves these corners to where what is known of infrared spectra holds best.
 * @param sample positions in `kept` of the pixels in which corners are sought, ascending; all when left out. Weights and
 * re-fit are always those of all pixels.
 */
export async function solve(
  prepared: Prepared,
  random: Random,
  task: StepTask,
  sample?: Uint32Array,
): Promise<Sought> {
  const pace = keepPace(task.signal);
  await pace();
  const warnings: string[] = [];
  const known = knownSpectra(prepared);
  const ends = factorises(prepared.options);
  const seeking: StepTask = ends
    ? {
        ...task,
        onProgress: (fraction) => task.onProgress?.(seekingShare * fraction),
      }
    : task;
  const points = pointsOf(prepared);
  const searched = sample ? sampled(prepared, sample) : prepared;
  const seen = sample ? pointsOf(searched) : points;
  const strength = chooseStrength(searched, seen, warnings);
  const first = await extractCorners(
    searched,
    seen,
    strength,
    random,
    pace,
    seeking,
    warnings,
  );
  let best = await fitCorners(prepared, points, first, pace);
  task.onPreview?.(preview(prepared, best));
  if (
    seeksAsAuto(prepared.options) &&
    derivativesApply(prepared) &&
    !task.stop?.aborted
  ) {
    seeking.onProgress?.(0.5);
    const corners = await derivativeCorners(
      searched,
      seen,
      first,
      random,
      pace,
      {
        ...seeking,
        onProgress: (fraction) => seeking.onProgress?.(0.5 + 0.4 * fraction),
      },
    );
    best = await fitCorners(prepared, points, corners, pace);
    task.onPreview?.(preview(prepared, best));
  }
  if (ends) {
    best = await factorise(
      prepared,
      seen,
      strength,
      points,
      best,
      known,
      pace,
      task,
    );
    task.onPreview?.(preview(prepared, best));
  }
  task.onProgress?.(1);
  return {
    ...best,
    warnings: [...warnings, ...best.warnings],
    misfit: misfit(prepared, best),
  };
}
