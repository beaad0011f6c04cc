import { expect } from '@open-wc/testing';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend, discardBackend } from '../../src/engine/backend.js';
import { findPlaces } from '../../src/engine/machine.js';
import {
  type Backend,
  type NetworkOptions,
  networkDefaults,
  resolveOptions,
} from '../../src/engine/options.js';
import { type Survived, trainToTheEnd } from '../../src/engine/survive.js';
import { type TrainingState, train } from '../../src/engine/train.js';
import { size, twoSpaces, wasmAssets } from './synthetic.js';

const { subspace } = twoSpaces(new Float32Array(size.bands).fill(1));
/** Two steps a pass of two patches each. */
const small: NetworkOptions = {
  ...networkDefaults.pande2026,
  epochs: 3,
  patch: 8,
  stride: 4,
  batch: 2,
  features: 4,
  decoder: 3,
};

interface Told {
  readonly epochs: number[];
  readonly backends: Set<Backend>;
  readonly checkpoints: TrainingState[];
}

/** Trains on a backend, and does something to it after the first pass. */
async function survive(
  backend: Backend,
  network: Partial<NetworkOptions>,
  afterFirst: () => void = () => undefined,
): Promise<Survived & Told> {
  const told: Told = { epochs: [], backends: new Set(), checkpoints: [] };
  const options = resolveOptions({
    endmembers: size.endmembers,
    preset: 'pande2026',
    backend,
    network: small,
  });
  const survived = await trainToTheEnd(
    subspace,
    { ...options, network: { ...small, ...network } },
    null,
    wasmAssets,
    {
      onEpoch: (epoch, on, loss) => {
        told.backends.add(on);
        if (loss === undefined) return;
        told.epochs.push(epoch);
        if (told.epochs.length === 1) afterFirst();
      },
      onCheckpoint: (state) => told.checkpoints.push(state),
    },
  );
  return { ...survived, ...told };
}

const without = async (backend: Backend): Promise<boolean> =>
  (await findPlaces()).every((place) => place.backend !== backend);

/** Real failures: contexts and devices are taken away, memory is refused, numbers overflow. */
describe('training that survives', function () {
  this.timeout(240_000);

  it('goes on with plain numbers from the last pass when WebGL loses its context', async function () {
    if (await without('webgl')) this.skip();
    await chooseBackend('cpu', wasmAssets);
    const { numTensors } = tf.memory();
    const { state, end, backend, warnings, epochs, backends } = await survive(
      'webgl',
      {},
      () => {
        const set = tf.backend();
        if (!(set instanceof MathBackendWebGL)) throw new Error('not WebGL');
        set.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
      },
    );
    expect(end).to.equal('done');
    expect(state.epoch).to.equal(3);
    // Whether the first pass had been read back when the context went decides where training goes on.
    expect(epochs.slice(-2)).to.eql([2, 3]);
    expect([...backends][0]).to.equal('webgl');
    expect(backend).not.to.equal('webgl');
    expect(warnings.join(' ')).to.match(
      /WebGL was lost after [01] passe?s? \(the browser took its context away\): training went on from there on \w+/,
    );
    expect(state.least.loss).to.be.within(0.05, 1.5);
    expect(tf.memory().numTensors).to.equal(numTensors);
    // The next run may have it again.
    await chooseBackend('webgl', wasmAssets);
    expect(tf.getBackend()).to.equal('webgl');
  });

  it('goes on when the device of WebGPU is destroyed', async function () {
    if (await without('webgpu')) this.skip();
    const { state, end, backend, warnings } = await survive(
      'webgpu',
      {},
      () => {
        const set = tf.backend();
        if (!(set instanceof WebGPUBackend)) throw new Error('not WebGPU');
        set.device.destroy();
      },
    );
    expect(end).to.equal('done');
    expect(state.epoch).to.equal(3);
    expect(backend).not.to.equal('webgpu');
    expect(warnings.join(' ')).to.match(
      /WebGPU was lost after [01] passe?s? \(.+\): training went on from there on/,
    );
    await chooseBackend('webgpu', wasmAssets);
    expect(tf.getBackend()).to.equal('webgpu');
  });

  describe('when WebAssembly gets no more memory', () => {
    const { grow } = WebAssembly.Memory.prototype;
    before(() => {
      WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError('refused by the test');
      };
    });
    after(() => {
      WebAssembly.Memory.prototype.grow = grow;
      discardBackend('wasm');
    });

    it('takes fewer patches a step', async () => {
      const { end, backend, warnings, state } = await survive('wasm', {
        features: 1536,
        batch: 4,
      });
      expect([end, backend, state.epoch]).to.eql(['done', 'wasm', 3]);
      expect(warnings[0]).to.match(
        /^WebAssembly failed after 0 passes \(it has no \d+ bytes more\): training went on from there with 2 patches a step instead of 4\.$/,
      );
    });

    it('takes the next backend where one patch is too much', async () => {
      const { end, backend, warnings, state } = await survive('wasm', {
        features: 8192,
        epochs: 1,
      });
      expect([end, backend, state.epoch]).to.eql(['done', 'cpu', 1]);
      expect(warnings[0]).to.contain('with 1 patch a step instead of 2.');
      expect(warnings[1]).to.match(
        /^WebAssembly failed after 0 passes \(it has no \d+ bytes more\): training went on from there on plain JavaScript\.$/,
      );
    });
  });

  it('tries smaller steps from the best pass when the loss overflows', async () => {
    // Squares of sums of such weights are beyond single precision, those of a tenth are not.
    const { end, state, warnings } = await survive('cpu', {
      learningRate: 3e19,
      epochs: 1,
    });
    expect(end).to.equal('done');
    expect(state.epoch).to.equal(1);
    expect(warnings).to.eql([
      `The loss was not a number any more after 0 passes: training went on from the best of them with a learning rate of 3000000000000000000 instead of 30000000000000000000.`,
    ]);
  });

  it('ends with finite numbers when smaller steps overflow too, and when the best pass ended in such a step', async () => {
    for (const batch of [1, 4]) {
      const { end, state, abundances, angle } = await survive('cpu', {
        learningRate: 1e30,
        batch,
      });
      expect(end).to.equal('diverged');
      expect(state.optimiser).to.equal(null);
      for (const values of Object.values(state.best))
        expect(values.every(Number.isFinite)).to.equal(true);
      expect(abundances.every(Number.isFinite)).to.equal(true);
      expect(angle).to.be.within(0.05, 1.5);
    }
  });

  it('hands out checkpoints from which training goes on exactly as if it had not ended', async () => {
    const whole = await survive('wasm', {});
    const [first] = whole.checkpoints;
    expect(first.epoch).to.equal(1);
    await chooseBackend('wasm', wasmAssets);
    const rest = await train(subspace, { ...small, epochs: 2 }, 1, first, {});
    expect(rest.abundances).to.deep.equal(whole.abundances);
  });
});
