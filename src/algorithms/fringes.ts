import type { SpectralAxis } from '../spectral/axis.js';
import type { Pace } from '../spectral/pace.js';
import { timesTransposed } from './dense.js';
import type { Terms } from './nuisance.js';

/** Cycles over the whole axis between which fringes are sought: fewer are baselines, more are lines. */
const fewest = 3;
const most = 60;
const grid = 0.1;
/** Share of both waves that the signal must hold; planted fringes reach 0.995, spectra of solids stay below 0.5. */
const leastShare = 0.9;

/** Period of a fringe with so many cycles over the axis, in its unit, to three digits. */
export function fringePeriod({ values }: SpectralAxis, cycles: number): number {
  const span = Math.abs(values[values.length - 1] - values[0]);
  return Number((span / cycles).toPrecision(3));
}

/** Cosine and sine of so many cycles over the axis, one value for each of `bands`. */
export function fringePair(
  axis: SpectralAxis,
  bands: Uint32Array,
  cycles: number,
): Terms {
  const { values } = axis;
  const first = values[0];
  const span = values[values.length - 1] - first || 1;
  const rows = new Float64Array(2 * bands.length);
  bands.forEach((b, i) => {
    const phase = (2 * Math.PI * cycles * (values[b] - first)) / span;
    rows[i] = Math.cos(phase);
    rows[bands.length + i] = Math.sin(phase);
  });
  const name = `Fringe of ${fringePeriod(axis, cycles)} cm-1`;
  return { names: [`${name}, cosine`, `${name}, sine`], rows };
}

/** What is sought: the span of the signal, and what is taken out of it already. */
export interface FringeSearch {
  readonly axis: SpectralAxis;
  readonly bands: Uint32Array;
  readonly weights: Float64Array;
  /** Orthonormal rows over `bands`, at right angles to `away`. */
  readonly signal: Float64Array;
  /** Orthonormal rows over `bands`. */
  readonly away: Float64Array;
}

/** Smaller squared cosine between the signal and the plane of a pair of waves, less what is taken out already. */
function heldShare(
  { axis, bands, weights, signal, away }: FringeSearch,
  cycles: number,
): number {
  const length = bands.length;
  const pair = fringePair(axis, bands, cycles).rows.map(
    (v, i) => v * weights[i % length],
  );
  const products = (rows: Float64Array): Float64Array => {
    const count = rows.length / length;
    const along = timesTransposed(pair, 2, rows, count, length);
    return timesTransposed(along, 2, along, 2, count);
  };
  const taken = products(away);
  const left = timesTransposed(pair, 2, pair, 2, length).map(
    (v, i) => v - taken[i],
  );
  const held = products(signal);
  // Smaller root of det(held - share · left) = 0.
  const square = left[0] * left[3] - left[1] ** 2;
  const cross = (held[0] * left[3] + held[3] * left[0]) / 2 - held[1] * left[1];
  const rest = held[0] * held[3] - held[1] ** 2;
  if (!(square > 1e-6 * left[0] * left[3])) return 0;
  return (cross - Math.sqrt(Math.max(0, cross ** 2 - square * rest))) / square;
}

/**
 * The interference fringe that the signal holds: light between two surfaces of a sample adds one wave along the wavenumbers
 * to every spectrum, whose phase differs from place to place, so that the signal holds its cosine and its sine.
 * @returns cycles over the axis, or null
 */
export async function findFringe(
  search: FringeSearch,
  pace: Pace,
): Promise<number | null> {
  const highest = Math.min(most, search.bands.length / 8);
  let best = 0;
  let largest = 0;
  for (let i = 0; fewest + i * grid <= highest; i++) {
    const share = heldShare(search, fewest + i * grid);
    if (share > largest) {
      largest = share;
      best = fewest + i * grid;
    }
    await pace();
  }
  for (let width = grid / 2; width > 1e-4; width /= 2)
    for (const cycles of [best - width, best + width]) {
      const share = heldShare(search, cycles);
      if (share > largest) {
        largest = share;
        best = cycles;
      }
    }
  return largest > leastShare ? best : null;
}
