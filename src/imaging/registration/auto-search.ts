import type { Pace } from '../../spectral/pace.js';
import { type Affine, compose, invert, turnedAbout } from '../affine.js';
import { type Frame, type Grid, pixelSize, thinned } from './auto-frame.js';
import {
  Counter,
  type Likeness,
  fieldOf,
  inGreys,
  samplesOf,
} from './likeness.js';

/** How far from the start to look. */
export interface Reach {
  /** Degrees to either side. */
  readonly turn: number;
  /** Largest factor of size; the smallest is one over it. */
  readonly scale: number;
  /** To each side, in pixels of the moving image. */
  readonly shift: number;
  /** Least share of the moving image that must lie in the fixed one. */
  readonly overlap: number;
  /** Pixels of the moving image that the first look takes: fewer miss small features, more take longer. */
  readonly samples: number;
  /** How many places of the first look are looked at closely. */
  readonly looked: number;
}

/** A similarity in the frame: scales and turns about the middle of the moving image, then moves. */
export interface Move {
  /** Degrees. */
  readonly turn: number;
  /** Logarithm of the factor. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Found extends Likeness {
  readonly move: Move;
}

export function asAffine({ turn, scale, x, y }: Move): Affine {
  const [a, b, , d, e] = turnedAbout([0, 0], turn, Math.exp(scale));
  return [a, b, x, d, e, y];
}

/** How many places of the first look are climbed from on its coarse grids. */
const climbedFirst = 500;

const range = (reach: number, step: number): number[] => {
  const steps = Math.ceil(reach / step);
  return Array.from({ length: 2 * steps + 1 }, (_, i) => (i - steps) * step);
};

const thin = (grid: Grid, factor: number): Grid =>
  thinned(
    grid,
    grid.place,
    Math.max(1, Math.min(factor, grid.width, grid.height)),
  );

/** Half a diagonal of the moving image, in its pixels. */
const radiusOf = ({ width, height, place }: Grid): number =>
  (Math.hypot(width, height) / 2) * pixelSize(place);

/** Whether two moves take some pixel to places that differ by more than `distance`. */
function areApart(a: Move, b: Move, radius: number, distance: number): boolean {
  const turned = (Math.abs(a.turn - b.turn) * Math.PI) / 180;
  return (
    Math.hypot(a.x - b.x, a.y - b.y) +
      radius * Math.hypot(turned, a.scale - b.scale) >
    distance
  );
}

/** The best of those that are apart, best first. */
function bestApart(
  found: readonly Found[],
  count: number,
  areFar: (a: Move, b: Move) => boolean,
): Found[] {
  const best: Found[] = [];
  for (const one of [...found].sort((a, b) => b.likeness - a.likeness)) {
    if (best.length === count) break;
    if (best.every(({ move }) => areFar(move, one.move))) best.push(one);
  }
  return best;
}

/** The highest of a map of likenesses that no neighbour exceeds, as indices. */
function peaks(map: Float64Array, width: number, count: number): number[] {
  const neighbours = [
    -width - 1,
    -width,
    1 - width,
    -1,
    1,
    width - 1,
    width,
    width + 1,
  ];
  const found: number[] = [];
  for (let n = 0; n < map.length; n++)
    if (map[n] > 0 && neighbours.every((by) => !(map[n + by] > map[n])))
      found.push(n);
  return found.sort((a, b) => map[b] - map[a]).slice(0, count);
}

/** Climbs from a move by steps along each of its parts, which are halved where none helps. */
function climb(
  counter: Counter,
  from: Move,
  radius: number,
  step: number,
  reach: Reach,
): Found {
  const judge = (move: Move): Found => {
    const one = counter.after(asAffine(move));
    return {
      move,
      ...one,
      likeness: one.overlap < reach.overlap ? 0 : one.likeness,
    };
  };
  let best = judge(from);
  for (let size = step; size > step / 10;) {
    const turn = ((size / radius) * 180) / Math.PI;
    const before = best;
    for (const by of [-1, 1]) {
      const { move } = before;
      const steps: Move[] = [
        { ...move, x: move.x + by * size },
        { ...move, y: move.y + by * size },
        { ...move, turn: move.turn + by * turn },
        ...(reach.scale > 1
          ? [{ ...move, scale: move.scale + (by * size) / radius }]
          : []),
      ];
      for (const next of steps) {
        const one = judge(next);
        if (one.likeness > best.likeness) best = one;
      }
    }
    if (best === before) size /= 2;
  }
  return best;
}

/**
 * Between which places along an axis of the fixed image the middle of the moving one lies, so that enough of it lies in there: the
 * share that may stick out reaches no farther than if it were a triangle, whose height is the root of half of it.
 * @param p along the axis for a unit of the frame in x, and `q` in y
 * @param room pixels of the fixed image along it
 */
function farthest(
  p: number,
  q: number,
  { width, height, place: [a, b, , d, e] }: Grid,
  room: number,
  overlap: number,
): readonly [number, number] {
  const extent =
    Math.abs(p * a + q * d) * width + Math.abs(p * b + q * e) * height;
  const inside = extent * (0.5 - Math.sqrt((1 - overlap) / 2));
  return [inside - 0.5, room - 0.5 - inside];
}

/** Looks at every turn, size and shift within reach, in steps of a coarse pixel. */
async function look(frame: Frame, reach: Reach, pace: Pace): Promise<Found[]> {
  const { width, height } = frame.moving;
  const coarse = thin(
    frame.moving,
    Math.round(Math.sqrt((width * height) / reach.samples)),
  );
  const step = pixelSize(coarse.place);
  const fixed = inGreys(
    thin(frame.fixed, Math.round(step / pixelSize(frame.fixed.place))),
  );
  const samples = samplesOf(inGreys(coarse));
  const counter = new Counter(samples, fixed);
  const shifts = Math.ceil(reach.shift / pixelSize(fixed.place));
  const field = fieldOf(fixed, 2 * shifts + 1);
  const radius = radiusOf(frame.moving);
  const turns = range(reach.turn, ((step / radius) * 180) / Math.PI);
  const scales = range(Math.log(reach.scale), step / radius);
  const toFixed = invert(fixed.place);
  const [p, q, , r, s] = fixed.place;
  const side = 2 * shifts + 1;
  const map = new Float64Array(side * side);
  const at = new Int32Array(samples.levels.length);
  const shiftsWithin = (
    middle: number,
    [from, to]: readonly [number, number],
  ): readonly [number, number] => [
    Math.max(-shifts, Math.floor(from - middle)),
    Math.min(shifts, Math.ceil(to - middle)),
  ];
  const found: Found[] = [];
  for (const [done, turn] of turns.entries())
    for (const [i, scale] of scales.entries()) {
      await pace((done + i / scales.length) / turns.length);
      const [a, b, c, d, e, f] = compose(
        toFixed,
        asAffine({ turn, scale, x: 0, y: 0 }),
      );
      // No shift brings in what lies farther out than the longest.
      const within = (place: number, size: number): number =>
        Math.max(-shifts - 1, Math.min(size + shifts, Math.round(place))) +
        field.margin;
      for (let n = 0; n < at.length; n++) {
        const [x, y] = [samples.x[n], samples.y[n]];
        at[n] =
          within(d * x + e * y + f, fixed.height) * field.width +
          within(a * x + b * y + c, fixed.width);
      }
      const [across, down] = [
        shiftsWithin(c, farthest(a, b, coarse, fixed.width, reach.overlap)),
        shiftsWithin(f, farthest(d, e, coarse, fixed.height, reach.overlap)),
      ];
      map.fill(0);
      for (let v = down[0]; v <= down[1]; v++)
        for (let u = across[0]; u <= across[1]; u++) {
          const one = counter.shifted(at, field.levels, v * field.width + u);
          if (one.overlap >= reach.overlap)
            map[(v + shifts) * side + u + shifts] = one.likeness;
        }
      for (const n of peaks(map, side, 4)) {
        const [u, v] = [(n % side) - shifts, Math.floor(n / side) - shifts];
        found.push({
          likeness: map[n],
          overlap: 1,
          move: { turn, scale, x: p * u + q * v, y: r * u + s * v },
        });
      }
    }
  // Between the steps of turn and size a better place may hide: each is climbed from before the best are told.
  const climbed: Found[] = [];
  for (const { move } of found
    .sort((m, o) => o.likeness - m.likeness)
    .slice(0, climbedFirst)) {
    await pace(1);
    climbed.push(climb(counter, move, radius, step / 2, reach));
  }
  return bestApart(climbed, reach.looked, (m, o) =>
    areApart(m, o, radius, step),
  );
}

/**
 * The moves within reach after which the images are most alike, best first: a look at all of them on coarse grids, and a climb on fine
 * ones from the best that differ.
 */
export async function search(
  frame: Frame,
  reach: Reach,
  pace: Pace,
): Promise<Found[]> {
  const seen = await look(frame, reach, (f) => pace(f && 0.8 * f));
  const counter = new Counter(
    samplesOf(inGreys(frame.moving)),
    inGreys(frame.fixed),
  );
  const radius = radiusOf(frame.moving);
  const climbed: Found[] = [];
  for (const [i, { move }] of seen.entries()) {
    await pace(0.8 + (0.2 * i) / seen.length);
    climbed.push(climb(counter, move, radius, 1, reach));
  }
  return bestApart(climbed, 4, (m, o) => areApart(m, o, radius, 1));
}
