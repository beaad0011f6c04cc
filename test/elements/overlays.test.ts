import { expect } from '@open-wc/testing';
import { Overlays } from '../../src/elements/overlays.js';
import { placed } from '../../src/imaging/affine.js';
import { isStraight } from '../../src/imaging/geometry.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { mapLayer } from '../imaging/layers.js';

const straight = mapLayer([0, 0.5, 1, 0.2], {}, 2);
const sheared = {
  ...straight,
  geometry: placed(straight.geometry, [1, 0.3, 2, 0, 1, 0]),
};

describe('layers that the viewer draws', () => {
  it('come with right angles where it draws no others, also when they change, and as they are where they have them', async () => {
    const host = new MemoryHost(['ordered-layers']);
    const overlays = new Overlays(host);
    await overlays.show(() => [sheared]);
    expect(isStraight(host.layers[0].geometry)).to.equal(true);
    expect(host.layers[0].image.width).to.be.greaterThan(2);
    await overlays.show(() => [straight]);
    expect(host.layers[0]).to.equal(straight);
    await overlays.show(() => [sheared]);
    expect(isStraight(host.layers[0].geometry)).to.equal(true);
  });

  it('come as they are where it draws any', async () => {
    const host = new MemoryHost(['ordered-layers', 'affine']);
    await new Overlays(host).show(() => [sheared]);
    expect(host.layers[0]).to.equal(sheared);
  });
});
