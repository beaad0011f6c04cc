import type { Pace } from '../spectral/pace.js';
import { dot } from './dense.js';
import {
  type FactorData,
  type Factorised,
  hasSettled,
  spectraSystem,
  type SpectraSystem,
  visible,
  wantedRow,
  weigh,
} from './factors.js';

const mostRounds = 100;
/** Sweeps over the spectra before the weights take their turn. */
const sweeps = 10;

export interface Constraints {
  /** Weights of every point sum to one. */
  readonly closure: boolean;
  /** One flag a spectrum: kept as it starts, up to its strength. */
  readonly fixed: readonly boolean[];
}

/** Row r as strong as the data want it; left as it is where they want nothing of it. */
function rescale(
  spectra: Float64Array,
  seen: Float64Array,
  wanted: Float64Array,
  own: number,
  r: number,
): void {
  const row = seen.subarray(r * wanted.length, (r + 1) * wanted.length);
  const factor = dot(row, wanted) / (own * dot(row, row));
  if (!(factor > 0 && Number.isFinite(factor))) return;
  for (const rows of [spectra, seen])
    for (let i = r * wanted.length; i < (r + 1) * wanted.length; i++)
      rows[i] *= factor;
}

/** One row at a time to its least squares, held non-negative: each change lowers the cost. */
function moveSpectra(
  data: FactorData,
  system: SpectraSystem,
  spectra: Float64Array,
  seen: Float64Array,
  { closure, fixed }: Constraints,
): void {
  const { bands } = data;
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (let r = 0; r < fixed.length; r++) {
      const own = system.overlap[r * (fixed.length + 1)];
      if (own === 0) continue;
      const wanted = wantedRow(system, seen, r, bands);
      if (fixed[r]) {
        // Without closure the weights have the strength.
        if (closure) rescale(spectra, seen, wanted, own, r);
        continue;
      }
      const row = spectra.subarray(r * bands, (r + 1) * bands);
      for (let b = 0; b < bands; b++)
        row[b] = Math.max(0, row[b] + wanted[b] / own - seen[r * bands + b]);
      seen.set(visible(row, data), r * bands);
    }
}

/**
 * Multivariate curve resolution by alternating least squares (Tauler 1995): X ≈ G T with G ≥ 0 and T ≥ 0. The weights are solved for
 * exactly (Bro & de Jong 1997), the spectra row by row (hierarchical alternating least squares, Cichocki & Phan 2009), which
 * stays a descent where baseline and gas are projected out. Fixed spectra keep their shape, whatever its sign.
 * @param start R x bands
 */
export async function curveResolution(
  data: FactorData,
  start: Float64Array,
  constraints: Constraints,
  pace: Pace,
  stop?: AbortSignal,
): Promise<Factorised> {
  const spectra = start.slice();
  const seen = visible(spectra, data);
  const costs: number[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const { weights, cost } = weigh(data, seen, constraints.closure);
    costs.push(cost);
    if (stop?.aborted || hasSettled(costs)) break;
    await pace();
    const system = spectraSystem(data, weights);
    moveSpectra(data, system, spectra, seen, constraints);
    await pace();
  }
  return { spectra, costs };
}
