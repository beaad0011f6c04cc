import { weightSolver } from '../algorithms/abundances.js';
import { leadingColumns } from '../algorithms/columns.js';
import { times, timesTransposed } from '../algorithms/dense.js';
import type { Pace } from '../spectral/pace.js';
import type { Points } from './extract.js';
import { fitPhysical, weightsAlong } from './physical.js';
import type { Prepared, Solution, VaryingSpectra } from './steps.js';

/** Tilts of the two versions of each spectrum that an abundance may be split into, either way. */
const reach = 0.7;

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
): Promise<Solution> {
  if (prepared.variability)
    return fitVarying(prepared, prepared.variability, corners, pace);
  const weights = await weigh(points, corners, pace);
  const free = weightsAlong(
    prepared,
    points.values,
    corners,
    prepared.options.endmembers,
  );
  return fitPhysical(
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
}

/**
 * The same where spectra vary as s (1 + v u): each endmember is weighed by two versions of it, tilted either way, whose
 * weights add up; their difference is the weight of a spectrum of its own, by which the endmember varies.
 */
async function fitVarying(
  prepared: Prepared,
  { scores, dimensions, steady, tilted }: VaryingSpectra,
  corners: Float64Array,
  pace: Pace,
): Promise<Solution> {
  const want = prepared.options.endmembers;
  const count = prepared.kept.length;
  const straight = times(corners, want, steady, want, dimensions);
  const bent = times(corners, want, tilted, want, dimensions);
  const versions = Float64Array.from([
    ...straight.map((v, i) => v + reach * bent[i]),
    ...straight.map((v, i) => v - reach * bent[i]),
  ]);
  const size = 2 * want;
  const weights = await weigh(
    { values: scores, count, dimensions },
    versions,
    pace,
  );
  const { values, noise } = weightsAlong(prepared, scores, versions, size);
  // Sums of the two weights above, their differences times the tilt below.
  const turn = Float64Array.from({ length: size * size }, (_, i) => {
    const row = Math.floor(i / size);
    const column = i % size;
    if (row % want !== column % want) return 0;
    return row < want ? 1 : column < want ? reach : -reach;
  });
  const turned = timesTransposed(weights, count, turn, size, size);
  const free = {
    values: timesTransposed(values, count, turn, size, size),
    noise: times(
      turn,
      size,
      timesTransposed(noise, size, turn, size, size),
      size,
      size,
    ),
  };
  return fitPhysical(
    prepared,
    {
      spectra: spectraOf(prepared, corners),
      weights: leadingColumns(turned, count, size, want),
      variations: turned.filter((_, i) => i % size >= want),
      free,
      negativeWeights: negativeShare(
        leadingColumns(free.values, count, size, want),
      ),
    },
    [],
    pace,
  );
}
