import type { Cube } from '../spectral/cube.js';

/** Weights before they are held non-negative: without bias, but with noise. */
export interface FreeWeights {
  /** Kept pixels x (R + V). */
  readonly values: Float64Array;
  /** Covariance of their noise in every pixel, square. */
  readonly noise: Float64Array;
}

/**
 * Model X ≈ G S + C B in the unit of the data: weights G, endmembers S, nuisance terms B with coefficients C. Spectra by which
 * the endmembers vary from place to place may stand behind them: they are fitted alike, but hug no envelope.
 */
export interface RefitProblem {
  readonly cube: Cube;
  /** Pixels that take part, ascending. */
  readonly kept: Uint32Array;
  /** Whitening weight of each band, 0 = the band does not count in the fit. */
  readonly bandWeights: Float64Array;
  /** G: kept pixels x (R + V). */
  readonly weights: Float64Array;
  readonly free: FreeWeights;
  /** R. */
  readonly endmembers: number;
  /** V. */
  readonly variations: number;
  /** B: terms x bands; the first `smooth` rows are the baseline. */
  readonly terms: Float64Array;
  readonly termCount: number;
  readonly smooth: number;
}
