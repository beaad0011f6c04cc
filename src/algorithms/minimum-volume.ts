import type { Pace } from '../spectral/pace.js';
import { times, transposedTimes } from './dense.js';
import { determinant, inverse } from './small.js';

const mostRounds = 100;
/** Penalty of the mean negative weight of each corner, against the logarithm of the volume. */
const penalty = 200;
/** Weights this near to zero are where the penalty bends: roundly at first, or the steps get caught at single points. */
const bends = [0.1, 0.03, 0.01, 0.003];
const leastGain = 1e-7;
const damping = { first: 1, most: 1e9, harder: 4, easier: 3 };

/** Σ_r mean (√(w² + s²) - w)/2 of the weights W = Z H, and its slope and curvature by each weight. */
function outside(
  weights: Float64Array,
  count: number,
  bend: number,
): { cost: number; slope: Float64Array; curve: Float64Array } {
  const slope = new Float64Array(weights.length);
  const curve = new Float64Array(weights.length);
  let cost = 0;
  for (let i = 0; i < weights.length; i++) {
    const root = Math.sqrt(weights[i] ** 2 + bend ** 2);
    cost += (root - weights[i]) / 2 / count;
    slope[i] = (weights[i] / root - 1) / 2 / count;
    curve[i] = bend ** 2 / root ** 3 / 2 / count;
  }
  return { cost, slope, curve };
}

/**
 * Cost -log|det H| + penalty Σ_r mean relu(-Z H)_r with a rounded corner, its gradient and its second derivatives by the
 * first R - 1 columns of H (entry k + r R is H[k, r]); the last column makes the rows of H sum to what they are.
 */
export function judgeVolume(
  points: Float64Array,
  count: number,
  R: number,
  H: Float64Array,
  bend: number,
): { cost: number; gradient: Float64Array; hessian: Float64Array } {
  const { cost, slope, curve } = outside(
    times(points, count, H, R, R),
    count,
    bend,
  );
  const C = inverse(H, R, 0);
  const pull = transposedTimes(points, R, slope, R, count);
  const size = R * (R - 1);
  const last = R - 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const blocks = Array.from({ length: R }, (_, r) =>
    transposedTimes(
      points,
      R,
      points.map((v, i) => v * curve[Math.floor(i / R) * R + r]),
      R,
      count,
    ),
  );
  const shift = (r: number, k: number): number =>
    C[r * R + k] - C[last * R + k];
  for (let r = 0; r < last; r++)
    for (let k = 0; k < R; k++) {
      gradient[r * R + k] =
        penalty * (pull[k * R + r] - pull[k * R + last]) - shift(r, k);
      for (let q = 0; q < last; q++)
        for (let l = 0; l < R; l++)
          hessian[(r * R + k) * size + q * R + l] =
            shift(q, k) * shift(r, l) +
            penalty *
              (blocks[last][k * R + l] + (r === q ? blocks[r][k * R + l] : 0));
    }
  return {
    cost: penalty * cost - Math.log(Math.abs(determinant(H, R))),
    gradient,
    hessian,
  };
}

/** H after a step in its first R - 1 columns. */
function stepped(H: Float64Array, step: Float64Array, R: number): Float64Array {
  const next = H.slice();
  step.forEach((v, i) => {
    const row = (i % R) * R;
    next[row + Math.floor(i / R)] -= v;
    next[row + R - 1] += v;
  });
  return next;
}

/**
 * The smallest simplex that holds nearly all points, for materials that are nowhere pure (Craig 1994), with the linear
 * penalty of SISAL (Bioucas-Dias 2009), so that single noisy pixels may stay outside: damped Newton steps on the
 * inverse H of the corners, points and corners on one plane across the mean.
 * @param points count x R, in a cone around their mean
 * @param start R x R, corners of full rank
 * @returns R x R
 */
export async function smallestSimplex(
  points: Float64Array,
  count: number,
  R: number,
  start: Float64Array,
  pace: Pace,
  stop?: AbortSignal,
): Promise<Float64Array> {
  const mean = new Float64Array(R);
  points.forEach((v, i) => (mean[i % R] += v / count));
  const flatten = (rows: Float64Array, rowCount: number): Float64Array => {
    const heights = times(rows, rowCount, mean, R, 1);
    return rows.map((v, i) => v / heights[Math.floor(i / R)]);
  };
  const corners = flatten(start, R);
  // In coordinates of the start's own corners all directions are of one size, however thin the cloud is.
  const inStart = times(
    flatten(points, count),
    count,
    inverse(corners, R, 0),
    R,
    R,
  );
  let H: Float64Array = corners.map((_, i) => (i % (R + 1) === 0 ? 1 : 0));
  for (const bend of bends) {
    let now = judgeVolume(inStart, count, R, H, bend);
    let damp = damping.first;
    for (let round = 0; round < mostRounds && !stop?.aborted; round++) {
      const size = now.gradient.length;
      const system = now.hessian.slice();
      for (let i = 0; i < size; i++) system[i * (size + 1)] += damp;
      const step = times(inverse(system, size, 0), size, now.gradient, size, 1);
      const next = stepped(H, step, R);
      // A step through volume zero would end on the other side of a wall.
      const better =
        determinant(next, R) > 0
          ? judgeVolume(inStart, count, R, next, bend)
          : now;
      const gain = now.cost - better.cost;
      if (gain > 0) {
        H = next;
        now = better;
        damp /= damping.easier;
        if (gain < leastGain) break;
      } else {
        damp *= damping.harder;
        if (damp > damping.most) break;
      }
      await pace();
    }
  }
  return times(inverse(H, R, 0), R, corners, R, R);
}
