import { expect } from '@open-wc/testing';
import { findBadPixels } from '../../src/algorithms/bad-pixels.js';
import { cubeOf, scene } from './synthetic.js';

describe('findBadPixels', () => {
  it('finds no fault with a clean scene', () => {
    const { mask, counts } = findBadPixels(scene(3).cube);
    expect(Math.max(...mask)).to.equal(0);
    expect(counts).to.deep.equal({
      notFinite: 0,
      constant: 0,
      saturated: 0,
      given: 0,
    });
  });

  it('counts each planted fault once, under its own reason', () => {
    const { cube } = scene(3);
    const bands = cube.axis.values.length;
    const data = cube.data.slice();
    data[5 * bands + 7] = NaN;
    data[6 * bands + 7] = Infinity;
    data.fill(0, 10 * bands, 11 * bands);
    data.fill(8, 11 * bands, 12 * bands);
    data.fill(8, 12 * bands, 12 * bands + 40);
    const given = new Uint8Array(cube.width * cube.height);
    given[20] = 1;
    given[10] = 1;
    const { mask, counts } = findBadPixels({ ...cube, data, mask: given });
    expect(counts).to.deep.equal({
      notFinite: 2,
      constant: 1,
      saturated: 1,
      given: 2,
    });
    const bad = [...mask.keys()].filter((n) => mask[n]);
    expect(bad).to.deep.equal([5, 6, 10, 11, 12, 20]);
    expect([...given].filter(Boolean).length).to.equal(2);
  });

  it('does not judge the shape of one band', () => {
    expect([...findBadPixels(cubeOf([[1], [2], [NaN]])).mask]).to.deep.equal([
      0, 0, 1,
    ]);
  });
});
