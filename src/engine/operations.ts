import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

type Keep = (tensors: tf.Tensor[]) => void;

/**
 * An operation of tensors with its own gradient.
 * @param forward gives what `backward` needs to `keep`: all else is gone by then
 */
export function differentiable(
  forward: (keep: Keep, ...inputs: tf.Tensor[]) => tf.Tensor,
  backward: (dy: tf.Tensor, kept: tf.Tensor[]) => tf.Tensor[],
): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...given) => {
    const inputs = given.filter((x) => x instanceof tf.Tensor);
    const keep = given.find((x) => typeof x === 'function');
    return {
      value: forward(keep ?? (() => undefined), ...inputs),
      gradFunc: backward,
    };
  });
}

/**
 * Product of two matrices. tfjs differentiates its own product with transpose flags, which its wasm backend runs
 * ten times slower than a product of explicitly transposed matrices.
 */
export const matMul = differentiable(
  (keep, a, b) => {
    keep([a, b]);
    return tf.matMul(a, b);
  },
  (dy, [a, b]) => [
    tf.matMul(dy, tf.transpose(b)),
    tf.matMul(tf.transpose(a), dy),
  ],
);

/** Product of a constant matrix and a trained one: the constant's gradient is never computed. */
export const matMulConstant = (constant: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  differentiable(
    (keep, x) => {
      keep([constant]);
      return tf.matMul(constant, x);
    },
    (dy, [left]) => [tf.matMul(tf.transpose(left), dy)],
  )(b);

/**
 * Product of a trained matrix and a constant one, of which the transpose is at hand too.
 * @param transposed must live until the gradient is taken: a copy would be as dear as the product
 */
export const timesConstant = (
  a: tf.Tensor,
  constant: tf.Tensor,
  transposed: tf.Tensor,
): tf.Tensor =>
  differentiable(
    (_, x) => tf.matMul(x, constant),
    (dy) => [tf.matMul(dy, transposed)],
  )(a);

/**
 * Sum of the rows, 1 x columns. On wasm `tf.sum` turns the matrix first, which takes up to ten times as long as a pool over all rows;
 * on a GPU a pool of so many is slow.
 */
export function columnSums(x: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== 'wasm') return tf.sum(x, 0, true);
  const [rows, columns] = x.shape;
  const image = tf.reshape<tf.Rank.R4>(x, [1, rows, 1, columns]);
  const mean = tf.avgPool(image, [rows, 1], 1, 'valid');
  return tf.mul(tf.reshape(mean, [1, columns]), rows);
}

/** Row numbers as `gatherRows` wants them. */
export const rowNumbers = (rows: Int32Array): tf.Tensor2D =>
  tf.tensor2d(rows, [rows.length, 1], 'int32');

/** Whole rows of a matrix by their numbers. On wasm `tf.gather` copies number by number, fifty times slower. */
export const gatherRows = (x: tf.Tensor, rows: tf.Tensor2D): tf.Tensor =>
  tf.gatherND(x, rows);
