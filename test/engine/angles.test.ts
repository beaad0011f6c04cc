import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { anglesOf, rowProducts, rowSquares } from '../../src/engine/angles.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { randomSource } from '../../src/spectral/random.js';
import { difference } from './synthetic.js';

const random = randomSource(9);
const rows = 6;
const bands = 8;
const normals = (): Float32Array =>
  Float32Array.from({ length: rows * bands }, () => random.normal());
const matrix = (values: Float32Array): tf.Tensor =>
  tf.tensor2d(values, [rows, bands]);

/** Angles of rows, the lengths of the first kind known. */
const angles = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  anglesOf(rowProducts(x, y), rowSquares(y), tf.norm(x, 2, 1, true));

describe('angles', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it('are the spectral angles of rows', () => {
    tf.tidy(() => {
      const x = normals();
      const y = normals();
      const found = angles(matrix(x), matrix(y)).dataSync();
      for (let n = 0; n < rows; n++) {
        const row = (all: Float32Array): Float32Array =>
          all.subarray(n * bands, (n + 1) * bands);
        expect(found[n]).to.be.closeTo(spectralAngle(row(x), row(y)), 1e-6);
      }
    });
  });

  it('have the gradient of differences', () => {
    tf.tidy(() => {
      const x = matrix(normals());
      const y = normals();
      const gradient = tf
        .grad((v) => angles(x, v))(matrix(y))
        .dataSync();
      const h = 1e-2;
      const moved = (i: number, by: number): number => {
        const shifted = y.slice();
        shifted[i] += by;
        return angles(x, matrix(shifted)).dataSync()[Math.floor(i / bands)];
      };
      const differences = y.map(
        (_, i) => (moved(i, h) - moved(i, -h)) / (2 * h),
      );
      expect(difference(gradient, differences)).to.be.below(2e-3);
    });
  });

  it('are nearly 0 or π, with no gradient, for equal and opposite rows', () => {
    tf.tidy(() => {
      const product = tf.tensor2d([4, -4], [2, 1]);
      const square = tf.tensor2d([4, 4], [2, 1]);
      const length = tf.tensor2d([2, 2], [2, 1]);
      const [none, half] = anglesOf(product, square, length).dataSync();
      expect(none).to.be.closeTo(0, 5e-4);
      expect(half).to.be.closeTo(Math.PI, 5e-4);
      for (const gradient of tf.grads((p, s) => anglesOf(p, s, length))([
        product,
        square,
      ]))
        expect([...gradient.dataSync()].map(Math.abs)).to.eql([0, 0]);
    });
  });

  it('are a right angle to a row of zeros, and no number where a row holds none', () => {
    tf.tidy(() => {
      const found = anglesOf(
        tf.tensor2d([0, NaN], [2, 1]),
        tf.tensor2d([0, 1], [2, 1]),
        tf.tensor2d([1, 1], [2, 1]),
      ).dataSync();
      expect(found[0]).to.be.closeTo(Math.PI / 2, 1e-6);
      expect(found[1]).to.be.NaN;
    });
  });
});
