import type { Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { rowsOf, spread } from './columns.js';
import { addTransposedTimes, times, timesTransposed } from './dense.js';

/**
 * Entropic descent archetypal analysis (EDAA; Zouaoui, Muhawenayo, Rasti, Chanussot & Mairal, TGRS 2023):
 * least |Y - A B Y|², where the rows of A (pixels x R) and of B (R x pixels) lie on the simplex, so that
 * archetypes B Y are mixtures of pixels and pixels are mixtures of archetypes. Both factors take
 * multiplicative steps exp(-step · gradient), with steps from the Lipschitz constants in the l1 norm.
 */
export interface Archetypes {
  /** R x dimensions. */
  readonly corners: Float64Array;
  /** Sum over pixels of importance · |y - a E|². */
  readonly cost: number;
}

/** Random starts, each on another sample of pixels. */
const starts = 12;
const startPixels = 1000;
const startRounds = 60;
/** Rounds of the best start on an even sample of at most so many pixels. */
const polishPixels = 6000;
const polishRounds = 80;

/** Steps longer than the bound that guarantees descent: the bound is far from tight, and these still fall steadily. */
const shareBoldness = 2;
const mixingBoldness = 8;
/** Steps on one factor before the other takes its turn. */
const innerSteps = 5;

/** Rows of `values` become softmax(log values - step · gradient). */
function entropicStep(
  values: Float64Array,
  gradient: Float64Array,
  width: number,
  step: number,
): void {
  for (let start = 0; start < values.length; start += width) {
    let least = Infinity;
    for (let i = start; i < start + width; i++)
      if (gradient[i] < least) least = gradient[i];
    let sum = 0;
    for (let i = start; i < start + width; i++) {
      values[i] *= Math.exp(step * (least - gradient[i]));
      sum += values[i];
    }
    for (let i = start; i < start + width; i++) values[i] /= sum;
  }
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most || 1;
}

/**
 * Largest squared distance of a point from the mean. On the simplex a common shift of all points changes nothing,
 * so that this, not the largest length, bounds the curvature.
 */
function largestReach(
  points: Float64Array,
  count: number,
  dimensions: number,
): number {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < count * dimensions; i++)
    mean[i % dimensions] += points[i] / count;
  let most = 0;
  for (let n = 0; n < count; n++) {
    let squares = 0;
    for (let k = 0; k < dimensions; k++)
      squares += (points[n * dimensions + k] - mean[k]) ** 2;
    most = Math.max(most, squares);
  }
  return most || 1;
}

/** A start or a state of the descent on one set of pixels. */
interface State {
  readonly points: Float64Array;
  readonly count: number;
  /** Pixels x R. */
  readonly shares: Float64Array;
  /** R x pixels. */
  readonly mixing: Float64Array;
}

async function descend(
  { points, count, shares, mixing }: State,
  dimensions: number,
  want: number,
  rounds: number,
  pace: Pace,
): Promise<Float64Array> {
  const reach = largestReach(points, count, dimensions);
  const cornersOf = () => times(mixing, want, points, count, dimensions);
  let corners = cornersOf();
  const sumOf = (left: Float64Array, right: Float64Array, width: number) =>
    addTransposedTimes(
      left,
      want,
      right,
      width,
      count,
      new Float64Array(want * width),
    );
  for (let round = 0; round < rounds; round++) {
    await pace();
    const gram = timesTransposed(corners, want, corners, want, dimensions);
    const products = timesTransposed(points, count, corners, want, dimensions);
    const shareStep = shareBoldness / largestReach(corners, want, dimensions);
    for (let inner = 0; inner < innerSteps; inner++) {
      const gradient = times(shares, count, gram, want, want);
      for (let i = 0; i < gradient.length; i++) gradient[i] -= products[i];
      entropicStep(shares, gradient, want, shareStep);
    }
    await pace();
    const overlap = sumOf(shares, shares, want);
    const pull = sumOf(shares, points, dimensions);
    const mixingStep = mixingBoldness / (largest(overlap) * reach);
    for (let inner = 0; inner < innerSteps; inner++) {
      const force = times(overlap, want, corners, want, dimensions);
      for (let i = 0; i < force.length; i++) force[i] -= pull[i];
      const gradient = timesTransposed(force, want, points, count, dimensions);
      entropicStep(mixing, gradient, count, mixingStep);
      corners = cornersOf();
    }
  }
  return corners;
}

