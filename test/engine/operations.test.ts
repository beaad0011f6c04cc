import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  gatherRows,
  matMul,
  matMulConstant,
  rowNumbers,
  timesConstant,
} from '../../src/engine/operations.js';
import { randomSource } from '../../src/spectral/random.js';
import { difference } from './synthetic.js';

const random = randomSource(5);
const normals = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());

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
      const transposed = tf.transpose(b);
      const right = tf.grad((x) => timesConstant(x, b, transposed))(a, dy);
      expect(difference(right.dataSync(), theirs[0].dataSync())).to.be.below(
        1e-6,
      );
    });
  });

  it('gathers whole rows, as often as asked', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
      const gathered = gatherRows(x, rowNumbers(Int32Array.of(2, 0, 2)));
      expect(gathered.shape).to.eql([3, 2]);
      expect([...gathered.dataSync()]).to.eql([5, 6, 1, 2, 5, 6]);
    });
  });
});
