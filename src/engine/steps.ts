import type { Variability } from '../algorithms/variability.js';
import type { Cube } from '../spectral/cube.js';
import type { Nuisance, Unmixing } from '../spectral/unmixing.js';
import type { Backend, UnmixOptions } from './options.js';
import type { Preview, Progress } from './protocol.js';
import type { TrainingState } from './train.js';

/** What a step of a run is given besides its data. */
export interface StepTask {
  /** Ends without a result: rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Ends soon, with the best so far. */
  readonly stop?: AbortSignal;
  /** 0 to 1 within the step. */
  readonly onProgress?: (fraction: number) => void;
  readonly onPreview?: (preview: Preview) => void;
}

/** What a whole run is given. */
export interface RunTask extends Omit<StepTask, 'onProgress'> {
  readonly onProgress?: (progress: Progress) => void;
  /** Now and then while one network trains: what it can go on from. */
  readonly onCheckpoint?: (state: TrainingState, backend: Backend) => void;
}

/** Spectra that vary from place to place as s (1 + v u), u linear along the axis. */
export interface VaryingSpectra extends Variability {
  /** Coordinates of the kept pixels in the whole span of the signal: kept x dimensions. */
  readonly scores: Float64Array;
}

/** The cube after bad pixels, noise, whitening, nuisance and rank are known. Pixels count as in the cube, masked ones too. */
export interface Prepared {
  readonly cube: Cube;
  readonly options: UnmixOptions;
  /** One byte a pixel, 1 = left out. */
  readonly mask: Uint8Array;
  /** Indices of the pixels that are left, ascending. */
  readonly kept: Uint32Array;
  /** One byte a band, 1 = left out. */
  readonly excludedBands: Uint8Array;
  /** Noise standard deviation of each band, unit of the data. */
  readonly noise: Float32Array;
  /** Whitening weights, 0 on excluded bands. */
  readonly weights: Float32Array;
  /** Baseline polynomials, fringes and gas directions, unit of the data, M x L; null where none apply. */
  readonly nuisance: {
    readonly names: readonly string[];
    readonly spectra: Float32Array;
  } | null;
  /** Number of dimensions that stand above the noise, gas not counted. */
  readonly significantRank: number;
  /** Singular values of the whitened cube, largest first, in units of the noise edge. */
  readonly singularValues: Float32Array;
  /** K orthonormal directions over the bands, in whitened coordinates: value (k, b) at k * L + b. */
  readonly basis: Float32Array;
  /** Coordinates of the kept pixels: value (i, k) at i * K + k, pixel kept[i]. */
  readonly scores: Float32Array;
  readonly dimensions: number;
  /** Where spectra vary from place to place; scores and basis are then those of the steady directions. */
  readonly variability: VaryingSpectra | null;
  readonly warnings: readonly string[];
}

/** Endmembers and abundances before names, figures and scaling. */
export interface Solution {
  /** R x L in the unit of the data, any scale. */
  readonly endmembers: Float32Array;
  /** N x R, non-negative weights: x_n ≈ Σ_r g_nr s_r; 0 where masked. */
  readonly weights: Float32Array;
  readonly nuisance: Nuisance | null;
  readonly negativeShare: Unmixing['negativeShare'];
  /** R names, null where an endmember has none; left out where none has one. */
  readonly names?: readonly (string | null)[];
  readonly warnings: readonly string[];
}
