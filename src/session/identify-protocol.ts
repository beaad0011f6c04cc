import type { SpectralAxis } from '../spectral/axis.js';
import type { Spectra } from '../spectral/cube.js';
import type { ErrorData } from '../spectral/errors.js';
import type { Identification, Measure } from './identify.js';

/** Spectra to be named, and what they are compared with. */
export interface Search {
  /** Libraries that were handed over before, by their ids, with the names that candidates bear as their source. */
  readonly libraries: readonly { readonly id: string; readonly name: string }[];
  readonly axis: SpectralAxis;
  /** One a band: reliability, 0 where it shall not count. */
  readonly weights: Float64Array;
  /** R x bands, row r is one spectrum. */
  readonly spectra: Float32Array;
  readonly measure: Measure;
  /** Candidates told of each, at least 1. */
  readonly most: number;
  /** Most references in a sum; below 2 no sums are sought. */
  readonly members: number;
  /** The references were measured in transmission: their absorbance is multiplied by the penetration depth. */
  readonly penetration: boolean;
}

/** Evidence on one spectrum, and its candidates as they are drawn over it. */
export interface Found extends Identification {
  /** One a candidate, one value a band; NaN where the reference has none. */
  readonly lines: readonly Float32Array[];
  /** The same of each mixture. */
  readonly sums: readonly Float32Array[];
}

/** What came of a search. */
export interface Findings {
  /** One a spectrum. */
  readonly found: readonly Found[];
  /** How many references there were to compare with. */
  readonly references: number;
  /** Lists that could not be compared, a sentence each. */
  readonly skipped: readonly string[];
}

/** Page to worker. A search ends the one before it. */
export type ToIdentifier =
  | {
      readonly type: 'hold';
      readonly library: string;
      readonly lists: readonly Spectra[];
    }
  | { readonly type: 'drop'; readonly library: string }
  | {
      readonly type: 'search';
      readonly ticket: number;
      readonly search: Search;
    }
  | { readonly type: 'cancel' };

/** Worker to page. */
export type FromIdentifier =
  | {
      readonly type: 'progress';
      readonly ticket: number;
      readonly fraction: number;
    }
  | {
      readonly type: 'found';
      readonly ticket: number;
      readonly findings: Findings;
    }
  | {
      readonly type: 'error';
      readonly ticket: number;
      readonly error: ErrorData;
    };
