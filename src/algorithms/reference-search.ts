import type { ReferenceTable } from './reference-table.js';
import { medianStep, slopesOf } from './reference-table.js';

/** The ways to tell how alike two spectra are. */
export const measures = [
  'angle',
  'correlation',
  'derivative',
  'distance',
] as const;
export type Measure = (typeof measures)[number];

/** How alike a spectrum and each reference are, over the bands that count and that the reference covers; NaN where those are too few. */
export interface Likeness extends Readonly<Record<Measure, Float64Array>> {
  /** Spectral angle, radians, 0 to π: 0 is alike. */
  readonly angle: Float64Array;
  /** Pearson's correlation, -1 to 1: 1 is alike. */
  readonly correlation: Float64Array;
  /** Correlation of the first derivatives: blind to offsets, nearly so to baselines. */
  readonly derivative: Float64Array;
  /** Root mean square difference, both drawn from 0 at their lowest to 1 at their highest: 0 is alike. */
  readonly distance: Float64Array;
  /** Share of the weight of all bands that the reference covers, 0 to 1. */
  readonly covered: Float64Array;
}

/** Less than this share of the weight covered says nothing. */
const leastCovered = 0.5;
/** A step this many times the usual is a gap of the axis, and has no slope across it. */
const gapFactor = 3;

/** Sums over bands up to each, so that those of a range are a difference. */
function cumulated(values: (b: number) => number, bands: number): Float64Array {
  const sums = new Float64Array(bands + 1);
  for (let b = 0; b < bands; b++) sums[b + 1] = sums[b] + values(b);
  return sums;
}

/** What weighs in a slope: the least of the bands that it is taken over; nothing across a gap or a band that is left out. */
function slopeWeights(
  axis: Float64Array,
  weights: ArrayLike<number>,
  reach: number,
): Float64Array {
  const bands = axis.length;
  const out = new Float64Array(bands);
  if (bands < 2) return out;
  const usual = medianStep(axis);
  const isGap = Uint8Array.from({ length: bands }, (_, b) =>
    Number(b > 0 && Math.abs(axis[b] - axis[b - 1]) > gapFactor * usual),
  );
  for (let b = reach; b < bands - reach; b++) {
    let least = weights[b - reach];
    for (let k = b - reach + 1; k <= b + reach && least > 0; k++)
      least = isGap[k] ? 0 : Math.min(least, weights[k]);
    out[b] = least;
  }
  return out;
}

/** Pearson's correlation from weighted sums. */
function correlationOf(
  w: number,
  x: number,
  xx: number,
  y: number,
  yy: number,
  xy: number,
): number {
  const varX = xx - (x * x) / w;
  const varY = yy - (y * y) / w;
  // Rounding of 32-bit values is no variation.
  if (!(varX > 1e-12 * xx) || !(varY > 1e-12 * yy)) return NaN;
  return Math.max(-1, Math.min(1, (xy - (x * y) / w) / Math.sqrt(varX * varY)));
}

/** One table of rows with weights: what of each row does not depend on the spectrum that is sought. */
class Side {
  readonly #used: Uint32Array;
  readonly #squares: Float64Array;
  readonly weightSums: Float64Array;
  readonly x: Float64Array;
  readonly xx: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;

  constructor(
    private readonly rows: Float32Array,
    private readonly table: ReferenceTable,
    weights: ArrayLike<number>,
    /** Bands at either end of a reference's range that it has no value for. */
    private readonly inset: number,
  ) {
    const { count, axis } = table;
    const bands = axis.length;
    // The weight enters both spectra, as in the spectral angle of Pande et al. 2026, eq. 4.
    this.#squares = Float64Array.from(weights, (w) => w * w);
    this.#used = Uint32Array.from(
      Array.from(this.#squares.keys()).filter((b) => this.#squares[b] > 0),
    );
    this.weightSums = cumulated((b) => this.#squares[b], bands);
    this.x = new Float64Array(count);
    this.xx = new Float64Array(count);
    this.low = new Float64Array(count).fill(Infinity);
    this.high = new Float64Array(count).fill(-Infinity);
    for (let n = 0; n < count; n++)
      this.#each(n, (value, square) => {
        this.x[n] += square * value;
        this.xx[n] += square * value * value;
        this.low[n] = Math.min(this.low[n], value);
        this.high[n] = Math.max(this.high[n], value);
      });
  }

  /** Bands of reference n that count: from, to (not included). */
  range(n: number): readonly [number, number] {
    const from = this.table.from[n] + this.inset;
    return [from, Math.max(from, this.table.to[n] - this.inset)];
  }

  #each(n: number, visit: (value: number, square: number) => void): void {
    const [from, to] = this.range(n);
    const row = n * this.table.axis.length;
    for (const b of this.#used)
      if (b >= from && b < to) visit(this.rows[row + b], this.#squares[b]);
  }

  /** Weighted products of every row with a spectrum. */
  products(spectrum: ArrayLike<number>): Float64Array {
    const { count, axis } = this.table;
    const weighted = Float64Array.from(
      this.#squares,
      (square, b) => square && square * spectrum[b],
    );
    const out = new Float64Array(count);
    for (let n = 0; n < count; n++) {
      const [from, to] = this.range(n);
      const row = n * axis.length;
      let sum = 0;
      for (let b = from; b < to; b++) sum += this.rows[row + b] * weighted[b];
      out[n] = sum;
    }
    return out;
  }

  /** Sums of w²y and w²y² up to each band. */
  sumsOf(y: ArrayLike<number>): readonly [Float64Array, Float64Array] {
    const squares = this.#squares;
    return [
      cumulated((b) => squares[b] && squares[b] * y[b], squares.length),
      cumulated((b) => squares[b] && squares[b] * y[b] * y[b], squares.length),
    ];
  }

  /** Lowest and highest value of a spectrum over the bands of a range that count. */
  ends(
    y: ArrayLike<number>,
    [from, to]: readonly [number, number],
  ): readonly [number, number] {
    let [low, high] = [Infinity, -Infinity];
    for (const b of this.#used) {
      if (b < from || b >= to) continue;
      low = Math.min(low, y[b]);
      high = Math.max(high, y[b]);
    }
    return [low, high];
  }
}

