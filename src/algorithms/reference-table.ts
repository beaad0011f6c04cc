import { median } from './order-statistics.js';
import { resample } from './resample.js';

/** One spectrum of a library, at positions of its own. */
export interface Reference {
  /** In the unit of the axis that it is compared on, in any order. */
  readonly positions: ArrayLike<number>;
  /** One a position; those that are not numbers are passed over. */
  readonly values: ArrayLike<number>;
}

/** Spectra of a library at the bands of one axis: row n holds reference n, 0 where it does not reach. */
export interface ReferenceTable {
  /** Positions of the bands, strictly monotonic. */
  readonly axis: Float64Array;
  readonly count: number;
  /** count x bands. */
  readonly values: Float32Array;
  /** First derivatives, count x bands; 0 where there is none. */
  readonly slopes: Float32Array;
  /** Bands that reference n covers: from `from[n]` to before `to[n]`. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Bands to either side that a slope is taken over. */
  readonly reach: number;
}

/** Half of what a slope is taken over, cm-1: below the width of bands of solids, above most noise. */
const halfWidth = 4;
/** The same in bands, on an axis in another unit. */
const halfWidthBands = 2;

/** Bands to either side that slopes are taken over on an axis. */
export function slopeReach(
  axis: ArrayLike<number>,
  isWavenumber: boolean,
): number {
  if (!isWavenumber || axis.length < 2) return halfWidthBands;
  return Math.max(1, Math.round(halfWidth / medianStep(axis)));
}

export function medianStep(axis: ArrayLike<number>): number {
  return median(
    Float64Array.from({ length: axis.length - 1 }, (_, b) =>
      Math.abs(axis[b + 1] - axis[b]),
    ),
  );
}

/** Symmetric differences over 2 · reach bands (the gap derivative of Norris and Williams 1984), 0 at both ends. */
export function slopesOf(
  axis: ArrayLike<number>,
  values: ArrayLike<number>,
  reach: number,
  out: Float32Array,
  from = 0,
  to = axis.length,
): void {
  for (let b = from + reach; b < to - reach; b++)
    out[b] =
      (values[b + reach] - values[b - reach]) /
      (axis[b + reach] - axis[b - reach]);
}

/**
 * Lays references out at the bands of an axis, straight between their points.
 * @param axis positions of the bands, strictly monotonic
 */
export function referenceTable(
  references: readonly Reference[],
  axis: Float64Array,
  isWavenumber: boolean,
): ReferenceTable {
  const bands = axis.length;
  const count = references.length;
  const reach = slopeReach(axis, isWavenumber);
  const table: ReferenceTable = {
    axis,
    count,
    values: new Float32Array(count * bands),
    slopes: new Float32Array(count * bands),
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    reach,
  };
  references.forEach(({ positions, values }, n) => {
    const there = Array.from(positions, (_, i) => i).filter(
      (i) => Number.isFinite(values[i]) && Number.isFinite(positions[i]),
    );
    if (there.length === 0) return;
    const row = resample(
      there.map((i) => positions[i]),
      there.map((i) => values[i]),
      axis,
    );
    // On a monotonic axis the bands between two positions are neighbours.
    const from = row.findIndex((value) => !Number.isNaN(value));
    if (from < 0) return;
    const to = row.findLastIndex((value) => !Number.isNaN(value)) + 1;
    table.from[n] = from;
    table.to[n] = to;
    table.values.set(row.subarray(from, to), n * bands + from);
    slopesOf(
      axis,
      row,
      reach,
      table.slopes.subarray(n * bands, (n + 1) * bands),
      from,
      to,
    );
  });
  return table;
}
