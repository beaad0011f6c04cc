import { expect } from '@open-wc/testing';
import { chooseBackend } from '../../src/engine/backend.js';
import { findPlaces } from '../../src/engine/machine.js';
import {
  type Backend,
  type NetworkOptions,
  networkDefaults,
} from '../../src/engine/options.js';
import { type Trained, train } from '../../src/engine/train.js';
import { size, twoSpaces, wasmAssets } from './synthetic.js';

const { subspace } = twoSpaces(new Float32Array(size.bands).fill(1), 3);
const network: NetworkOptions = {
  ...networkDefaults.pande2026,
  epochs: 2,
  patch: 8,
  stride: 4,
  batch: 2,
  features: 4,
  decoder: 3,
};

async function trainedOn(backend: Backend): Promise<Trained> {
  await chooseBackend(backend, wasmAssets);
  return train(subspace, network, 1, null, {});
}

const most = (a: Float32Array, b: Float32Array): number =>
  a.reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[i])), 0);

/** Backends add up in another order and round otherwise; Adam's first steps have the size of the sign, whatever the gradient. */
describe('equal seeds', function () {
  this.timeout(240_000);
  let oracle: Trained;
  before(async () => {
    oracle = await trainedOn('cpu');
  });

  for (const backend of ['cpu', 'wasm', 'webgl', 'webgpu'] as const) {
    it(`give the same numbers to the last bit twice on ${backend}, and shares within 1e-3 of plain JavaScript`, async function () {
      const places = await findPlaces();
      if (places.every((place) => place.backend !== backend)) this.skip();
      const first = await trainedOn(backend);
      const second = await trainedOn(backend);
      expect(second.abundances).to.deep.equal(first.abundances);
      expect(second.state).to.deep.equal(first.state);
      expect(most(first.abundances, oracle.abundances)).to.be.below(1e-3);
      expect(first.state.least.loss).to.be.closeTo(
        oracle.state.least.loss,
        1e-4,
      );
    });
  }
});
