import { rowsOf, spread } from '../algorithms/columns.js';
import { orthonormalRows, times } from '../algorithms/dense.js';
import { type FactorData, visible, weigh } from '../algorithms/factors.js';
import { curveResolution } from '../algorithms/mcr-als.js';
import { minimumVolumeFactors } from '../algorithms/minimum-volume-nmf.js';
import { nearestPlane } from '../algorithms/plane.js';
import { inverse } from '../algorithms/small.js';
import { matchSpectra } from '../spectral/metrics.js';
import type { Pace } from '../spectral/pace.js';
import type { Points } from './extract.js';
import type { Known } from './known.js';
import type { UnmixOptions } from './options.js';
import {
  type Found,
  fitPhysical,
  freeWeights,
  scatterRows,
} from './physical.js';
import { levelled, type Strength } from './scaling.js';
import type { Prepared, Solution, StepTask } from './steps.js';

/** Points that a factorisation is fitted to; the weights of the others follow. */
const factorPoints = 2500;
/** Penalty of the volume, as a multiple of what the start leaves of the data. */
const volumePenalty = 0.3;

/** Whether a run ends by factorising the data: it was asked to, or spectra are given. */
export const factorises = ({ method, fixed }: UnmixOptions): boolean =>
  method === 'nmf' || method === 'mcr-als' || fixed.length > 0;

/** The rows on the bands that count, whitened. */
function whitened(
  rows: ArrayLike<number>,
  { weights }: Prepared,
  included: Uint32Array,
): Float64Array {
  const bands = weights.length;
  const out = new Float64Array((rows.length / bands) * included.length);
  for (let i = 0; i < out.length; i++) {
    const b = included[i % included.length];
    out[i] = rows[Math.floor(i / included.length) * bands + b] * weights[b];
  }
  return out;
}

function factorData(
  prepared: Prepared,
  { values, count, dimensions }: Points,
  included: Uint32Array,
): FactorData {
  const { basis, nuisance } = prepared;
  const bands = included.length;
  const away = whitened(nuisance?.spectra ?? [], prepared, included);
  const directions = new Float64Array(dimensions * bands);
  for (let k = 0; k < dimensions; k++)
    included.forEach((b, i) => {
      directions[k * bands + i] = basis[k * prepared.weights.length + b];
    });
  return {
    scores: values,
    count,
    dimensions,
    directions,
    bands,
    away: orthonormalRows(away, away.length / bands, bands).rows,
  };
}

/** Puts each known spectrum in the place of the start that is most like it, as far as the data see them; its rows are the flags. */
function place(
  spectra: Float64Array,
  known: Float64Array,
  data: FactorData,
): number[] {
  const { bands } = data;
  const rows = (all: Float64Array) =>
    Array.from({ length: all.length / bands }, (_, r) =>
      all.subarray(r * bands, (r + 1) * bands),
    );
  const places = matchSpectra(
    rows(visible(known, data)),
    rows(visible(spectra, data)),
  );
  places.forEach((r, i) =>
    spectra.set(known.subarray(i * bands, (i + 1) * bands), r * bands),
  );
  return places;
}

/** Makes the spectra as strong as they must be for weights to sum to one as nearly as they can. */
function toUnitSum(spectra: Float64Array, data: FactorData): void {
  const { bands, count } = data;
  const order = spectra.length / bands;
  const { weights } = weigh(data, visible(spectra, data), false);
  const plane = nearestPlane(weights, count, order);
  const usual = weights.reduce((sum, v) => sum + v, 0) / count || 1;
  for (let i = 0; i < spectra.length; i++) {
    const height = plane[Math.floor(i / bands)];
    spectra[i] *= height > 0 ? 1 / height : usual;
  }
}

/**
 * Endmembers and weights that tell the data together, from a solution as start: by the method `nmf` with a small volume, otherwise by
 * curve resolution, with known endmembers kept as they are. Both are non-negative; the re-fit in the unit of the data ends it,
 * as with corners.
 * @param searched points that the factors are fitted to
 * @param strength how much they count; under closure they count as measured
 * @param points all of them
 */
