import { expect } from '@open-wc/testing';
import { assetFolder } from '../../src/engine/assets.js';

describe('asset folder', () => {
  it('is the folder of the module unless given', () => {
    expect(assetFolder(undefined, 'http://a.b/lib/worker.js')).to.equal(
      'http://a.b/lib/',
    );
  });

  it('ends in one slash', () => {
    expect(assetFolder('/wasm', 'http://a.b/worker.js')).to.equal('/wasm/');
    expect(assetFolder('/wasm//', 'http://a.b/worker.js')).to.equal('/wasm/');
  });
});
