import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  createTaps,
  disposeTaps,
  gatherTaps,
  matMul,
  matMulConstant,
  scatterTaps,
} from '../../src/engine/operations.js';
import { randomSource } from '../../src/spectral/random.js';
import { difference } from './synthetic.js';

const patches = 2;
const height = 4;
const width = 5;
const rows = patches * height * width;
const random = randomSource(5);
const normals = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());

/** tfjs's own convolution with zero padding, whatever ranks the compiler knows of. */
const conv2d = (
  image: tf.Tensor,
  kernel: tf.Tensor,
  [side, from, to]: readonly [number, number, number],
): tf.Tensor =>
  tf.conv2d(
    tf.reshape<tf.Rank.R4>(image, [patches, height, width, from]),
    tf.reshape<tf.Rank.R4>(kernel, [side, side, from, to]),
    1,
    'same',
  );

/** Kernel of `conv2d` (side, side, in, out) → taps as our products want them: in x (side² · out), taps mirrored. */
function asScatter(
  kernel: tf.Tensor,
  side: number,
  from: number,
  to: number,
): tf.Tensor {
  return tf.reshape(
    tf.transpose(
      tf.reshape(tf.reverse(kernel, [0, 1]), [side * side, from, to]),
      [1, 0, 2],
    ),
    [from, side * side * to],
  );
}

describe('operations', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it('gives the gradients of a matrix product that tfjs gives', () => {
    tf.tidy(() => {
      const a = tf.tensor2d(normals(12), [3, 4]);
      const b = tf.tensor2d(normals(20), [4, 5]);
      const dy = tf.tensor2d(normals(15), [3, 5]);
      const ours = tf.grads((x, y) => matMul(x, y))([a, b], dy);
      const theirs = tf.grads((x, y) => tf.matMul(x, y))([a, b], dy);
      for (const i of [0, 1])
        expect(
          difference(ours[i].dataSync(), theirs[i].dataSync()),
        ).to.be.below(1e-6);
      const constant = tf.grad((y) => matMulConstant(a, y))(b, dy);
      expect(difference(constant.dataSync(), theirs[1].dataSync())).to.be.below(
        1e-6,
      );
    });
  });

  it("convolves 3x3 like tfjs's conv2d with zero padding, gradients too", () => {
    const taps = createTaps(3, patches, height, width);
    tf.tidy(() => {
      const x = tf.tensor4d(normals(rows * 3), [patches, height, width, 3]);
      const kernel = tf.tensor4d(normals(9 * 3 * 2), [3, 3, 3, 2]);
      const dy = tf.tensor4d(normals(rows * 2), [patches, height, width, 2]);
      const ours = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
        tf.reshape(
          scatterTaps(
            taps,
            matMul(tf.reshape(image, [rows, 3]), asScatter(k, 3, 3, 2)),
          ),
          dy.shape,
        );
      const theirs = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
        conv2d(image, k, [3, 3, 2]);
      expect(
        difference(ours(x, kernel).dataSync(), theirs(x, kernel).dataSync()),
      ).to.be.below(1e-5);
      const pairs = [
        [
          tf.grad((k) => ours(x, k))(kernel, dy),
          tf.grad((k) => theirs(x, k))(kernel, dy),
        ],
        [
          tf.grad((image) => ours(image, kernel))(x, dy),
          tf.grad((image) => theirs(image, kernel))(x, dy),
        ],
      ];
      for (const [a, b] of pairs)
        expect(difference(a.dataSync(), b.dataSync())).to.be.below(1e-5);
    });
    disposeTaps(taps);
  });

  it("gathers 5x5 neighbourhoods whose product is tfjs's conv2d, gradients too", () => {
    const taps = createTaps(5, patches, height, width);
    tf.tidy(() => {
      const x = tf.tensor4d(normals(rows * 2), [patches, height, width, 2]);
      const kernel = tf.tensor4d(normals(25 * 2 * 3), [5, 5, 2, 3]);
      const dy = tf.tensor4d(normals(rows * 3), [patches, height, width, 3]);
      const ours = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
        tf.reshape(
          matMul(
            gatherTaps(taps, tf.reshape(image, [rows, 2])),
            tf.reshape(k, [50, 3]),
          ),
          dy.shape,
        );
      const theirs = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
        conv2d(image, k, [5, 2, 3]);
      expect(
        difference(ours(x, kernel).dataSync(), theirs(x, kernel).dataSync()),
      ).to.be.below(1e-5);
      const ourGradient = tf.grad((image) => ours(image, kernel));
      const theirGradient = tf.grad((image) => theirs(image, kernel));
      expect(
        difference(
          ourGradient(x, dy).dataSync(),
          theirGradient(x, dy).dataSync(),
        ),
      ).to.be.below(1e-5);
    });
    disposeTaps(taps);
  });

  it('sees nothing across the border of two patches', () => {
    const taps = createTaps(3, 2, 1, 1);
    tf.tidy(() => {
      const gathered = gatherTaps(taps, tf.tensor2d([1, 10], [2, 1]));
      expect([...gathered.dataSync()]).to.eql([
        0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0,
      ]);
    });
    disposeTaps(taps);
  });
});
