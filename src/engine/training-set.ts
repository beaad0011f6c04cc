/** What the network learns from, as plain arrays; N pixels of the whole image, masked ones with zero rows. */
export interface TrainingSet {
  readonly width: number;
  readonly height: number;
  readonly endmembers: number;
  /** One byte a pixel, 1 = counts in the loss. */
  readonly usable: Uint8Array;
  /** Numbers a pixel: K coordinates in the subspace, or all L bands. */
  readonly channels: number;
  /** N x channels, what the encoder reads. */
  readonly inputs: Float32Array;
  /** Length of each weighted spectrum, |x̃|, residual off the subspace included; 1 where masked. */
  readonly norms: Float32Array;
  readonly model: SpectraModel | CoordinatesModel;
}

/** The decoder holds non-negative spectra on all bands, as published. */
export interface SpectraModel {
  readonly kind: 'spectra';
  readonly bands: number;
  /** One factor a band (w of Eq. 4). */
  readonly weights: Float32Array;
  /** channels x bands, orthonormal rows over weighted bands; null where the channels are the bands themselves. */
  readonly basis: Float32Array | null;
}

/** The decoder holds the coordinates of each endmember, started from a solution and held to it. */
export interface CoordinatesModel {
  readonly kind: 'coordinates';
  /** R x channels. */
  readonly endmembers: Float32Array;
  /** N x R, rows sum to one. */
  readonly abundances: Float32Array;
}
