import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { Adam, type AdamState } from '../../src/engine/adam.js';
import { difference } from './synthetic.js';

/** Gradients of a made-up loss at step t. */
const gradientAt = (t: number): tf.Tensor =>
  tf.tensor1d([Math.sin(t), 3 * Math.cos(2 * t), 1e-4 * t]);

async function ours(
  from: number,
  to: number,
  values: ArrayLike<number>,
  state?: AdamState,
): Promise<{ values: Float32Array; state: AdamState }> {
  const variable = tf.tidy(() =>
    tf.variable(tf.tensor1d(Float32Array.from(values))),
  );
  const adam = new Adam([variable], 0.01, state);
  for (let t = from; t < to; t++)
    tf.tidy(() => {
      adam.apply({ [variable.name]: gradientAt(t) });
    });
  const out = {
    values: Float32Array.from(variable.dataSync()),
    state: await adam.read(),
  };
  adam.dispose();
  variable.dispose();
  return out;
}

describe('Adam', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it("steps like tfjs's own with the same constants", async () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const theirs = tf.train.adam(0.01, 0.9, 0.999, 1e-8);
    for (let t = 1; t < 9; t++)
      tf.tidy(() => {
        theirs.applyGradients([{ name: variable.name, tensor: gradientAt(t) }]);
      });
    const { values } = await ours(1, 9, [1, 2, 3]);
    expect(difference(values, variable.dataSync())).to.be.below(1e-5);
    theirs.dispose();
    variable.dispose();
  });

  it('goes on from its state as if it had not been interrupted', async () => {
    const whole = await ours(1, 9, [1, 2, 3]);
    const half = await ours(1, 5, [1, 2, 3]);
    const rest = await ours(5, 9, half.values, half.state);
    expect([...rest.values]).to.eql([...whole.values]);
    expect(rest.state.steps).to.equal(8);
  });

  it('leaves nothing on the device', async () => {
    const before = tf.memory().numTensors;
    await ours(1, 4, [1, 2, 3]);
    expect(tf.memory().numTensors).to.equal(before);
  });
});
