import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './operations.js';

const columnSums = (x: tf.Tensor): tf.Tensor => tf.sum(x, 0, true);

/** Adds a row to every row. */
export const addRow = differentiable(
  (_, x, row) => tf.add(x, row),
  (dy) => [dy, columnSums(dy)],
);

/** LeakyReLU: a factor of 1 above zero, of `slope` below. tfjs's own is ten times slower on wasm. */
export const leakyRelu = (x: tf.Tensor, slope: number): tf.Tensor =>
  differentiable(
    (keep, input) => {
      const factor = tf.step(input, slope);
      keep([factor]);
      return tf.mul(input, factor);
    },
    (dy, [factor]) => [tf.mul(dy, factor)],
  )(x);

/**
 * log(1 + exp x). The logarithms of the wasm backend are slow: with u = exp(-|x|) and s = u / (2 + u) ≤ 1/3,
 * log(1 + u) = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), of which six terms are exact to a single's last bit.
 */
export const softplus = differentiable(
  (keep, x) => {
    keep([x]);
    const below = tf.elu(tf.neg(tf.abs(x))); // u - 1
    const s = tf.div(tf.add(below, 1), tf.add(below, 3));
    const squared = tf.square(s);
    const series = [9, 7, 5, 3, 1].reduce<tf.Tensor>(
      (sum, odd) => tf.add(tf.mul(sum, squared), 1 / odd),
      tf.scalar(1 / 11),
    );
    return tf.add(tf.relu(x), tf.mul(tf.mul(series, s), 2));
  },
  (dy, [x]) => [tf.mul(dy, tf.sigmoid(x))],
);

/** Added to a variance: the usual constant. */
export const varianceFloor = 1e-5;

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of rows that count by `shares` (n x 1, sum one): (x - m) / √(v + 1e-5) · gamma + beta,
 * with mean m = Σ s x and variance v = Σ s (x - m)² of each column, which `told` hears of.
 *
 * With u the normalised rows and g the gradient, x has the gradient gamma / √(v + 1e-5) · (g - s (Σ g + u Σ g u)).
 */
export function normaliseBatch(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  shares: tf.Tensor,
  told: (mean: tf.Tensor, variance: tf.Tensor) => void,
): tf.Tensor {
  return differentiable(
    (keep, input, gain, offset) => {
      const mean = columnSums(tf.mul(input, shares));
      const centred = tf.sub(input, mean);
      const variance = columnSums(tf.mul(tf.square(centred), shares));
      told(mean, variance);
      const inverse = tf.rsqrt(tf.add(variance, varianceFloor));
      const unit = tf.mul(centred, inverse);
      keep([unit, tf.mul(inverse, gain), shares]);
      return tf.add(tf.mul(unit, gain), offset);
    },
    (dy, [unit, scale, counts]) => {
      const turned = columnSums(tf.mul(dy, unit));
      const sum = columnSums(dy);
      const common = tf.mul(tf.add(tf.mul(unit, turned), sum), counts);
      return [tf.mul(tf.sub(dy, common), scale), turned, sum];
    },
  )(x, gamma, beta);
}
