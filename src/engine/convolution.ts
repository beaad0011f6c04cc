import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './operations.js';

/** Equal patches, whose pixels are rows: patch after patch, row by row. */
export interface Patches {
  readonly patches: number;
  readonly height: number;
  readonly width: number;
}

type Shape4 = [number, number, number, number];

const as4 = (x: tf.Tensor, shape: Shape4): tf.Tensor4D =>
  tf.reshape<tf.Rank.R4>(x, shape);

/**
 * Convolution, with zeros beyond the edges of each patch, of an image, n x C, by a kernel, (side² · C) x F: n x F. Both are trained.
 * The kernel's tap q stands at offset (q mod side, q div side) - (side - 1) / 2.
 *
 * Both gradients are convolutions too, which every backend has: by the kernel turned, and of the image by the gradient, where patches and
 * channels change places.
 */
export function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  side: number,
  { patches, height, width }: Patches,
): tf.Tensor {
  const from = x.shape[1] ?? 0;
  const to = kernel.shape[1] ?? 0;
  const reach = (side - 1) / 2;
  const image: Shape4 = [patches, height, width, from];
  const outcome: Shape4 = [patches, height, width, to];
  const taps: Shape4 = [side, side, from, to];
  return differentiable(
    (keep, given, weights) => {
      keep([given, weights]);
      return tf.reshape(
        tf.conv2d(as4(given, image), as4(weights, taps), 1, 'same'),
        [-1, to],
      );
    },
    (dy, [given, weights]) => {
      const turned = tf.transpose(
        tf.reverse(as4(weights, taps), [0, 1]),
        [0, 1, 3, 2],
      );
      const margin: [number, number] = [reach, reach];
      const byChannel = tf.pad(tf.transpose(as4(given, image), [3, 1, 2, 0]), [
        [0, 0],
        margin,
        margin,
        [0, 0],
      ]);
      const byPatch = tf.transpose(as4(dy, outcome), [1, 2, 0, 3]);
      return [
        tf.reshape(tf.conv2d(as4(dy, outcome), turned, 1, 'same'), [-1, from]),
        tf.reshape(
          tf.transpose(tf.conv2d(byChannel, byPatch, 1, 'valid'), [1, 2, 0, 3]),
          [-1, to],
        ),
      ];
    },
  )(x, kernel);
}
