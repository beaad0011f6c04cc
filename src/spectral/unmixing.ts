import type { SpectralAxis } from './axis.js';

/** Terms of the model that are no material: baseline polynomials, fringes and gas. */
export interface Nuisance {
  readonly names: readonly string[];
  /** M x bands, row m is one term. */
  readonly spectra: Float32Array;
  /** Pixels x M. */
  readonly coefficients: Float32Array;
}

/** How well the model tells the measured spectra. */
export interface Residual {
  /** Root mean square over unmasked pixels and included bands, in the unit of the data. */
  readonly rmse: number;
  /** Mean spectral angle over unmasked pixels and included bands, radians. */
  readonly meanAngle: number;
  /** Root mean square of each pixel, 0 where masked. */
  readonly rmseMap: Float32Array;
  /** Spectral angle of each pixel, radians, 0 where masked. */
  readonly angleMap: Float32Array;
  /** Root mean square of each band over unmasked pixels. */
  readonly spectrum: Float32Array;
}

/** How far seeds and samples of pixels disagree on an unmixing: the part of the doubt that repeating can tell. */
export interface Spread {
  /** How many unmixings were matched and compared, at least 2. */
  readonly runs: number;
  /** R x L standard deviations, unit of the data, of spectra at equal heights. */
  readonly endmembers: Float32Array;
  /** N x R standard deviations; 0 where masked. */
  readonly abundances: Float32Array;
  /** R mean angles between the spectrum shown and its matches, radians. */
  readonly angles: Float32Array;
}

/**
 * Result of unmixing an image of N pixels into R endmembers over L bands:
 * x_n ≈ gain_n · Σ_r a_nr s_r + Σ_m c_nm t_m, with a ≥ 0 and Σ_r a_nr = 1.
 */
export interface Unmixing {
  readonly width: number;
  readonly height: number;
  readonly axis: SpectralAxis;
  /** R names, shown to the user; "Endmember 1" until renamed. */
  readonly names: readonly string[];
  /**
   * R x L in the unit of the data; value (r, b) lies at r * L + b. All rows
   * share one maximum, so abundances compare strengths of equally tall spectra.
   */
  readonly endmembers: Float32Array;
  /** N x R; pixel n's shares lie at n * R. Rows sum to one (under the rule `nnls` to the strength of the pixel), masked pixels are 0. */
  readonly abundances: Float32Array;
  /** N overall strengths, 0 where masked; under the rule `nnls` 1. */
  readonly gain: Float32Array;
  readonly nuisance: Nuisance | null;
  /** One byte a pixel, 1 = left out (dead, saturated, not finite, or masked by the user). */
  readonly mask: Uint8Array;
  /** One byte a band, 1 = left out of fit and figures. */
  readonly excludedBands: Uint8Array;
  readonly residual: Residual;
  /** Null where the endmembers were sought once. */
  readonly spread: Spread | null;
  /** Share of negative values before constraints, 0 to 1. */
  readonly negativeShare: {
    readonly endmembers: number;
    readonly abundances: number;
  };
}

/** The endmembers of an unmixing without its maps, and in which bands they are known. */
export type EndmemberSet = Pick<
  Unmixing,
  'axis' | 'names' | 'endmembers' | 'excludedBands'
>;

/** What an endmember is called until it is named, by its place from 0. */
export const endmemberName = (endmember: number): string =>
  `Endmember ${endmember + 1}`;
