import { leadingColumns } from '../algorithms/columns.js';
import { times } from '../algorithms/dense.js';
import { baselines, type Terms } from '../algorithms/nuisance.js';
import type { Subspace, WeightedSpectra } from '../algorithms/subspace.js';
import { steadyDirections, steadyScores } from '../algorithms/variability.js';
import type { VaryingSpectra } from './steps.js';

/** So many directions beyond the endmembers must stand above the noise, and none less than half as much as the last. */
const leastSurplus = 3;
const mostDrop = 2;
/** The tilted versions of the endmembers must lie this near to the signal: 0.0005 to 0.002 where the spectra vary so. */
const mostDistance = 0.006;
/** And all other directions so many times farther: spectra of few narrow bands do not tell what is steady. */
const leastGap = 1.5;

/**
 * Tells whether the signal holds more than mixtures of so many spectra, as it does when they vary from place to place, and
 * finds the directions that stay.
 */
export function findVariability(
  source: WeightedSpectra,
  { directions, scores, dimensions, values }: Subspace,
  terms: Terms,
  significantRank: number,
  want: number,
): {
  readonly directions: Float64Array;
  readonly scores: Float64Array;
  readonly variability: VaryingSpectra;
} | null {
  const K = Math.max(significantRank, 2 * want);
  if (
    significantRank < want + leastSurplus ||
    dimensions < K ||
    values[want - 1] > mostDrop * values[want]
  )
    return null;
  const { axis } = source.cube;
  const length = source.bands.length;
  const everyBand = Uint32Array.from(axis.values, (_, b) => b);
  const bandCount = everyBand.length;
  const tilt = baselines(axis, everyBand).rows.slice(bandCount, 2 * bandCount);
  const signal = directions.slice(0, K * length);
  const found = steadyDirections(
    signal,
    values.slice(0, K),
    Float64Array.from(source.bands, (b) => tilt[b]),
    terms.rows,
    want,
  );
  if (
    found.distance > mostDistance ||
    found.nextDistance < leastGap * found.distance
  )
    return null;
  const pixels = source.pixels.length;
  const points = leadingColumns(scores, pixels, dimensions, K);
  return {
    directions: times(found.steady, want, signal, K, length),
    scores: steadyScores(found, points, pixels),
    variability: { ...found, scores: points },
  };
}
