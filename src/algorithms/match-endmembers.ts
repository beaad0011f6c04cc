import { linearSumAssignment } from 'linear-sum-assignment';
import { positionsIn } from '../spectral/axis.js';
import { spectralAngle } from '../spectral/metrics.js';
import type { EndmemberSet } from '../spectral/unmixing.js';
import { resample } from './resample.js';

/** Endmembers of two results that stand for the same material. */
export interface EndmemberPair {
  /** Index in the first and in the second result. */
  readonly first: number;
  readonly second: number;
  /** Between their spectra over the bands that both results have, radians. */
  readonly angle: number;
}

export interface EndmemberMatch {
  /** In the order of the first result. */
  readonly pairs: readonly EndmemberPair[];
  /** Endmembers of the first and of the second result that have none like them in the other. */
  readonly alone: {
    readonly first: readonly number[];
    readonly second: readonly number[];
  };
}

/**
 * Up to this angle two endmembers of one image stand for the same material, radians. On the infrared phantoms (clean, contaminated,
 * glaze; `auto`, three seeds) another seed turns a spectrum by up to 0.07 and one endmember more by up to 0.118, with maps that
 * correlate by 0.93 and more, while the nearest spectrum of another endmember is 0.166 away or more.
 */
export const sameMaterialAngle = 0.14;

/** Over fewer bands than this (or all there are) spectra of any materials are alike. */
const fewestBands = 8;

const includedBands = ({ excludedBands }: EndmemberSet): number[] =>
  Array.from(excludedBands.keys()).filter((b) => !excludedBands[b]);

const isOnOneAxis = (a: EndmemberSet, b: EndmemberSet): boolean =>
  a.axis.unit === b.axis.unit &&
  a.axis.values.length === b.axis.values.length &&
  a.axis.values.every((position, i) => position === b.axis.values[i]);

/** Spectra of both results at the positions that both have, where neither leaves bands out. */
function shared(
  first: EndmemberSet,
  second: EndmemberSet,
): readonly [Float64Array[], Float64Array[]] {
  const own = includedBands(first);
  const pick = (set: EndmemberSet, bands: readonly number[]): Float64Array[] =>
    set.names.map((_, r) => {
      const from = r * set.excludedBands.length;
      return Float64Array.from(bands, (b) => set.endmembers[from + b]);
    });
  if (isOnOneAxis(first, second)) {
    const both = own.filter((b) => !second.excludedBands[b]);
    return [pick(first, both), pick(second, both)];
  }
  const positions = positionsIn(
    first.axis.values,
    first.axis.unit,
    second.axis.unit,
  );
  if (!positions) return [[], []];
  const there = second.axis.values;
  const left = resample(
    there,
    second.excludedBands,
    own.map((b) => positions[b]),
  );
  // Beyond the ends of the axis it is not a number; between a band that counts and one that is left out it is not zero.
  const both = own.filter((_, i) => left[i] === 0);
  const at = both.map((b) => positions[b]);
  const bands = there.length;
  return [
    pick(first, both),
    second.names.map((_, r) =>
      resample(
        there,
        second.endmembers.subarray(r * bands, (r + 1) * bands),
        at,
      ),
    ),
  ];
}

/**
 * Pairs the endmembers of two results of one image by spectral angle, over the bands that both have. They may differ in number, axis and
 * bands left out. Of all pairings within the limit the one with the most likeness is taken (assignment problem, with angles beyond the
 * limit counted as the limit).
 * @param limit greatest angle of a pair, radians
 */
export function matchEndmembers(
  first: EndmemberSet,
  second: EndmemberSet,
  limit = sameMaterialAngle,
): EndmemberMatch {
  const [rows, others] = shared(first, second);
  const fewest = Math.min(
    fewestBands,
    includedBands(first).length,
    includedBands(second).length,
  );
  const enough = rows.length > 0 && rows[0].length >= Math.max(1, fewest);
  const pairs = enough ? pair(rows, others, limit) : [];
  const without = (count: number, taken: readonly number[]): number[] =>
    Array.from({ length: count }, (_, r) => r).filter(
      (r) => !taken.includes(r),
    );
  return {
    pairs,
    alone: {
      first: without(
        first.names.length,
        pairs.map((one) => one.first),
      ),
      second: without(
        second.names.length,
        pairs.map((one) => one.second),
      ),
    },
  };
}

function pair(
  rows: readonly Float64Array[],
  others: readonly Float64Array[],
  limit: number,
): EndmemberPair[] {
  const angles = rows.map((row) => others.map((s) => spectralAngle(row, s)));
  const costs = angles.map((row) => row.map((angle) => Math.min(angle, limit)));
  // It wants no more rows than columns.
  const tall = rows.length > others.length;
  const { rowAssignments } = linearSumAssignment(
    tall ? others.map((_, q) => costs.map((row) => row[q])) : costs,
    { maximaze: false },
  );
  return Array.from(rowAssignments, (to, from) => {
    const [first, second] = tall ? [to, from] : [from, to];
    return { first, second, angle: angles[first][second] };
  })
    .filter(({ angle }) => angle <= limit)
    .sort((a, b) => a.first - b.first);
}

/**
 * In which order the endmembers of a result come so that those that an earlier one had stay in their places; the others keep their order
 * in the places that are left.
 * @returns for each place the index of the endmember that comes there
 */
export function orderAfter(
  before: EndmemberSet,
  found: EndmemberSet,
  limit = sameMaterialAngle,
): readonly number[] {
  const count = found.names.length;
  const { pairs, alone } = matchEndmembers(before, found, limit);
  const order = new Array<number>(count).fill(-1);
  const rest: number[] = [];
  for (const { first, second } of pairs)
    if (first < count) order[first] = second;
    else rest.push(second);
  const next = [...rest, ...alone.second].values();
  return order.map((from) => (from < 0 ? (next.next().value ?? 0) : from));
}