function cost(
  { points, count, shares }: State,
  corners: Float64Array,
  dimensions: number,
  want: number,
  importance: Float64Array,
): number {
  const model = times(shares, count, corners, want, dimensions);
  let sum = 0;
  for (let n = 0; n < count; n++) {
    let squares = 0;
    for (let i = n * dimensions; i < (n + 1) * dimensions; i++)
      squares += (points[i] - model[i]) ** 2;
    sum += importance[n] * squares;
  }
  return sum;
}

const evenShares = (count: number, want: number) =>
  new Float64Array(count * want).fill(1 / want);

function randomMixing(want: number, count: number, random: Random) {
  const mixing = Float64Array.from({ length: want * count }, () =>
    Math.exp(random.normal()),
  );
  entropicStep(mixing, new Float64Array(mixing.length), count, 0);
  return mixing;
}

/**
 * @param points count x dimensions, scaled to about equal length
 * @param importance one factor a point in the choice of the best start, such as the square of its length before scaling
 */
export async function archetypes(
  points: Float64Array,
  count: number,
  dimensions: number,
  want: number,
  importance: Float64Array,
  random: Random,
  pace: Pace,
  onProgress?: (fraction: number) => void,
  stop?: AbortSignal,
): Promise<Archetypes> {
  const attempt = async (): Promise<Archetypes> => {
    const rows = random.sample(count, startPixels);
    const state: State = {
      points: rowsOf(points, rows, dimensions),
      count: rows.length,
      shares: evenShares(rows.length, want),
      mixing: randomMixing(want, rows.length, random),
    };
    const corners = await descend(state, dimensions, want, startRounds, pace);
    const weights = Float64Array.from(rows, (n) => importance[n]);
    return { corners, cost: cost(state, corners, dimensions, want, weights) };
  };
  let best = await attempt();
  for (let start = 1; start < starts && !stop?.aborted; start++) {
    onProgress?.((0.7 * start) / starts);
    const found = await attempt();
    if (found.cost < best.cost) best = found;
  }
  onProgress?.(0.7);
  const everyone = Uint32Array.from({ length: count }, (_, n) => n);
  // The mixtures of the best start are unknown on all pixels: begin near the pixels closest to its archetypes.
  const polished = spread(everyone, polishPixels);
  const near = rowsOf(points, polished, dimensions);
  const state: State = {
    points: near,
    count: polished.length,
    shares: evenShares(polished.length, want),
    mixing: nearestMixing(
      near,
      polished.length,
      best.corners,
      want,
      dimensions,
    ),
  };
  const corners = stop?.aborted
    ? best.corners
    : await descend(state, dimensions, want, polishRounds, pace);
  onProgress?.(1);
  return { corners, cost: best.cost };
}

/** Mixtures that concentrate on the points nearest to given corners. */
function nearestMixing(
  points: Float64Array,
  count: number,
  corners: Float64Array,
  want: number,
  dimensions: number,
): Float64Array {
  const distances = new Float64Array(want * count);
  for (let r = 0; r < want; r++)
    for (let n = 0; n < count; n++)
      for (let k = 0; k < dimensions; k++)
        distances[r * count + n] +=
          (points[n * dimensions + k] - corners[r * dimensions + k]) ** 2;
  const mixing = new Float64Array(want * count).fill(1 / count);
  const scale = largest(distances);
  entropicStep(mixing, distances, count, 50 / scale);
  return mixing;
}
