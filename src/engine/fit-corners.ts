import { weightSolver } from '../algorithms/abundances.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import type { Pace } from '../spectral/pace.js';
import type { Points } from './extract.js';
import { fitPhysical, freeWeights } from './physical.js';
import type { Prepared, Solution, VaryingSpectra } from './steps.js';

/** Tilts of the two versions of each spectrum that an abundance may be split into, either way. */
const reach = 0.7;
const rounds = 2;

/** A solution, and what it tells: the values of the cube, less what varies of the spectra. */
export interface Fit {
  readonly solution: Solution;
  readonly data: Float32Array;
}

/** Non-negative weights of every point, count x corners. */
async function weigh(
  {
    dimensions,
    count,
    values,
  }: Pick<Points, 'values' | 'count' | 'dimensions'>,
  corners: Float64Array,
  pace: Pace,
): Promise<Float64Array> {
  const order = corners.length / dimensions;
  const gram = timesTransposed(corners, order, corners, order, dimensions);
  const targets = timesTransposed(values, count, corners, order, dimensions);
  const solve = weightSolver(gram, order);
  const weights = new Float64Array(count * order);
  for (let i = 0; i < count; i++) {
    solve(
      targets.subarray(i * order, (i + 1) * order),
      weights.subarray(i * order, (i + 1) * order),
    );
    if (i % 256 === 0) await pace();
  }
  return weights;
}

const negativeShare = (values: Float64Array): number =>
  values.reduce((sum, v) => sum + Number(v < 0), 0) / values.length;

/** Spectra of corners in the unit of the data, R x bands. */
function spectraOf(
  { basis, dimensions, weights, options }: Prepared,
  corners: Float64Array,
): Float64Array {
  const bands = weights.length;
  const rows = Float64Array.from(basis);
  const spectra = times(corners, options.endmembers, rows, dimensions, bands);
  for (let i = 0; i < spectra.length; i++)
    if (weights[i % bands] > 0) spectra[i] /= weights[i % bands];
  return spectra;
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
): Promise<Fit> {
  if (prepared.variability)
    return fitVarying(prepared, prepared.variability, corners, pace);
  const weights = await weigh(points, corners, pace);
  const free = freeWeights(
    prepared,
    points.values,
    corners,
    prepared.options.endmembers,
  );
  const solution = await fitPhysical(
    prepared,
    {
      spectra: spectraOf(prepared, corners),
      weights,
      free,
      negativeWeights: negativeShare(free.values),
    },
    [],
    pace,
  );
  return { solution, data: prepared.cube.data };
}

/**
 * The same where spectra vary as s (1 + v u): each endmember is weighed by two versions of it, tilted either way, whose
 * weights add up; their difference tells the tilt, which is taken out of the data before the re-fit.
 */
async function fitVarying(
  prepared: Prepared,
  { scores, dimensions, steady, tilted, tilt }: VaryingSpectra,
  corners: Float64Array,
  pace: Pace,
): Promise<Fit> {
  const { kept, cube } = prepared;
  const want = prepared.options.endmembers;
  const straight = times(corners, want, steady, want, dimensions);
  const bent = times(corners, want, tilted, want, dimensions);
  const versions = Float64Array.from([
    ...straight.map((v, i) => v + reach * bent[i]),
    ...straight.map((v, i) => v - reach * bent[i]),
  ]);
  const points = { values: scores, count: kept.length, dimensions };
  const weights = await weigh(points, versions, pace);
  const both = freeWeights(prepared, scores, versions, 2 * want);
  const combined = (values: Float64Array, up: number, down: number) =>
    Float64Array.from({ length: kept.length * want }, (_, i) => {
      const at = i + Math.floor(i / want) * want;
      return up * values[at] + down * values[at + want];
    });
  const total = combined(weights, 1, 1);
  const turned = combined(weights, reach, -reach);
  const noise = Float64Array.from({ length: want * want }, (_, i) => {
    const row = Math.floor(i / want) * 2 * want + (i % want);
    const below = row + 2 * want * want;
    return (
      both.noise[row] +
      both.noise[row + want] +
      both.noise[below] +
      both.noise[below + want]
    );
  });
  const free = { values: combined(both.values, 1, 1), noise };
  const negativeWeights = negativeShare(free.values);
  const data = new Float32Array(cube.data.length);
  const fit = async (spectra: Float64Array): Promise<Solution> => {
    data.set(cube.data);
    await takeTilts(data, kept, turned, spectra, tilt, pace);
    return fitPhysical(
      { ...prepared, cube: { ...cube, data } },
      { spectra, weights: total, free, negativeWeights },
      [],
      pace,
    );
  };
  let solution = await fit(spectraOf(prepared, corners));
  for (let round = 1; round < rounds; round++)
    solution = await fit(Float64Array.from(solution.endmembers));
  return { solution, data };
}

/** Subtracts Σ_r turned_nr u∘s_r from each kept pixel. */
async function takeTilts(
  data: Float32Array,
  kept: Uint32Array,
  turned: Float64Array,
  spectra: Float64Array,
  tilt: Float64Array,
  pace: Pace,
): Promise<void> {
  const bands = tilt.length;
  const rows = spectra.map((v, i) => v * tilt[i % bands]);
  const order = rows.length / bands;
  for (let i = 0; i < kept.length; i++) {
    const start = kept[i] * bands;
    for (let r = 0; r < order; r++) {
      const factor = turned[i * order + r];
      if (factor === 0) continue;
      for (let b = 0; b < bands; b++)
        data[start + b] -= factor * rows[r * bands + b];
    }
    if (i % 32 === 0) await pace();
  }
}
