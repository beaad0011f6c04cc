import { orthonormalRows } from '../algorithms/dense.js';
import { findFringe, fringePair } from '../algorithms/fringes.js';
import { gasDirections } from '../algorithms/gas.js';
import { baselines, type Terms } from '../algorithms/nuisance.js';
import {
  leadingSubspace,
  takeOut,
  type Subspace,
  type WeightedSpectra,
} from '../algorithms/subspace.js';
import type { SpectralAxis } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import type { Pace } from '../spectral/pace.js';
import { randomSource } from '../spectral/random.js';
import { leastBandsForBaseline } from './usable.js';

/** Directions sought before the rank is known. */
const soughtDimensions = 36;
/** A singular value counts as signal this far above the noise edge. */
const signalEdge = 1.05;

/** Enough for a sample between two surfaces and what its fringes leave. */
const mostFringes = 3;

/** Singular values in units of the noise edge: what pure noise of standard deviation `noise` would reach. */
export function aboveNoise(
  values: Float64Array,
  pixels: number,
  bands: number,
  noise: number,
): Float64Array {
  const edge = 1 + Math.sqrt(bands / pixels);
  return values.map((s) => s / Math.sqrt(pixels) / noise / edge);
}

export const countSignal = (above: Float64Array): number =>
  above.filter((q) => q > signalEdge).length;

export interface Whitened {
  readonly source: WeightedSpectra;
  readonly space: Subspace;
  /** Nuisance rows in whitened coordinates, over the included bands. */
  readonly terms: Terms | null;
  /** Cycles over the axis of each fringe among the terms. */
  readonly fringes: readonly number[];
}

const join = (...parts: readonly Terms[]): Terms => ({
  names: parts.flatMap(({ names }) => names),
  rows: Float64Array.from(parts.flatMap(({ rows }) => [...rows])),
});

/** Baselines and fringes, which have a value on every band. */
const knownTerms = (
  axis: SpectralAxis,
  bands: Uint32Array,
  fringes: readonly number[],
): Terms =>
  join(
    baselines(axis, bands),
    ...fringes.map((cycles) => fringePair(axis, bands, cycles)),
  );

/** Takes baselines, fringes and gas out of whitened spectra on a wavenumber axis; elsewhere nothing. */
export async function removeNuisance(
  source: WeightedSpectra,
  noise: number,
  pace: Pace,
  onProgress: (fraction: number) => void,
): Promise<Whitened> {
  const { bands, weights } = source;
  const { axis } = source.cube;
  const length = bands.length;
  const apply = axis.unit === 'cm-1' && length >= leastBandsForBaseline;
  const fringes: number[] = [];
  const known = (): Terms => {
    const { names, rows } = knownTerms(axis, bands, fringes);
    return { names, rows: rows.map((v, i) => v * weights[i % length]) };
  };
  const away = (): Float64Array => {
    const { names, rows } = known();
    return orthonormalRows(rows, names.length, length).rows;
  };
  let space = await leadingSubspace(
    source,
    soughtDimensions,
    apply ? away() : new Float64Array(0),
    randomSource(1),
    pace,
    onProgress,
  );
  if (!apply) return { source, space, terms: null, fringes };
  const signal = (): Float64Array =>
    space.directions.slice(
      0,
      length *
        countSignal(
          aboveNoise(space.values, source.pixels.length, length, noise),
        ),
    );
  while (fringes.length < mostFringes) {
    const search = { axis, bands, weights, signal: signal(), away: away() };
    const found = await findFringe(search, pace);
    if (found === null) break;
    fringes.push(found);
    space = await takeOut(source, space, away(), pace);
  }
  const held = signal();
  const positions = Float64Array.from(bands, (b) => axis.values[b]);
  const gas = gasDirections({
    signal: held,
    noise: Float64Array.from(
      space.values.subarray(0, held.length / length),
      (s) => (noise / s) ** 2,
    ),
    away: away(),
    positions,
  });
  if (gas.names.length > 0)
    space = await takeOut(source, space, gas.rows, pace);
  return { source, space, terms: join(known(), gas), fringes };
}

/** Rows over the included bands become rows over all bands, 0 elsewhere. */
export function widen(
  rows: Float64Array,
  count: number,
  included: Uint32Array,
  bands: number,
  factor: (band: number) => number = () => 1,
): Float32Array {
  const out = new Float32Array(count * bands);
  for (let k = 0; k < count; k++)
    included.forEach((b, i) => {
      out[k * bands + b] = rows[k * included.length + i] * factor(i);
    });
  return out;
}

/** Nuisance terms in the unit of the data: baselines and fringes on every band, gas on those that its search saw. */
export function physicalTerms(
  { axis }: Cube,
  { names, rows }: Terms,
  fringes: readonly number[],
  { bands: included, weights }: WeightedSpectra,
): Float32Array {
  const bands = axis.values.length;
  const spectra = widen(
    rows,
    names.length,
    included,
    bands,
    (i) => 1 / weights[i],
  );
  const everyBand = Uint32Array.from(axis.values, (_, b) => b);
  spectra.set(knownTerms(axis, everyBand, fringes).rows);
  return spectra;
}
