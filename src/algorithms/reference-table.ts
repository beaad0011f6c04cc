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
 * A table for so many references, none of which is laid out yet.
 * @param axis positions of the bands, strictly monotonic
 */
export function emptyTable(
  count: number,
  axis: Float64Array,
  isWavenumber: boolean,
): ReferenceTable {
  const bands = axis.length;
  return {
    axis,
    count,
    values: new Float32Array(count * bands),
    slopes: new Float32Array(count * bands),
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    reach: slopeReach(axis, isWavenumber),
  };
}

/** Lays a reference out in row n of a table, straight between its points. */
export function layOut(
  { axis, values: rows, slopes, from, to, reach }: ReferenceTable,
  n: number,
  { positions, values }: Reference,
): void {
  const bands = axis.length;
  const isThere = (i: number): boolean =>
    Number.isFinite(values[i]) && Number.isFinite(positions[i]);
  let lacks = 0;
  for (let i = 0; i < positions.length; i++) if (!isThere(i)) lacks++;
  if (lacks === positions.length) return;
  const there =
    lacks > 0 ? Array.from(positions, (_, i) => i).filter(isThere) : null;
  const row = resample(
    there?.map((i) => positions[i]) ?? positions,
    there?.map((i) => values[i]) ?? values,
    axis,
  );
  // On a monotonic axis the bands between two positions are neighbours.
  const first = row.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return;
  const end = row.findLastIndex((value) => !Number.isNaN(value)) + 1;
  from[n] = first;
  to[n] = end;
  rows.set(row.subarray(first, end), n * bands + first);
  slopesOf(
    axis,
    row,
    reach,
    slopes.subarray(n * bands, (n + 1) * bands),
    first,
    end,
  );
}

/** Lays references out at the bands of an axis. */
export function referenceTable(
  references: readonly Reference[],
  axis: Float64Array,
  isWavenumber: boolean,
): ReferenceTable {
  const table = emptyTable(references.length, axis, isWavenumber);
  references.forEach((reference, n) => layOut(table, n, reference));
  return table;
}
