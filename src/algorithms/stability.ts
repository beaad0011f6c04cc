import { matchSpectra, spectralAngle } from '../spectral/metrics.js';
import type { Pace } from '../spectral/pace.js';
import type { Random } from '../spectral/random.js';
import { rowsOf } from './columns.js';
import type { Coordinates } from './endmember-count.js';
import { largestSimplex } from './nfindr.js';
import { quantile } from './order-statistics.js';
import { successiveProjections } from './spa.js';

/** More pixels tell hardly more. */
const mostPixels = 3000;
const halves = 6;
/** Pixels weaker than this share of a strong one are mostly noise. */
const leastStrength = 0.2;

/** Unit vectors along the first `keep` dimensions of some pixels, those that are weak there left out. */
function directions(
  { scores, dimensions }: Coordinates,
  pixels: Uint32Array,
  keep: number,
): Float64Array {
  const rows = new Float64Array(pixels.length * keep);
  const lengths = Float64Array.from(pixels, (n, i) => {
    let sum = 0;
    for (let k = 0; k < keep; k++) {
      const value = scores[n * dimensions + k];
      rows[i * keep + k] = value;
      sum += value * value;
    }
    return Math.sqrt(sum);
  });
  const least = leastStrength * quantile(lengths, 0.9);
  const kept = Array.from(lengths.keys()).filter((i) => lengths[i] > least);
  return rowsOf(rows, kept, keep).map(
    (v, i) => v / lengths[kept[Math.floor(i / keep)]],
  );
}

/** The `want` most extreme directions (N-FINDR from successive projections); null where they do not span as many dimensions. */
function extremes(points: Float64Array, want: number): Float64Array[] | null {
  const count = points.length / want;
  const start = successiveProjections(points, count, want, want);
  if (start.length < want) return null;
  return largestSimplex(points, count, want, start).map((n) =>
    points.slice(n * want, (n + 1) * want),
  );
}

/**
 * How far endmembers depend on which pixels are there: for R = 2 … most, the mean angle between those sought in all pixels and those sought
 * in random halves of them, matched, radians. N-FINDR (Winter 1999) in R dimensions stands for all ways of seeking. What
 * is asked for beyond what the data hold lands on noise, and differs; likewise Wu et al. 2016 (staNMF) choose a rank by stability.
 * @returns entry R - 2; π/2 where no R directions are found; empty for fewer than two dimensions or pixels
 */
export async function stabilityAngles(
  data: Coordinates,
  most: number,
  random: Random,
  pace: Pace,
): Promise<Float32Array> {
  const last = Math.min(most, data.dimensions);
  const pixels = random
    .sample(data.scores.length / data.dimensions, mostPixels)
    .sort();
  const out: number[] = [];
  for (let order = 2; order <= last && order <= pixels.length; order++) {
    const all = directions(data, pixels, order);
    const whole = extremes(all, order);
    const count = all.length / order;
    let sum = 0;
    for (let half = 0; half < halves; half++) {
      await pace();
      const chosen = random.sample(count, Math.ceil(count / 2)).sort();
      const part = whole && extremes(rowsOf(all, chosen, order), order);
      if (!part) {
        sum += Math.PI / 2;
        continue;
      }
      const match = matchSpectra(whole, part);
      whole.forEach((corner, r) => {
        sum += spectralAngle(corner, part[match[r]]) / order;
      });
    }
    out.push(sum / halves);
  }
  return Float32Array.from(out);
}
