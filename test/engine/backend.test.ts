import { expect } from '@open-wc/testing';
import * as tf from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/engine/backend.js';
import { findPlaces } from '../../src/engine/machine.js';
import { networkDefaults } from '../../src/engine/options.js';
import { train } from '../../src/engine/train.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { size, twoSpaces, wasmAssets } from './synthetic.js';

const { subspace } = twoSpaces(new Float32Array(size.bands).fill(1));
/** One step of two patches. */
const small = {
  ...networkDefaults.pande2026,
  epochs: 1,
  patch: 10,
  stride: 2,
  batch: 2,
  features: 4,
  decoder: 3,
};

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('backends', function () {
  this.timeout(240_000);

  it('prefers wasm to GPUs imitated in software, and says so', async () => {
    const places = await findPlaces();
    const { backend, warnings } = await chooseBackend('auto', wasmAssets);
    const real = places.find(({ software }) => software === null);
    expect(backend).to.equal(real?.backend);
    expect(tf.getBackend()).to.equal(backend);
    const imitated = places.filter(({ software }) => software !== null);
    expect(warnings).to.have.length(imitated.length);
    for (const warning of warnings)
      expect(warning).to.match(/runs in software here \(.+\)/);
  });

  it('names what is there when the wasm files are missing', async () => {
    tf.removeBackend('wasm');
    const error = await failure(chooseBackend('wasm', '/no/such/folder/'));
    if (!isUnmixingError(error)) throw new Error(String(error));
    expect(error.tag).to.equal('gpu');
    expect(error.message).to.match(
      /^invalid backend: wasm does not work here, .+ \(try .*cpu\)$/,
    );
  });

  it('trains on plain JavaScript to the loss that the GPUs are held to', async () => {
    await chooseBackend('cpu', wasmAssets);
    const { state } = await train(subspace, small, 1, null, {});
    expect(state.least.loss).to.be.within(0.1, 1.5);
  });

  for (const backend of ['webgl', 'webgpu'] as const)
    it(`trains on ${backend} to the loss of plain JavaScript, to 1e-3`, async function () {
      const places = await findPlaces();
      if (!places.some((place) => place.backend === backend)) {
        const error = await failure(chooseBackend(backend, wasmAssets));
        expect(String(error)).to.contain(`${backend} is not there`);
        console.log(`${backend}: not trained on, this browser has none`);
        this.skip();
      }
      await chooseBackend('cpu', wasmAssets);
      const { state: oracle } = await train(subspace, small, 1, null, {});
      await chooseBackend(backend, wasmAssets);
      const { state } = await train(subspace, small, 1, null, {});
      expect(tf.getBackend()).to.equal(backend);
      expect(state.least.loss).to.be.closeTo(oracle.least.loss, 1e-3);
    });
});