export async function factorise(
  prepared: Prepared,
  searched: Points,
  strength: Strength,
  points: Points,
  start: Solution,
  known: readonly Known[],
  pace: Pace,
  task: StepTask,
): Promise<Solution> {
  const { weights: bandWeights, options } = prepared;
  const included = Uint32Array.from(bandWeights.keys()).filter(
    (b) => bandWeights[b] > 0,
  );
  const all = factorData(prepared, points, included);
  const some = spread(
    Uint32Array.from({ length: searched.count }, (_, i) => i),
    factorPoints,
  );
  const closure = options.abundances === 'fcls' && options.method !== 'nmf';
  const { values } = closure ? searched : levelled(searched, strength);
  const data: FactorData = {
    ...all,
    scores: rowsOf(values, some, searched.dimensions),
    count: some.length,
  };
  const spectra = whitened(start.endmembers, prepared, included);
  const given = whitened(
    known.flatMap(({ spectrum }) => [...spectrum]),
    prepared,
    included,
  );
  const places = place(spectra, given, data);
  if (closure) toUnitSum(spectra, data);
  const fixed = Array.from({ length: options.endmembers }, (_, r) =>
    places.includes(r),
  );
  const found =
    options.method === 'nmf'
      ? await minimumVolumeFactors(
          data,
          spectra,
          volumePenalty,
          pace,
          task.stop,
        )
      : await curveResolution(
          data,
          spectra,
          { closure, fixed },
          pace,
          task.stop,
        );
  const { weights, targets, gram } = weigh(
    all,
    visible(found.spectra, data),
    closure,
  );
  await pace();
  const order = options.endmembers;
  const free = times(
    targets,
    all.count,
    inverse(gram, order, 1e-9),
    order,
    order,
  );
  return fitAround(
    prepared,
    {
      spectra: physicalRows(found.spectra, prepared, included),
      weights,
      negativeWeights:
        free.reduce((sum, v) => sum + Number(v < 0), 0) / free.length,
    },
    places.map((row, i) => ({ ...known[i], row })),
    pace,
  );
}

/** Whitened rows on the bands that count, in the unit of the data on all bands; 0 on the others. */
function physicalRows(
  rows: Float64Array,
  { weights }: Prepared,
  included: Uint32Array,
): Float64Array {
  const bands = weights.length;
  const out = new Float64Array((rows.length / included.length) * bands);
  rows.forEach((v, i) => {
    const b = included[i % included.length];
    out[Math.floor(i / included.length) * bands + b] = v / weights[b];
  });
  return out;
}

/** How many times as strong as its known spectrum a row is, over the bands that count. */
function strengthOf(
  row: Float64Array,
  { spectrum }: Known,
  { weights }: Prepared,
): number {
  let product = 0;
  let square = 0;
  for (let b = 0; b < row.length; b++) {
    if (weights[b] === 0) continue;
    product += row[b] * spectrum[b];
    square += spectrum[b] ** 2;
  }
  return product / square;
}

/** Re-fits the endmembers that are not known to what the known ones leave of the data. */
async function fitAround(
  prepared: Prepared,
  found: Found,
  known: readonly (Known & { readonly row: number })[],
  pace: Pace,
): Promise<Solution> {
  const { cube, kept, options, weights: bandWeights, mask } = prepared;
  const order = options.endmembers;
  const bands = bandWeights.length;
  const data = known.length === 0 ? cube.data : cube.data.slice();
  for (const one of known) {
    const row = found.spectra.subarray(one.row * bands, (one.row + 1) * bands);
    const strength = strengthOf(row, one, prepared);
    for (let i = 0; i < kept.length; i++) {
      const weight = (found.weights[i * order + one.row] *= strength);
      if (weight === 0) continue;
      for (let b = 0; b < bands; b++)
        data[kept[i] * bands + b] -= weight * one.spectrum[b];
      if (i % 32 === 0) await pace();
    }
  }
  const open = Array.from({ length: order }, (_, r) => r).filter(
    (r) => !known.some(({ row }) => row === r),
  );
  const free = freeWeights(prepared, found.spectra, order);
  const solution = await fitPhysical(
    {
      ...prepared,
      cube: { ...cube, data },
      options: { ...options, endmembers: open.length },
    },
    {
      ...found,
      spectra: rowsOf(found.spectra, open, bands),
      weights: columnsOf(found.weights, open, order),
      free: {
        values: columnsOf(free.values, open, order),
        noise: columnsOf(rowsOf(free.noise, open, order), open, order),
      },
    },
    [],
    pace,
  );
  if (known.length === 0) return solution;
  const endmembers = new Float32Array(order * bands);
  open.forEach((r, i) =>
    endmembers.set(
      solution.endmembers.subarray(i * bands, (i + 1) * bands),
      r * bands,
    ),
  );
  const names = new Array<string | null>(order).fill(null);
  for (const { row, spectrum, name } of known) {
    endmembers.set(spectrum, row * bands);
    names[row] = name;
  }
  return {
    ...solution,
    endmembers,
    weights: scatterRows(found.weights, kept, mask.length, order),
    names,
    warnings: [
      ...solution.warnings,
      `Kept as given: ${known.map(({ name }) => name).join(', ')}.`,
    ],
  };
}

/** The chosen columns of a matrix with `width` columns, in the order given. */
function columnsOf(
  matrix: Float64Array,
  columns: readonly number[],
  width: number,
): Float64Array {
  const rows = matrix.length / width;
  return Float64Array.from(
    { length: rows * columns.length },
    (_, i) =>
      matrix[
        Math.floor(i / columns.length) * width + columns[i % columns.length]
      ],
  );
}
