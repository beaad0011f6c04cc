import type { Pace } from '../spectral/pace.js';
import { dot, norm, times, timesTransposed } from './dense.js';
import {
  type FactorData,
  type Factorised,
  hasSettled,
  spectraSystem,
  visible,
  wantedRow,
  weigh,
} from './factors.js';
import { nearestPlane } from './plane.js';
import { determinant, inverse } from './small.js';

const mostRounds = 100;
const sweeps = 5;
/** Keeps the logarithm of a volume that vanishes finite (δ of Leplat, Ang & Gillis 2019), against the squared distance of the plane. */
const flattest = 1e-3;
const mostHalvings = 12;

/** Spectra this flat against the plane, relatively, count as no flatter: a row must not leave through infinity. */
const leastHeight = 1e-3;

const heightOf = (row: Float64Array, plane: Float64Array): number =>
  Math.max(dot(row, plane), leastHeight * norm(row) * norm(plane)) || 1;

/** Rows brought to height one over the plane through the origin that is parallel to the given one. */
function onPlane(rows: Float64Array, plane: Float64Array): Float64Array {
  const bands = plane.length;
  const out = rows.slice();
  for (let start = 0; start < out.length; start += bands) {
    const row = out.subarray(start, start + bands);
    const height = heightOf(row, plane);
    for (let b = 0; b < bands; b++) row[b] /= height;
  }
  return out;
}

/** log det(T Tᵀ + δ I) of rows on the plane: the volume of their simplex, whatever the strength of each spectrum. */
export function logVolume(seen: Float64Array, plane: Float64Array): number {
  const bands = plane.length;
  const order = seen.length / bands;
  const rows = onPlane(seen, plane);
  const gram = timesTransposed(rows, order, rows, order, bands);
  const scale = flattest / dot(plane, plane);
  for (let r = 0; r < order; r++) gram[r * (order + 1)] += scale;
  return Math.log(determinant(gram, order));
}

/** How the volume depends on one row, the others given: log(|t|² + δ - what of it lies among the others), t on the plane. */
export class RowVolume {
  readonly #others: Float64Array;
  readonly #inverse: Float64Array;
  readonly #count: number;
  readonly #least: number;

  constructor(
    seen: Float64Array,
    r: number,
    readonly plane: Float64Array,
  ) {
    const bands = plane.length;
    const rows = onPlane(seen, plane);
    this.#count = seen.length / bands - 1;
    this.#others = new Float64Array(this.#count * bands);
    this.#others.set(rows.subarray(0, r * bands));
    this.#others.set(rows.subarray((r + 1) * bands), r * bands);
    this.#least = flattest / dot(plane, plane);
    const gram = timesTransposed(
      this.#others,
      this.#count,
      this.#others,
      this.#count,
      bands,
    );
    for (let i = 0; i < this.#count; i++)
      gram[i * (this.#count + 1)] += this.#least;
    this.#inverse = inverse(gram, this.#count, 0);
  }

  #beside(row: Float64Array): { along: Float64Array; rest: number } {
    const products = timesTransposed(
      this.#others,
      this.#count,
      row,
      1,
      row.length,
    );
    const along = times(this.#inverse, this.#count, products, this.#count, 1);
    return { along, rest: dot(row, row) + this.#least - dot(products, along) };
  }

  value(row: Float64Array): number {
    return Math.log(this.#beside(onPlane(row, this.plane)).rest);
  }

  slope(row: Float64Array): Float64Array {
    const there = onPlane(row, this.plane);
    const height = heightOf(row, this.plane);
    const { along, rest } = this.#beside(there);
    const inside = times(along, 1, this.#others, this.#count, row.length);
    const slope = there.map((v, b) => (2 * (v - inside[b])) / rest);
    const tilt = dot(slope, there);
    return slope.map((v, b) => (v - tilt * this.plane[b]) / height);
  }
}

/**
 * One row by a projected gradient step of the length that least squares alone would take, shortened until the cost falls.
 */
function moveRow(
  data: FactorData,
  spectra: Float64Array,
  seen: Float64Array,
  wanted: Float64Array,
  own: number,
  r: number,
  penalty: number,
  plane: Float64Array,
): void {
  const { bands } = data;
  const now = spectra.slice(r * bands, (r + 1) * bands);
  const before = seen.slice(r * bands, (r + 1) * bands);
  const volume = new RowVolume(seen, r, plane);
  const costOf = (row: Float64Array): number =>
    (own / 2) * dot(row, row) -
    dot(row, wanted) +
    (penalty / 2) * volume.value(row);
  const slope = volume.slope(before);
  const cost = costOf(before);
  for (let halving = 0; halving < mostHalvings; halving++) {
    const step = 0.5 ** halving / own;
    const row = now.map((v, b) =>
      Math.max(
        0,
        v - step * (own * before[b] - wanted[b] + (penalty / 2) * slope[b]),
      ),
    );
    const after = visible(row, data);
    if (costOf(after) < cost && norm(after) > 0) {
      spectra.set(row, r * bands);
      seen.set(after, r * bands);
      return;
    }
  }
}

/**
 * Non-negative matrix factorisation of minimum volume (Miao & Qi 2007; Fu, Huang, Yang, Ma & Sidiropoulos 2016; Leplat, Ang & Gillis
 * 2019): least ½ |X - G T|² + ½ penalty · log det(T Tᵀ + δ I) with G ≥ 0 and T ≥ 0, where the volume is that of the spectra
 * brought to the plane nearest to the data, so that the strength of pixels may vary and no sum of weights is needed. By turns: weights by exact
 * non-negative least squares, spectra by projected gradient steps that only ever lower the cost.
 * @param start R x bands, non-negative
 * @param relative penalty as a multiple of what the start leaves of the data
 */
export async function minimumVolumeFactors(
  data: FactorData,
  start: Float64Array,
  relative: number,
  pace: Pace,
  stop?: AbortSignal,
): Promise<Factorised> {
  const { bands } = data;
  const spectra = start.slice();
  const seen = visible(spectra, data);
  const order = spectra.length / bands;
  const plane = times(
    nearestPlane(data.scores, data.count, data.dimensions),
    1,
    data.directions,
    data.dimensions,
    bands,
  );
  const costs: number[] = [];
  let penalty = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { weights, cost } = weigh(data, seen, false);
    if (round === 0) penalty = relative * cost;
    costs.push(cost + (penalty / 2) * logVolume(seen, plane));
    if (stop?.aborted || hasSettled(costs)) break;
    await pace();
    const system = spectraSystem(data, weights);
    for (let sweep = 0; sweep < sweeps; sweep++)
      for (let r = 0; r < order; r++) {
        const own = system.overlap[r * (order + 1)];
        if (own === 0) continue;
        const wanted = wantedRow(system, seen, r, bands);
        moveRow(data, spectra, seen, wanted, own, r, penalty, plane);
      }
    await pace();
  }
  return { spectra, costs };
}
