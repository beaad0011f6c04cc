import * as tf from '@tensorflow/tfjs-core';
import { columnSums, differentiable } from './operations.js';

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

/** Of 2 artanh(s) / s for s² from 0 to 1/9, highest power first: the least relative error of a cubic in s², 1.7e-7. */
const softplusSeries = [0.3422604, 0.39589443, 0.66676005, 1.99999967] as const;

/**
 * log(1 + exp x). The logarithms of the wasm backend are slow: with u = exp(-|x|) and s = u / (2 + u) ≤ 1/3,
 * log(1 + u) = 2 artanh s, as a short polynomial. Within 4e-7 of the part above relu.
 */
export const softplus = differentiable(
  (keep, x) => {
    keep([x]);
    const below = tf.elu(tf.neg(tf.abs(x))); // u - 1
    const s = tf.div(tf.add(below, 1), tf.add(below, 3));
    const squared = tf.square(s);
    const [first, ...rest] = softplusSeries;
    const series = rest.reduce<tf.Tensor>(
      (sum, coefficient) => tf.add(tf.mul(sum, squared), coefficient),
      tf.scalar(first),
    );
    return tf.add(tf.relu(x), tf.mul(series, s));
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
