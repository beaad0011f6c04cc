import type { SpectralAxis, Window } from '../spectral/axis.js';
import { dot, timesTransposed } from './dense.js';
import { symmetricEigen } from './small.js';

/** Rows over a set of bands with the names they are shown by. */
export interface Terms {
  readonly names: readonly string[];
  /** Count x bands. */
  readonly rows: Float64Array;
}

/** Where water vapour has its lines, cm-1. */
const waterWindows: readonly Window[] = [
  [1300, 2000],
  [3450, 3950],
];
/** Where the wings of carbon dioxide reach, cm-1. */
const carbonWindow: Window = [2200, 2480];
const mostGases = 4;
const leastWaterShare = 0.75;
const leastCarbonShare = 0.7;
/** Second-difference energy of a unit direction that only lines as narrow as a gas's reach, at `referenceStep`. */
const leastRoughness = 0.02;
const referenceStep = 1.93; // cm-1 between bands
const outsidePenalty = 3;

const inside = (position: number, windows: readonly Window[]): boolean =>
  windows.some(([low, high]) => position >= low && position <= high);

/** Smooth baselines 1, t and t² over the axis, t from -1 to 1, one value for each of `bands`. */
export function baselines({ values }: SpectralAxis, bands: Uint32Array): Terms {
  const first = values[0];
  const span = values[values.length - 1] - first || 1;
  const count = bands.length;
  const rows = new Float64Array(3 * count);
  bands.forEach((b, i) => {
    const t = (2 * (values[b] - first)) / span - 1;
    rows[i] = 1;
    rows[count + i] = t;
    rows[2 * count + i] = t * t;
  });
  return {
    names: ['Baseline offset', 'Baseline slope', 'Baseline curve'],
    rows,
  };
}

function weightedSum(
  rows: Float64Array,
  length: number,
  weights: Float64Array,
): Float64Array {
  const out = new Float64Array(length);
  weights.forEach((weight, k) => {
    for (let b = 0; b < length; b++) out[b] += weight * rows[k * length + b];
  });
  return out;
}

/** Second differences of each row at the bands with a neighbour on either side, where `use` says so; 0 elsewhere. */
function secondDifferences(
  rows: Float64Array,
  count: number,
  length: number,
  use: (band: number) => boolean,
): Float64Array {
  const out = new Float64Array(rows.length);
  for (let b = 1; b < length - 1; b++)
    if (use(b))
      for (let k = 0; k < count; k++) {
        const i = k * length + b;
        out[i] = rows[i + 1] - 2 * rows[i] + rows[i - 1];
      }
  return out;
}

const gram = (rows: Float64Array, count: number, length: number) =>
  timesTransposed(rows, count, rows, count, length);

/** The direction in the span with the sharpest lines inside the water windows and the fewest outside. */
function waterDirection(
  rows: Float64Array,
  count: number,
  positions: Float64Array,
  step: number,
): Float64Array | null {
  const length = positions.length;
  const contiguous = (b: number) =>
    Math.abs(positions[b + 1] - positions[b - 1]) < 3 * step;
  const isWater = (b: number) => inside(positions[b], waterWindows);
  const within = gram(
    secondDifferences(rows, count, length, (b) => contiguous(b) && isWater(b)),
    count,
    length,
  );
  const outside = gram(
    secondDifferences(rows, count, length, (b) => contiguous(b) && !isWater(b)),
    count,
    length,
  );
  const contrast = within.map((v, i) => v - outsidePenalty * outside[i]);
  const { vectors } = symmetricEigen(contrast, count);
  const along = vectors.slice(0, count);
  const direction = weightedSum(rows, length, along);
  const rough = secondDifferences(direction, 1, length, contiguous);
  const share = shareInside(direction, positions, waterWindows);
  return dot(rough, rough) > leastRoughness * (step / referenceStep) ** 4 &&
    share > leastWaterShare
    ? along
    : null;
}

function shareInside(
  direction: Float64Array,
  positions: Float64Array,
  windows: readonly Window[],
): number {
  let within = 0;
  for (let b = 0; b < direction.length; b++)
    if (inside(positions[b], windows)) within += direction[b] ** 2;
  return within / (dot(direction, direction) || 1);
}

/** The direction in the span with the largest share of its energy around carbon dioxide. */
function carbonDirection(
  rows: Float64Array,
  count: number,
  positions: Float64Array,
): Float64Array | null {
  const cut = rows.map((v, i) =>
    inside(positions[i % positions.length], [carbonWindow]) ? v : 0,
  );
  const { values, vectors } = symmetricEigen(
    gram(cut, count, positions.length),
    count,
  );
  return values[0] > leastCarbonShare ? vectors.slice(0, count) : null;
}

/** Orthonormal rows of the span of `rows` that are at right angles to the unit combination `along`. */
export function without(
  rows: Float64Array,
  count: number,
  length: number,
  along: Float64Array,
): Float64Array {
  // Eigenvectors of I - along alongᵀ with eigenvalue 1 are the complement.
  const projector = Float64Array.from({ length: count * count }, (_, i) => {
    const row = Math.floor(i / count);
    const column = i % count;
    return (row === column ? 1 : 0) - along[row] * along[column];
  });
  const { vectors } = symmetricEigen(projector, count);
  const out = new Float64Array((count - 1) * length);
  for (let k = 0; k < count - 1; k++)
    out.set(
      weightedSum(rows, length, vectors.subarray(k * count, (k + 1) * count)),
      k * length,
    );
  return out;
}

/**
 * Directions of water vapour and carbon dioxide inside the span of the signal, at most four, orthonormal.
 * Gas lines are far narrower than the bands of solids and lie in known windows.
 * @param signal orthonormal rows, count x positions, that span what stands above the noise
 * @param positions wavenumber of each band, cm-1
 */
export function gasDirections(
  signal: Float64Array,
  count: number,
  positions: Float64Array,
): Terms {
  const length = positions.length;
  const steps = Math.abs(positions[length - 1] - positions[0]) / (length - 1);
  const names: string[] = [];
  const found: Float64Array[] = [];
  let rows = signal;
  for (let left = count; left > 1 && found.length < mostGases; left--) {
    const water = waterDirection(rows, left, positions, steps);
    const along = water ?? carbonDirection(rows, left, positions);
    if (!along) break;
    names.push(water ? 'Water vapour' : 'Carbon dioxide');
    found.push(weightedSum(rows, length, along));
    rows = without(rows, left, length, along);
  }
  const out = new Float64Array(found.length * length);
  found.forEach((row, i) => out.set(row, i * length));
  return { names, rows: out };
}
