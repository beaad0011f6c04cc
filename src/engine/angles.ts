import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './operations.js';

/** Keeps squared lengths from zero. */
const tiny = 1e-20;
/** The cosine is clamped this far from ±1, where the derivative of arccos has its poles. */
const clamp = 1e-7;

export const rowSums = (x: tf.Tensor): tf.Tensor => tf.sum(x, 1, true);

export const unitRows = (x: tf.Tensor): tf.Tensor =>
  tf.div(x, tf.sqrt(tf.add(rowSums(tf.square(x)), tiny)));

/** Product of each row with its like, n x 1. */
export const rowProducts = differentiable(
  (keep, a, b) => {
    keep([a, b]);
    return rowSums(tf.mul(a, b));
  },
  (dy, [a, b]) => [tf.mul(b, dy), tf.mul(a, dy)],
);

/** Square of each row, n x 1. */
export const rowSquares = differentiable(
  (keep, a) => {
    keep([a]);
    return rowSums(tf.square(a));
  },
  (dy, [a]) => [tf.mul(a, tf.mul(dy, 2))],
);

/**
 * Angles θ = arccos( p / (|x| √s) ), n x 1 radians, of products p and squared lengths s with vectors of constant length |x|, n x 1 each.
 * dθ/dp = -1 / (sin θ |x| √s) and dθ/ds = cos θ / (2 s sin θ); both are zero where the cosine is clamped.
 */
export function anglesOf(
  products: tf.Tensor,
  squares: tf.Tensor,
  lengths: tf.Tensor,
): tf.Tensor {
  return differentiable(
    (keep, product, square) => {
      const safe = tf.add(square, tiny);
      const both = tf.mul(lengths, tf.sqrt(safe));
      const cosine = tf.div(product, both);
      const clamped = tf.clipByValue(cosine, clamp - 1, 1 - clamp);
      keep([cosine, clamped, both, safe]);
      // Some backends clamp NaN to a bound: a diverged network would look perfect.
      return tf.add(tf.acos(clamped), tf.mul(cosine, 0));
    },
    (dy, [cosine, clamped, both, safe]) => {
      const sine = tf.sqrt(tf.sub(1, tf.square(clamped)));
      const inside = tf.cast(tf.equal(cosine, clamped), 'float32');
      const slope = tf.div(tf.mul(dy, inside), sine);
      return [
        tf.neg(tf.div(slope, both)),
        tf.div(tf.mul(tf.mul(slope, cosine), 0.5), safe),
      ];
    },
  )(products, squares);
}
