import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { convolve } from '../../src/engine/convolution.js';
import { randomSource } from '../../src/spectral/random.js';
import { difference } from './synthetic.js';

const patches = 2;
const height = 4;
const width = 5;
const rows = patches * height * width;
const random = randomSource(5);
const normals = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());

describe('convolution', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  for (const side of [3, 5, 11])
    it(`convolves patches of 5 x 4 by ${side}x${side} taps as automatic differentiation does, gradients too`, () => {
      tf.tidy(() => {
        const x = tf.tensor2d(normals(rows * 2), [rows, 2]);
        const kernel = tf.tensor2d(normals(side * side * 2 * 3), [
          side * side * 2,
          3,
        ]);
        const dy = tf.tensor2d(normals(rows * 3), [rows, 3]);
        const ours = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
          convolve(image, k, side, { patches, height, width });
        const theirs = (image: tf.Tensor, k: tf.Tensor): tf.Tensor =>
          tf.reshape(
            tf.conv2d(
              tf.reshape<tf.Rank.R4>(image, [patches, height, width, 2]),
              tf.reshape<tf.Rank.R4>(k, [side, side, 2, 3]),
              1,
              'same',
            ),
            [rows, 3],
          );
        expect(
          difference(ours(x, kernel).dataSync(), theirs(x, kernel).dataSync()),
        ).to.be.below(1e-5);
        const a = tf.grads(ours)([x, kernel], dy);
        const b = tf.grads(theirs)([x, kernel], dy);
        for (const i of [0, 1])
          expect(
            difference(a[i].dataSync(), b[i].dataSync()),
            `input ${i}`,
          ).to.be.below(1e-5);
      });
    });

  it('sees nothing across the border of two patches', () => {
    tf.tidy(() => {
      const summed = convolve(
        tf.tensor2d([1, 10], [2, 1]),
        tf.ones([9, 1]),
        3,
        { patches: 2, height: 1, width: 1 },
      );
      expect([...summed.dataSync()]).to.eql([1, 10]);
    });
  });
});
