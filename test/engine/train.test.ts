import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/engine/backend.js';
import { networkDefaults } from '../../src/engine/options.js';
import { type TrainTask, train } from '../../src/engine/train.js';
import type { TrainingSet } from '../../src/engine/training-set.js';
import { size, trueShares, twoSpaces, wasmAssets } from './synthetic.js';

const published = {
  ...networkDefaults.pande2026,
  batch: 16,
  learningRate: 5e-3,
};
const even = new Float32Array(size.bands).fill(1);
const { subspace } = twoSpaces(even, 5);

/** A set that starts at the true shares, blurred towards even ones, and at endmembers a little off. */
function startedSet(): TrainingSet {
  const { basis } = twoSpaces(even);
  const { channels } = twoSpaces(even).subspace;
  const corners = Float32Array.from(
    { length: size.endmembers * channels },
    (_, i) => {
      const r = Math.floor(i / channels);
      let sum = 0;
      for (let b = 0; b < size.bands; b++)
        sum +=
          basis[(i % channels) * size.bands + b] *
          (0.08 + Math.exp(-((b - 8.5 - 12 * r) ** 2) / 20));
      return sum;
    },
  );
  return {
    ...twoSpaces(even).subspace,
    model: {
      kind: 'coordinates',
      endmembers: corners,
      abundances: trueShares().map((v) => 0.9 * v + 0.1 / size.endmembers),
    },
  };
}

async function losses(
  epochs: number,
  seed: number,
  task: TrainTask = {},
): Promise<number[]> {
  const seen: number[] = [];
  await train(subspace, { ...published, epochs }, seed, null, {
    ...task,
    onEpoch: (_, loss) => seen.push(loss),
  });
  return seen;
}

for (const backend of ['cpu', 'wasm'] as const)
  describe(`training on ${backend}`, () => {
    before(async () => {
      await chooseBackend(backend, wasmAssets);
    });

    it('lowers the loss', async () => {
      const seen = await losses(8, 1);
      expect(seen[7]).to.be.below(0.95 * seen[0]);
    });

    it('gives equal losses for equal seeds, others for another seed', async () => {
      const first = await losses(2, 1);
      expect(await losses(2, 1)).to.eql(first);
      expect(await losses(2, 2)).not.to.eql(first);
    });

    it('keeps the number of tensors level over passes, and leaves none', async () => {
      const before = tf.memory().numTensors;
      const counts: number[] = [];
      await train(subspace, { ...published, epochs: 4 }, 1, null, {
        onEpoch: () => counts.push(tf.memory().numTensors),
      });
      expect(counts[3]).to.equal(counts[1]);
      expect(tf.memory().numTensors).to.equal(before);
    });
  });

describe('training', () => {
  before(async () => {
    await chooseBackend('wasm', wasmAssets);
  });

  it('goes on after a stop between passes exactly as if it had not been stopped', async () => {
    const whole = await train(
      subspace,
      { ...published, epochs: 4 },
      1,
      null,
      {},
    );
    const half = await train(
      subspace,
      { ...published, epochs: 2 },
      1,
      null,
      {},
    );
    const seen: number[] = [];
    const rest = await train(
      subspace,
      { ...published, epochs: 2 },
      1,
      half.state,
      { onEpoch: (epoch) => seen.push(epoch) },
    );
    expect(seen).to.eql([3, 4]);
    expect([...rest.abundances]).to.eql([...whole.abundances]);
    expect(rest.state.least).to.eql(whole.state.least);
  });

  it('stops on request and keeps the pass with the least loss', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const { state, end } = await train(
      subspace,
      { ...published, epochs: 1000 },
      1,
      null,
      {
        stop: stop.signal,
        onEpoch: (epoch, loss) => {
          seen.push(loss);
          if (epoch === 3) stop.abort();
        },
      },
    );
    expect(end).to.equal('stopped');
    expect(state.epoch).to.equal(3);
    expect(state.least.loss).to.equal(Math.min(...seen));
  });

  it('rejects with the reason of the signal and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const reason = new Error('enough');
    const abort = new AbortController();
    let caught: unknown;
    await train(subspace, { ...published, epochs: 1000 }, 1, null, {
      signal: abort.signal,
      onEpoch: () => {
        abort.abort(reason);
      },
    }).catch((error: unknown) => (caught = error));
    expect(caught).to.equal(reason);
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('says that it diverged when the loss is no number, and keeps finite maps', async () => {
    const poisoned = { ...subspace, norms: subspace.norms.slice() };
    poisoned.norms[17] = NaN;
    const { end, state, abundances } = await train(
      poisoned,
      { ...published, epochs: 5 },
      1,
      null,
      {},
    );
    expect(end).to.equal('diverged');
    expect(state.epoch).to.equal(0);
    expect(abundances.every(Number.isFinite)).to.equal(true);
  });

  it('lets other macrotasks run between steps', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await losses(2, 1);
    clearInterval(timer);
    expect(ticks).to.be.above(0);
  });

  it('starts a started network at its start', async () => {
    const set = startedSet();
    const { abundances, state } = await train(
      set,
      { ...networkDefaults.network, epochs: 1, learningRate: 1e-8 },
      1,
      null,
      {},
    );
    if (set.model.kind !== 'coordinates') throw new Error('not started');
    set.model.abundances.forEach((v, i) => {
      expect(abundances[i]).to.be.closeTo(v, 5e-3);
    });
    expect(state.startAngle).to.be.above(0.02);
  });

  it('fits better than its start, and a strong anchor holds it there', async () => {
    const set = startedSet();
    const options = {
      ...networkDefaults.network,
      epochs: 30,
      patch: 6,
      stride: 6,
    };
    const loose = await train(set, { ...options, anchor: 0.1 }, 1, null, {});
    expect(loose.angle).to.be.below(0.9 * loose.state.startAngle);
    const held = await train(set, { ...options, anchor: 1000 }, 1, null, {});
    expect(held.angle).to.be.above(loose.angle);
  });
});
