import { UnmixingError } from '../../spectral/errors.js';
import { type Affine, applyTo } from '../affine.js';
import type { RegistrationKind } from './kind.js';

/** The same place in two images: x and y in the world of each, in one unit. */
export interface PointPair {
  readonly moving: readonly [number, number];
  readonly fixed: readonly [number, number];
}

/** Least number of pairs that tell a map. */
export const pairsNeeded: Readonly<Record<RegistrationKind, number>> =
  Object.freeze({
    rigid: 2,
    similarity: 2,
    affine: 3,
  });

/** Least ratio of the widths of a cloud of places, across over along, that tells two directions apart. */
const leastSpread = 1e-3;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sums over pairs of products of what is left of x and y without their means. */
interface Moments {
  readonly centres: readonly [number, number, number, number];
  /** Of moving x and y: xx, xy, yy. */
  readonly moving: readonly [number, number, number];
  readonly fixed: readonly [number, number, number];
  /** Of fixed with moving: xx, xy, yx, yy. */
  readonly both: readonly [number, number, number, number];
}

function momentsOf(pairs: readonly PointPair[]): Moments {
  const rows = pairs.map(({ moving, fixed }) => [...moving, ...fixed]);
  const [cx, cy, fx, fy] = [0, 1, 2, 3].map((at) =>
    mean(rows.map((row) => row[at])),
  );
  const centres = [cx, cy, fx, fy] as const;
  const sum = (p: number, q: number): number =>
    rows.reduce(
      (total, row) => total + (row[p] - centres[p]) * (row[q] - centres[q]),
      0,
    );
  return {
    centres,
    moving: [sum(0, 0), sum(0, 1), sum(1, 1)],
    fixed: [sum(2, 2), sum(2, 3), sum(3, 3)],
    both: [sum(2, 0), sum(2, 1), sum(3, 0), sum(3, 1)],
  };
}

/** Width of a cloud of places across, over that along: 0 on a line, not a number in one place. */
function spreadOf([xx, xy, yy]: readonly [number, number, number]): number {
  const half = (xx + yy) / 2;
  const root = Math.hypot((xx - yy) / 2, xy);
  return Math.sqrt(Math.max(0, half - root) / (half + root));
}

function refuse(why: string): never {
  throw new UnmixingError('input', `invalid landmarks: ${why}`);
}

function checkSpread(
  kind: RegistrationKind,
  { centres, moving, fixed }: Moments,
): void {
  for (const [which, spread, [x, y]] of [
    ['moved', moving, centres.slice(0, 2)],
    ['fixed', fixed, centres.slice(2)],
  ] as const) {
    const size = Math.sqrt(spread[0] + spread[2]);
    // Rounding of sums of places as far out as these.
    if (!(size > 1e-9 * Math.hypot(x, y)))
      refuse(`all in one place of the ${which} image (want them apart)`);
    if (kind === 'affine' && !(spreadOf(spread) > leastSpread))
      refuse(
        `all on one line of the ${which} image (want three that span a triangle)`,
      );
  }
}

/**
 * The map that takes the moving places nearest to the fixed ones, in the sense of least squares.
 * - `rigid` turns and shifts, `similarity` scales, too: S. Umeyama, IEEE Trans. PAMI 13 (1991) 376, eqs. 40 to 42, whose singular
 *   value decomposition has this closed form in the plane; neither mirrors
 * - `affine`: each direction by itself
 * @throws UnmixingError `input` when there are too few pairs, or they do not tell the map
 */
export function fitLandmarks(
  pairs: readonly PointPair[],
  kind: RegistrationKind,
): Affine {
  const need = pairsNeeded[kind];
  if (pairs.length < need)
    refuse(
      `${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'} (want at least ${need} for ${kind === 'affine' ? 'an' : 'a'} ${kind} map)`,
    );
  const moments = momentsOf(pairs);
  checkSpread(kind, moments);
  const [a, b, d, e] =
    kind === 'affine' ? linearPart(moments) : turningPart(moments, kind);
  const [cx, cy, fx, fy] = moments.centres;
  return [a, b, fx - a * cx - b * cy, d, e, fy - d * cx - e * cy];
}

type Matrix2 = readonly [number, number, number, number];

/** Normal equations. */
function linearPart({ moving: [xx, xy, yy], both }: Moments): Matrix2 {
  const det = xx * yy - xy * xy;
  const row = (x: number, y: number): readonly [number, number] => [
    (x * yy - y * xy) / det,
    (y * xx - x * xy) / det,
  ];
  return [...row(both[0], both[1]), ...row(both[2], both[3])];
}

function turningPart(
  { moving: [xx, , yy], fixed: [uu, , vv], both }: Moments,
  kind: 'rigid' | 'similarity',
): Matrix2 {
  const along = both[0] + both[3];
  const across = both[2] - both[1];
  const length = Math.hypot(along, across);
  if (!(length > 1e-9 * Math.sqrt((xx + yy) * (uu + vv))))
    refuse('the two images fit at no angle better than at another');
  const scale = kind === 'similarity' ? length / (xx + yy) : 1;
  const [c, s] = [(scale * along) / length, (scale * across) / length];
  return [c, -s, s, c];
}

/** How far a map takes each moving place from its fixed one, in the unit of the fixed world. */
export const residuals = (
  map: Affine,
  pairs: readonly PointPair[],
): readonly number[] =>
  pairs.map(({ moving, fixed }) => {
    const [x, y] = applyTo(map, moving);
    return Math.hypot(x - fixed[0], y - fixed[1]);
  });

/**
 * The same for each pair under the map that the others tell: what the residual is worth where there are hardly more pairs than
 * the map needs. Null where the others do not tell a map.
 */
export const leaveOneOut = (
  pairs: readonly PointPair[],
  kind: RegistrationKind,
): readonly (number | null)[] =>
  pairs.map((pair, i) => {
    const others = pairs.toSpliced(i, 1);
    const told =
      others.length >= pairsNeeded[kind] &&
      (kind !== 'affine' || spreadOf(momentsOf(others).moving) > leastSpread);
    return told ? residuals(fitLandmarks(others, kind), [pair])[0] : null;
  });
