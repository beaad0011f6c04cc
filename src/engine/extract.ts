import { archetypes } from '../algorithms/archetypes.js';
import { leadingColumns, rowsOf } from '../algorithms/columns.js';
import { smallestSimplex } from '../algorithms/minimum-volume.js';
import { largestSimplex } from '../algorithms/nfindr.js';
import { quantile } from '../algorithms/order-statistics.js';
import type { Pace } from '../spectral/pace.js';
import { growSimplex } from '../algorithms/sivm.js';
import { successiveProjections } from '../algorithms/spa.js';
import { vertexComponents } from '../algorithms/vca.js';
import type { Random } from '../spectral/random.js';
import type { Method, UnmixOptions } from './options.js';
import { levelled, type Strength } from './scaling.js';
import type { Prepared, StepTask } from './steps.js';

/**
 * Pixels weaker than this share of a strong one are no candidates for an endmember, unless they are so many times as strong as the noise,
 * and the noise is all that the endmembers leave.
 */
const leastStrength = 0.2;
const clearStrength = 50;
/** Points that the smallest simplex is fitted to. */
const volumePixels = 10000;

/** Coordinates of the kept pixels with their lengths. */
export interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
  readonly lengths: Float64Array;
  /** Length from which a weak point is clear of all that is no mixture of the endmembers; Infinity where that is not known. */
  readonly clear: number;
}

/** Root mean square length of the noise of every band that falls into the subspace. */
function noiseLength({ basis, weights, noise }: Prepared): number {
  const bands = weights.length;
  let sum = 0;
  basis.forEach(
    (v, i) => (sum += (v * weights[i % bands] * noise[i % bands]) ** 2),
  );
  return Math.sqrt(sum);
}

/**
 * Without their baselines, weak infrared spectra hold what the support, the background and gas leave. Where more stands above the noise
 * than the endmembers can be, the noise does not tell how much that is.
 */
const noiseIsAll = ({
  nuisance,
  variability,
  significantRank,
  options,
}: Prepared): boolean =>
  !nuisance ||
  variability !== null ||
  significantRank <= options.endmembers + 1;

export function pointsOf(prepared: Prepared): Points {
  const { scores, dimensions, kept } = prepared;
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
    clear: noiseIsAll(prepared)
      ? clearStrength * noiseLength(prepared)
      : Infinity,
  };
}

/** Unit points; those too weak to be candidates are zero, which no extractor takes. */
export function candidates({
  values,
  count,
  dimensions,
  lengths,
  clear,
}: Points): Float64Array {
  const least = Math.min(leastStrength * quantile(lengths, 0.9), clear);
  const unit = new Float64Array(values.length);
  for (let i = 0; i < count; i++)
    if (lengths[i] > least)
      for (let k = 0; k < dimensions; k++)
        unit[i * dimensions + k] = values[i * dimensions + k] / lengths[i];
  return unit;
}

/** At most `most` of the candidates, the zero rows left out. */
export function someCandidates(
  unit: Float64Array,
  count: number,
  width: number,
  most: number,
  random: Random,
): { readonly points: Float64Array; readonly count: number } {
  const strong: number[] = [];
  for (let i = 0; i < count; i++)
    if (unit.subarray(i * width, (i + 1) * width).some((v) => v !== 0))
      strong.push(i);
  const chosen = Array.from(
    random.sample(strong.length, most),
    (i) => strong[i],
  );
  return { points: rowsOf(unit, chosen, width), count: chosen.length };
}

async function archetypeCorners(
  points: Points,
  want: number,
  strength: Strength,
  random: Random,
  pace: Pace,
  task: StepTask,
): Promise<Float64Array> {
  const { values, lengths } = levelled(points, strength);
  const { corners } = await archetypes(
    values,
    points.count,
    points.dimensions,
    want,
    lengths.map((v) => v * v),
    random,
    pace,
    (fraction) => task.onProgress?.(0.5 * fraction),
    task.stop,
  );
  return corners;
}

/** Factorisations start where `auto` would end. */
export const seeksAsAuto = ({ method }: UnmixOptions): boolean =>
  method === 'auto' || method === 'nmf' || method === 'mcr-als';

/** What `auto` stands for: archetypes where the noise does not tell the rank, else the largest or smallest simplex. */
function methodOf(
  { cube, options, significantRank }: Prepared,
  crisp: boolean,
): Method {
  if (!seeksAsAuto(options)) return options.method;
  if (!crisp) return 'archetypes';
  return cube.axis.unit !== 'cm-1' && significantRank >= options.endmembers - 1
    ? 'minimum-volume'
    : 'nfindr';
}

/** Corners of the data, R x dimensions, each of any length. */
export async function extractCorners(
  prepared: Prepared,
  points: Points,
  strength: Strength,
  random: Random,
  pace: Pace,
  task: StepTask,
  warnings: string[],
): Promise<Float64Array> {
  const want = prepared.options.endmembers;
  const { dimensions, count } = points;
  const method = methodOf(prepared, dimensions <= want);
  if (method === 'archetypes')
    return archetypeCorners(points, want, strength, random, pace, task);
  const unit =
    strength === 'l2' ? candidates(points) : levelled(points, 'raw').values;
  const width = Math.min(dimensions, want);
  const flat =
    width === dimensions
      ? unit
      : leadingColumns(unit, count, dimensions, width);
  const first =
    method === 'vca'
      ? vertexComponents(flat, count, width, want, random)
      : method === 'sivm'
        ? growSimplex(flat, count, width, want)
        : successiveProjections(flat, count, width, want);
  if (first.length < want) {
    warnings.push(
      `The spectra span only ${first.length} directions above rounding, fewer than ${want} endmembers: archetypes were taken instead.`,
    );
    return archetypeCorners(points, want, strength, random, pace, task);
  }
  const largest = () => largestSimplex(flat, count, width, first);
  if (method === 'nfindr') return rowsOf(unit, largest(), dimensions);
  if (method !== 'minimum-volume') return rowsOf(unit, first, dimensions);
  const some = someCandidates(flat, count, want, volumePixels, random);
  const corners = await smallestSimplex(
    some.points,
    some.count,
    want,
    rowsOf(flat, largest(), want),
    pace,
    task.stop,
  );
  return leadingColumns(corners, want, want, dimensions);
}
