import * as tf from '@tensorflow/tfjs-core';
import {
  anglesOf,
  rowProducts,
  rowSquares,
  rowSums,
  unitRows,
} from './angles.js';
import { convolve } from './convolution.js';
import { softplus } from './layers.js';
import type { Batch, NetworkVariables } from './network.js';
import { matMul, matMulConstant, timesConstant } from './operations.js';
import type { SpectraModel, TrainingSet } from './training-set.js';

/** The parts of a training set that stay on the device, null where the set has none. */
export interface DeviceSet {
  /** N x channels. */
  readonly inputs: tf.Tensor;
  /** N x 1: |x̃|. */
  readonly norms: tf.Tensor;
  /** N x 1: 1 counts, 0 is masked. */
  readonly usable: tf.Tensor;
  /** N x R abundances of the start. */
  readonly prior: tf.Tensor | null;
  /** R x channels, unit rows: directions of the start. */
  readonly start: tf.Tensor | null;
  /** 1 x bands: w. */
  readonly weights: tf.Tensor | null;
  /** bands x channels: w∘V, and its transpose. */
  readonly basis: readonly [tf.Tensor, tf.Tensor] | null;
}

export function uploadSet(set: TrainingSet): DeviceSet {
  const { channels, endmembers, model } = set;
  const pixels = set.width * set.height;
  const started = model.kind === 'coordinates' ? model : null;
  const spectra = model.kind === 'spectra' ? model : null;
  return {
    inputs: tf.tensor2d(set.inputs, [pixels, channels]),
    norms: tf.tensor2d(set.norms, [pixels, 1]),
    usable: tf.tensor2d(Float32Array.from(set.usable), [pixels, 1]),
    prior: started && tf.tensor2d(started.abundances, [pixels, endmembers]),
    start:
      started &&
      tf.tidy(() =>
        unitRows(tf.tensor2d(started.endmembers, [endmembers, channels])),
      ),
    weights: spectra && tf.tensor2d(spectra.weights, [1, spectra.bands]),
    basis: spectra && weightedBasis(spectra, channels),
  };
}

function weightedBasis(
  { basis, weights, bands }: SpectraModel,
  channels: number,
): DeviceSet['basis'] {
  if (!basis) return null;
  const transposed = tf.tensor2d(
    basis.map((v, i) => v * weights[i % bands]),
    [channels, bands],
  );
  return [tf.transpose(transposed), transposed];
}

export function disposeSet(device: DeviceSet): void {
  device.inputs.dispose();
  device.norms.dispose();
  device.usable.dispose();
  device.prior?.dispose();
  device.start?.dispose();
  device.weights?.dispose();
  device.basis?.forEach((one) => one.dispose());
}

/** Weighted mean over pixels, a scalar. */
export const meanOver = ({ shares }: Batch, column: tf.Tensor): tf.Scalar =>
  tf.sum<tf.Scalar>(tf.mul(column, shares));

/**
 * Weighted spectral angle of each pixel and its reconstruction, n x 1 radians (Eq. 4 of Pande et al. 2026):
 * arccos( <x̃, ỹ> / (|x̃| |ỹ|) ) with x̃ = w∘x and ỹ = Σ_q Ẽ_q a_q over the decoder's taps q.
 *
 * In a subspace x̃ ≈ V z, so <x̃, ỹ> = Σ_q zᵀ (VᵀẼ_q) a_q, and |x̃| is known exactly. For a decoder of one tap |ỹ|² = aᵀ(ẼᵀẼ)a is exact too;
 * for more it is the length within the span.
 */
export function pixelAngles(
  network: NetworkVariables,
  device: DeviceSet,
  batch: Batch,
  decoder: number,
  abundances: tf.Tensor,
): tf.Tensor {
  const { inputs, norms } = batch;
  const { weights, basis } = device;
  const spectra = weights ? softplus(network.decoder) : network.decoder;
  // Eq. 4: w enters both vectors, so the product carries w².
  const weighted = (x: tf.Tensor): tf.Tensor =>
    weights ? tf.mul(x, weights) : x;
  const rows = basis ? timesConstant(spectra, ...basis) : weighted(spectra);
  const measured = basis ? inputs : weighted(inputs);
  if (decoder > 1) {
    const modelled = convolve(abundances, rows, decoder, batch);
    return anglesOf(
      rowProducts(measured, modelled),
      rowSquares(modelled),
      norms,
    );
  }
  const whole = basis ? weighted(spectra) : rows;
  const gram = matMul(whole, tf.transpose(whole));
  return anglesOf(
    rowProducts(matMulConstant(measured, tf.transpose(rows)), abundances),
    rowProducts(matMul(abundances, gram), abundances),
    norms,
  );
}

/**
 * What holds a started network to its start, a scalar: the mean squared angle of the endmembers (2 - 2 cos, equal for small angles)
 * and the mean squared change of the abundances. Zero for a random start.
 */
export function anchorPenalty(
  network: NetworkVariables,
  { start }: DeviceSet,
  batch: Batch,
  abundances: tf.Tensor,
): tf.Scalar {
  if (!start || !batch.prior) return tf.scalar(0);
  const [endmembers, channels] = start.shape;
  const rows = tf.sum(
    tf.reshape(network.decoder, [-1, endmembers, channels]),
    0,
  );
  const cosines = rowSums(tf.mul(unitRows(rows), start));
  const turned = tf.mean<tf.Scalar>(tf.sub(2, tf.mul(cosines, 2)));
  const moved = meanOver(
    batch,
    rowSums(tf.square(tf.sub(abundances, batch.prior))),
  );
  return tf.add(turned, moved);
}