/**
 * Prepares a search of references by these weights; the returned function compares a spectrum with all of them.
 * @param weights one a band of the table's axis, 0 leaves it out
 */
export function referenceSearch(
  table: ReferenceTable,
  weights: ArrayLike<number>,
): (spectrum: ArrayLike<number>) => Likeness {
  const { axis, count, reach } = table;
  const bands = axis.length;
  const level = new Side(table.values, table, weights, 0);
  const slope = new Side(
    table.slopes,
    table,
    slopeWeights(axis, weights, reach),
    reach,
  );
  const whole = level.weightSums[bands];

  return (spectrum) => {
    const slopes = new Float32Array(bands);
    slopesOf(axis, spectrum, reach, slopes);
    const products = level.products(spectrum);
    const slopeProducts = slope.products(slopes);
    const [y, yy] = level.sumsOf(spectrum);
    const [dy, dyy] = slope.sumsOf(slopes);
    const all = [0, bands] as const;
    const endsOfAll = level.ends(spectrum, all);
    const likeness: Likeness = {
      angle: new Float64Array(count).fill(NaN),
      correlation: new Float64Array(count).fill(NaN),
      derivative: new Float64Array(count).fill(NaN),
      distance: new Float64Array(count).fill(NaN),
      covered: new Float64Array(count),
    };
    const over = (sums: Float64Array, [from, to]: readonly [number, number]) =>
      sums[to] - sums[from];
    for (let n = 0; n < count; n++) {
      const range = level.range(n);
      const w = over(level.weightSums, range);
      likeness.covered[n] = whole > 0 ? w / whole : 0;
      if (!(likeness.covered[n] >= leastCovered)) continue;
      const [sy, syy] = [over(y, range), over(yy, range)];
      const [sx, sxx, sxy] = [level.x[n], level.xx[n], products[n]];
      likeness.angle[n] =
        sxx > 0 && syy > 0
          ? Math.acos(Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy))))
          : Math.PI / 2;
      likeness.correlation[n] = correlationOf(w, sx, sxx, sy, syy, sxy);
      const partial = range[0] > 0 || range[1] < bands;
      const [low, high] = partial ? level.ends(spectrum, range) : endsOfAll;
      likeness.distance[n] = distanceOf(
        [w, sx, sxx, sy, syy, sxy],
        [level.low[n], level.high[n]],
        [low, high],
      );
      const inner = slope.range(n);
      const dw = over(slope.weightSums, inner);
      if (dw > 0)
        likeness.derivative[n] = correlationOf(
          dw,
          slope.x[n],
          slope.xx[n],
          over(dy, inner),
          over(dyy, inner),
          slopeProducts[n],
        );
    }
    return likeness;
  };
}

/** √(Σ w² ((x - a) / s - (y - c) / t)² / Σ w²), with x from a to a + s and y from c to c + t. */
function distanceOf(
  [w, x, xx, y, yy, xy]: readonly number[],
  [a, topX]: readonly [number, number],
  [c, topY]: readonly [number, number],
): number {
  const [s, t] = [topX - a, topY - c];
  if (!(s > 0) || !(t > 0)) return NaN;
  const own = (xx - 2 * a * x + a * a * w) / (s * s);
  const other = (yy - 2 * c * y + c * c * w) / (t * t);
  const both = (xy - c * x - a * y + a * c * w) / (s * t);
  return Math.sqrt(Math.max(0, own - 2 * both + other) / w);
}
