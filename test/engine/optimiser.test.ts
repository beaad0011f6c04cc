import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { Optimiser, type OptimiserState } from '../../src/engine/optimiser.js';
import { difference } from './synthetic.js';

/** Gradients of a made-up loss at step t. */
const gradientAt = (t: number): tf.Tensor =>
  tf.tensor1d([Math.sin(t), 3 * Math.cos(2 * t), 1e-4 * t]);

async function ours(
  kind: 'adam' | 'rmsprop',
  from: number,
  to: number,
  values: ArrayLike<number>,
  state?: OptimiserState,
): Promise<{ values: Float32Array; state: OptimiserState }> {
  const variable = tf.tidy(() =>
    tf.variable(tf.tensor1d(Float32Array.from(values))),
  );
  const optimiser = new Optimiser([variable], kind, 0.01, state);
  for (let t = from; t < to; t++)
    tf.tidy(() => {
      optimiser.apply({ [variable.name]: gradientAt(t) });
    });
  const out = {
    values: Float32Array.from(variable.dataSync()),
    state: await optimiser.read(),
  };
  optimiser.dispose();
  variable.dispose();
  return out;
}

describe('optimiser', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  for (const [kind, own] of [
    ['adam', () => tf.train.adam(0.01, 0.9, 0.999, 1e-8)],
    ['rmsprop', () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7)],
  ] as const) {
    it(`steps like tfjs's own ${kind} with the same constants`, async () => {
      const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
      const theirs = own();
      for (let t = 1; t < 9; t++)
        tf.tidy(() => {
          theirs.applyGradients([
            { name: variable.name, tensor: gradientAt(t) },
          ]);
        });
      const { values } = await ours(kind, 1, 9, [1, 2, 3]);
      expect(difference(values, variable.dataSync())).to.be.below(1e-5);
      theirs.dispose();
      variable.dispose();
    });

    it(`goes on from the state of ${kind} as if it had not been interrupted`, async () => {
      const whole = await ours(kind, 1, 9, [1, 2, 3]);
      const half = await ours(kind, 1, 5, [1, 2, 3]);
      const rest = await ours(kind, 5, 9, half.values, half.state);
      expect([...rest.values]).to.eql([...whole.values]);
      expect(rest.state.steps).to.equal(8);
    });

    it(`leaves nothing of ${kind} on the device`, async () => {
      const before = tf.memory().numTensors;
      await ours(kind, 1, 4, [1, 2, 3]);
      expect(tf.memory().numTensors).to.equal(before);
    });
  }
});
