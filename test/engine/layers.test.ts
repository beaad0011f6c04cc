import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  addRow,
  leakyRelu,
  normaliseBatch,
  softplus,
  varianceFloor,
} from '../../src/engine/layers.js';
import { randomSource } from '../../src/spectral/random.js';
import { difference } from './synthetic.js';

const random = randomSource(6);
const normals = (rows: number, columns: number): tf.Tensor =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );
const apart = (a: tf.Tensor, b: tf.Tensor): number =>
  difference(a.dataSync(), b.dataSync());

/** The same by tfjs's own gradients. */
function plainNormalise(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  shares: tf.Tensor,
): tf.Tensor {
  const mean = tf.sum(tf.mul(x, shares), 0, true);
  const centred = tf.sub(x, mean);
  const variance = tf.sum(tf.mul(tf.square(centred), shares), 0, true);
  const unit = tf.div(centred, tf.sqrt(tf.add(variance, varianceFloor)));
  return tf.add(tf.mul(unit, gamma), beta);
}

describe('layers', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it("has LeakyReLU's values and gradients of tfjs, from zero slope to one", () => {
    tf.tidy(() => {
      const x = normals(7, 3);
      const dy = normals(7, 3);
      for (const slope of [0, 0.02, 1]) {
        const ours = (v: tf.Tensor): tf.Tensor => leakyRelu(v, slope);
        const theirs = (v: tf.Tensor): tf.Tensor => tf.leakyRelu(v, slope);
        expect(apart(ours(x), theirs(x))).to.be.below(1e-7);
        expect(apart(tf.grad(ours)(x, dy), tf.grad(theirs)(x, dy))).to.be.below(
          1e-7,
        );
      }
    });
  });

  it('passes on a number that is none', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([NaN, 1], [1, 2]);
      const [nan, one] = leakyRelu(x, 0.1).dataSync();
      expect(nan).to.be.NaN;
      expect(one).to.equal(1);
    });
  });

  it('has the softplus log(1 + exp x) to the last bits of a single, and its slope', () => {
    tf.tidy(() => {
      const values = [
        -100, -20, -7.3, -1, -1e-3, 0, 1e-3, 0.4, 1, 7.3, 20, 100,
      ];
      const x = tf.tensor1d(values);
      const found = softplus(x).dataSync();
      const slopes = tf
        .grad((v) => softplus(v))(x)
        .dataSync();
      values.forEach((v, i) => {
        const exact = Math.log1p(Math.exp(-Math.abs(v))) + Math.max(v, 0);
        expect(found[i], `${v}`).to.be.closeTo(
          exact,
          3e-7 * Math.max(1, exact),
        );
        expect(slopes[i], `${v}`).to.be.closeTo(1 / (1 + Math.exp(-v)), 1e-6);
      });
    });
  });

  it('adds a row to each row, with the gradients of tfjs', () => {
    tf.tidy(() => {
      const inputs = [normals(7, 3), normals(1, 3)];
      const dy = normals(7, 3);
      const ours = tf.grads((x, row) => addRow(x, row))(inputs, dy);
      const theirs = tf.grads((x, row) => tf.add(x, row))(inputs, dy);
      for (const i of [0, 1])
        expect(apart(ours[i], theirs[i])).to.be.below(1e-6);
    });
  });

  for (const [name, counts] of [
    ['equal shares', [1, 1, 1, 1, 1, 1, 1]],
    ['rows left out', [1, 0, 1, 1, 0, 1, 1]],
    ['a single row', [0, 0, 1, 0, 0, 0, 0]],
    ['no row', [0, 0, 0, 0, 0, 0, 0]],
  ] as const)
    it(`normalises a batch with the values and gradients of automatic differentiation: ${name}`, () => {
      tf.tidy(() => {
        const total = Math.max(
          1,
          counts.reduce<number>((a, b) => a + b, 0),
        );
        const shares = tf.tensor2d(
          counts.map((count) => count / total),
          [7, 1],
        );
        const inputs = [normals(7, 3), normals(1, 3), normals(1, 3)];
        const dy = normals(7, 3);
        const ours = (...[x, gamma, beta]: tf.Tensor[]): tf.Tensor =>
          normaliseBatch(x, gamma, beta, shares, () => undefined);
        const theirs = (...[x, gamma, beta]: tf.Tensor[]): tf.Tensor =>
          plainNormalise(x, gamma, beta, shares);
        expect(apart(ours(...inputs), theirs(...inputs))).to.be.below(1e-5);
        const a = tf.grads(ours)(inputs, dy);
        const b = tf.grads(theirs)(inputs, dy);
        for (const i of [0, 1, 2])
          expect(apart(a[i], b[i]), `input ${i}`).to.be.below(1e-5);
      });
    });

  it('tells the mean and variance of the rows that count', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 10, 3, 20, 100, 100], [3, 2]);
      const shares = tf.tensor2d([0.5, 0.5, 0], [3, 1]);
      const told: number[][] = [];
      normaliseBatch(
        x,
        tf.ones([1, 2]),
        tf.zeros([1, 2]),
        shares,
        (mean, variance) => {
          told.push([...mean.dataSync()], [...variance.dataSync()]);
        },
      );
      expect(told).to.eql([
        [2, 15],
        [1, 25],
      ]);
    });
  });
});
