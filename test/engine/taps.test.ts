import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {
  convolveConstant,
  convolveGathered,
  createTaps,
  disposeTaps,
  gatherTaps,
} from '../../src/engine/taps.js';
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
function asProduct(
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

describe('taps', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  for (const [turned, how] of [
    [false, 'multiplied first'],
    [true, 'gathered first'],
  ] as const)
    it(`convolves 3x3, ${how}, like tfjs's conv2d with zero padding, gradient too`, () => {
      const taps = createTaps(3, patches, height, width, turned);
      tf.tidy(() => {
        const x = tf.tensor2d(normals(rows * 3), [rows, 3]);
        const gathered = gatherTaps(taps, x);
        const kernel = tf.tensor4d(normals(9 * 3 * 2), [3, 3, 3, 2]);
        const dy = tf.tensor4d(normals(rows * 2), [patches, height, width, 2]);
        const ours = (k: tf.Tensor): tf.Tensor =>
          tf.reshape(
            turned
              ? convolveGathered(gathered, asProduct(k, 3, 3, 2))
              : convolveConstant(taps, x, asProduct(k, 3, 3, 2)),
            dy.shape,
          );
        const theirs = (k: tf.Tensor): tf.Tensor => conv2d(x, k, [3, 3, 2]);
        for (const [a, b] of [
          [ours(kernel), theirs(kernel)],
          [tf.grad(ours)(kernel, dy), tf.grad(theirs)(kernel, dy)],
        ])
          expect(difference(a.dataSync(), b.dataSync())).to.be.below(1e-5);
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
