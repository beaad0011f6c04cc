import type { Window } from '../spectral/axis.js';
import { dot, orthonormalRows, times, timesTransposed } from './dense.js';
import type { Terms } from './nuisance.js';
import { inverseRoot, symmetricEigen } from './small.js';
import { projectOut } from './subspace.js';

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
/** That energy must be so many times the energy outside the windows: above 1000 for vapour, below 20 for solids. */
const leastContrast = 50;
const leastOutside = 1e-6;

/** The span of the signal, in which gas is sought. */
export interface GasSearch {
  /** Orthonormal rows, count x positions, that span what stands above the noise. */
  readonly signal: Float64Array;
  /** Variance of the noise in each band of each row. */
  readonly noise: Float64Array;
  /** Orthonormal rows that were projected out of the signal (baselines and fringes), which hold every direction open by them. */
  readonly away: Float64Array;
  /** Wavenumber of each band, cm-1. */
  readonly positions: Float64Array;
}

/** Quadratic forms of a combination of the rows, count x count each. */
interface Forms {
  readonly rough: Float64Array;
  readonly water: Float64Array;
  readonly outsideWater: Float64Array;
  readonly outsideNoise: Float64Array;
  readonly carbon: Float64Array;
}

const inside = (position: number, windows: readonly Window[]): boolean =>
  windows.some(([low, high]) => position >= low && position <= high);

/** Second differences at the bands with a neighbour on either side, where `use` says so; 0 elsewhere. */
function secondDifferences(
  rows: Float64Array,
  length: number,
  use: (band: number) => boolean,
): Float64Array {
  const out = new Float64Array(rows.length);
  for (let b = 1; b < length - 1; b++)
    if (use(b))
      for (let start = 0; start < rows.length; start += length) {
        const i = start + b;
        out[i] = rows[i + 1] - 2 * rows[i] + rows[i - 1];
      }
  return out;
}

const only = (
  rows: Float64Array,
  length: number,
  use: (band: number) => boolean,
): Float64Array => rows.map((v, i) => (use(i % length) ? v : 0));

function formsOf(
  { signal, noise, away, positions }: GasSearch,
  step: number,
): Forms {
  const length = positions.length;
  const count = noise.length;
  const gram = (rows: Float64Array) =>
    timesTransposed(rows, count, rows, count, length);
  const isWater = (b: number) => inside(positions[b], waterWindows);
  const isOutside = (b: number) => !isWater(b);
  const known = orthonormalRows(
    only(away, length, isOutside),
    away.length / length,
    length,
    1e-6,
  );
  const rest = only(signal, length, isOutside);
  projectOut(rest, count, length, known.rows);
  const bandsOutside = positions.filter((_, b) => isOutside(b)).length;
  const outsideNoise = new Float64Array(count * count);
  noise.forEach((v, k) => (outsideNoise[k * (count + 1)] = v * bandsOutside));
  return {
    rough: gram(
      secondDifferences(
        signal,
        length,
        (b) =>
          isWater(b) &&
          Math.abs(positions[b + 1] - positions[b - 1]) < 3 * step,
      ),
    ),
    water: gram(only(signal, length, isWater)),
    outsideWater: gram(rest),
    outsideNoise,
    carbon: gram(
      only(signal, length, (b) => inside(positions[b], [carbonWindow])),
    ),
  };
}

/** The combination with the sharpest lines inside the water windows against what it holds outside of them. */
function waterDirection(
  { rough, water, outsideWater, outsideNoise }: Forms,
  count: number,
  step: number,
): Float64Array | null {
  const outside = outsideWater.map(
    (v, i) => v + outsideNoise[i] + (i % (count + 1) === 0 ? leastOutside : 0),
  );
  const root = inverseRoot(outside, count);
  const { vectors } = symmetricEigen(
    times(times(root, count, rough, count, count), count, root, count, count),
    count,
  );
  const along = times(vectors.slice(0, count), 1, root, count, count);
  const size = Math.sqrt(dot(along, along));
  for (let k = 0; k < count; k++) along[k] /= size;
  const form = (matrix: Float64Array): number =>
    dot(along, times(along, 1, matrix, count, count));
  const lines = form(rough) / (step / referenceStep) ** 4;
  return lines > leastRoughness &&
    lines > leastContrast * (form(outsideWater) - form(outsideNoise)) &&
    form(water) > leastWaterShare
    ? along
    : null;
}

/** The combination with the largest share of its energy around carbon dioxide. */
function carbonDirection(
  { carbon }: Forms,
  count: number,
): Float64Array | null {
  const { values, vectors } = symmetricEigen(carbon, count);
  return values[0] > leastCarbonShare ? vectors.slice(0, count) : null;
}

/** Orthonormal combinations, (count - 1) x count, at right angles to the unit one `along`. */
function without(along: Float64Array): Float64Array {
  // Eigenvectors of I - along alongᵀ with eigenvalue 1 are the complement.
  const count = along.length;
  const projector = Float64Array.from({ length: count * count }, (_, i) => {
    const row = Math.floor(i / count);
    const column = i % count;
    return (row === column ? 1 : 0) - along[row] * along[column];
  });
  return symmetricEigen(projector, count).vectors.slice(0, count * (count - 1));
}

/**
 * Directions of water vapour and carbon dioxide inside the span of the signal, at most four, orthonormal.
 * Gas lines are far narrower than the bands of solids and lie in known windows: vapour is the direction that has next to nothing
 * outside of them.
 */
export function gasDirections(search: GasSearch): Terms {
  const { signal, noise, positions } = search;
  const length = positions.length;
  const step = Math.abs(positions[length - 1] - positions[0]) / (length - 1);
  const names: string[] = [];
  const found: number[] = [];
  if (noise.length < 2) return { names, rows: new Float64Array(0) };
  let forms: Forms = formsOf(search, step);
  let turned: Float64Array = Float64Array.from(
    { length: noise.length ** 2 },
    (_, i) => Number(i % (noise.length + 1) === 0),
  );
  for (let left = noise.length; left > 1 && names.length < mostGases; left--) {
    const water = waterDirection(forms, left, step);
    const along = water ?? carbonDirection(forms, left);
    if (!along) break;
    names.push(water ? 'Water vapour' : 'Carbon dioxide');
    const combination = times(along, 1, turned, left, noise.length);
    found.push(...times(combination, 1, signal, noise.length, length));
    const rest = without(along);
    const turn = (form: Float64Array): Float64Array =>
      timesTransposed(
        times(rest, left - 1, form, left, left),
        left - 1,
        rest,
        left - 1,
        left,
      );
    forms = {
      rough: turn(forms.rough),
      water: turn(forms.water),
      outsideWater: turn(forms.outsideWater),
      outsideNoise: turn(forms.outsideNoise),
      carbon: turn(forms.carbon),
    };
    turned = times(rest, left - 1, turned, left, noise.length);
  }
  return { names, rows: Float64Array.from(found) };
}
