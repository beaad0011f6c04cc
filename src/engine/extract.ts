import { archetypes } from '../algorithms/archetypes.js';
import { leadingColumns, rowsOf } from '../algorithms/columns.js';
import { smallestSimplex } from '../algorithms/minimum-volume.js';
import { largestSimplex } from '../algorithms/nfindr.js';
import { median, quantile } from '../algorithms/order-statistics.js';
import type { Pace } from '../spectral/pace.js';
import { growSimplex } from '../algorithms/sivm.js';
import { successiveProjections } from '../algorithms/spa.js';
import { vertexComponents } from '../algorithms/vca.js';
import type { Random } from '../spectral/random.js';
import type { Method } from './options.js';
import type { Prepared, StepTask } from './steps.js';

/** Pixels weaker than this share of a strong one are mostly noise and no candidates for an endmember. */
const leastStrength = 0.2;
/** Archetypes see dark pixels as they are, not scaled up: their spectra are noise. */
const leastLength = 0.1;
/** Points that the smallest simplex is fitted to. */
const volumePixels = 10000;

/** Coordinates of the kept pixels with their lengths. */
export interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
  readonly lengths: Float64Array;
}

export function pointsOf({ scores, dimensions, kept }: Prepared): Points {
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
export function candidates({
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
    (fraction) => task.onProgress?.(0.5 * fraction),
    task.stop,
  );
  return corners.map((v) => v * scale);
}

/** What `auto` stands for: archetypes where the noise does not tell the rank, else the largest or smallest simplex. */
function methodOf(
  { cube, options, significantRank }: Prepared,
  crisp: boolean,
): Exclude<Method, 'auto'> {
  if (options.method !== 'auto') return options.method;
  if (!crisp) return 'archetypes';
  return cube.axis.unit !== 'cm-1' && significantRank >= options.endmembers - 1
    ? 'minimum-volume'
    : 'nfindr';
}

/** Corners of the data, R x dimensions. */
export async function extractCorners(
  prepared: Prepared,
  points: Points,
  random: Random,
  pace: Pace,
  task: StepTask,
  warnings: string[],
): Promise<Float64Array> {
  const want = prepared.options.endmembers;
  const { dimensions, count } = points;
  const method = methodOf(prepared, dimensions <= want);
  if (method === 'archetypes')
    return archetypeCorners(points, want, random, pace, task);
  const unit = candidates(points);
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
    return archetypeCorners(points, want, random, pace, task);
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
