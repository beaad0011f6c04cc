import { expect } from '@open-wc/testing';
import { batches, pixelsOf, tile } from '../../src/engine/tiles.js';
import { randomSource } from '../../src/spectral/random.js';

const all = (pixels: number): Uint8Array => new Uint8Array(pixels).fill(1);

describe('tiles', () => {
  it('cuts 320 x 64 pixels into the 18 960 patches of Pande et al. 2026', () => {
    const { corners, width, height } = tile(320, 64, 5, 1, all(320 * 64));
    expect(corners).to.have.length(18960);
    expect([width, height]).to.eql([5, 5]);
  });

  it('covers every pixel of an image that is no multiple of the patch', () => {
    const tiling = tile(13, 9, 5, 5, all(13 * 9));
    const every = Uint32Array.from(tiling.corners.keys());
    expect(new Set(pixelsOf(tiling, every)).size).to.equal(13 * 9);
    expect(tiling.corners).to.have.length(3 * 2);
  });

  it('does not leave gaps where the stride is larger than the patch', () => {
    const tiling = tile(12, 4, 3, 10, all(48));
    const every = Uint32Array.from(tiling.corners.keys());
    expect(new Set(pixelsOf(tiling, every)).size).to.equal(48);
  });

  it('makes one patch of an image smaller than the patch', () => {
    const { corners, width, height } = tile(3, 2, 32, 32, all(6));
    expect([corners.length, width, height]).to.eql([1, 3, 2]);
  });

  it('leaves out patches without a usable pixel', () => {
    const usable = all(16);
    for (const n of [0, 1, 4, 5]) usable[n] = 0;
    expect([...tile(4, 4, 2, 2, usable).corners]).to.eql([2, 8, 10]);
  });

  it('names pixels patch after patch, row by row', () => {
    const tiling = tile(4, 4, 2, 2, all(16));
    expect([...pixelsOf(tiling, Uint32Array.of(3, 0))]).to.eql([
      10, 11, 14, 15, 0, 1, 4, 5,
    ]);
  });

  it('shuffles all patches into batches, each once, the last one smaller', () => {
    const made = batches(tile(7, 1, 1, 1, all(7)), 3, randomSource(1));
    expect(made.map((batch) => batch.length)).to.eql([3, 3, 1]);
    expect(made.flatMap((batch) => [...batch]).sort()).to.eql([
      0, 1, 2, 3, 4, 5, 6,
    ]);
  });
});
