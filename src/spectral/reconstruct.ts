import type { Unmixing } from './unmixing.js';

/** What the model of an unmixing makes of one pixel of L bands with R endmembers. */
export interface PixelModel {
  /** L values, unit of the data: all contributions and the nuisance terms. */
  readonly reconstruction: Float32Array;
  /** R x L: what each endmember adds. */
  readonly contributions: Float32Array;
  /** R shares, as in Unmixing.abundances. */
  readonly shares: Float32Array;
  /** Between reconstruction and measured spectrum over the included bands, radians. */
  readonly angle: number;
  /** Root mean square of their difference over the included bands, unit of the data. */
  readonly rmse: number;
}

/** What the nuisance terms add to a pixel: L values, unit of the data. */
export function nuisanceOf(
  { endmembers, names, nuisance }: Unmixing,
  pixel: number,
): Float32Array {
  const bands = endmembers.length / names.length;
  const sum = new Float32Array(bands);
  const terms = nuisance?.names.length ?? 0;
  for (let m = 0; m < terms; m++)
    for (let b = 0; b < bands; b++)
      sum[b] +=
        (nuisance?.spectra[m * bands + b] ?? 0) *
        (nuisance?.coefficients[pixel * terms + m] ?? 0);
  return sum;
}

/**
 * The model of a pixel: x_n ≈ gain_n · Σ_r a_nr s_r + Σ_m c_nm t_m, as told at Unmixing.
 * @param pixel y * width + x
 * @returns null for a pixel that is left out
 */
export function reconstruct(
  unmixing: Unmixing,
  pixel: number,
): PixelModel | null {
  if (unmixing.mask[pixel]) return null;
  const { endmembers, abundances, gain, residual } = unmixing;
  const order = unmixing.names.length;
  const bands = endmembers.length / order;
  const shares = abundances.slice(pixel * order, (pixel + 1) * order);
  const contributions = new Float32Array(order * bands);
  const reconstruction = nuisanceOf(unmixing, pixel);
  for (let r = 0; r < order; r++)
    for (let b = 0; b < bands; b++) {
      const i = r * bands + b;
      contributions[i] = endmembers[i] * gain[pixel] * shares[r];
      reconstruction[b] += contributions[i];
    }
  return {
    reconstruction,
    contributions,
    shares,
    angle: residual.angleMap[pixel],
    rmse: residual.rmseMap[pixel],
  };
}
