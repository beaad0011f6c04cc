import { expect } from '@open-wc/testing';
import { logHistogram } from '../../src/imaging/histogram.js';

describe('log histogram', () => {
  it('counts into bins of equal width, the upper end in the last', () => {
    const { range, counts } = logHistogram(
      Float32Array.of(0, 0.5, 1, 1.5, 2, 3, 4, 4),
      4,
    );
    expect(range).to.deep.equal([0, 4]);
    expect(Array.from(counts)).to.deep.equal([2, 2, 1, 3]);
  });

  it('draws the fullest bin at 1 and others by log(1 + count)', () => {
    const { heights } = logHistogram(Float32Array.of(0, 1, 1, 1), 2);
    expect(heights[1]).to.equal(1);
    expect(heights[0]).to.be.closeTo(Math.log(2) / Math.log(4), 1e-6);
  });

  it('leaves out masked, not finite and out-of-range values', () => {
    const values = Float32Array.of(0, NaN, Infinity, 1, 9, 1);
    const mask = Uint8Array.of(0, 0, 0, 0, 0, 1);
    const { counts } = logHistogram(values, 2, { range: [0, 2], mask });
    expect(Array.from(counts)).to.deep.equal([1, 1]);
    expect(logHistogram(values, 2, { mask }).range).to.deep.equal([0, 9]);
  });

  it('has a range and no counts where there is nothing', () => {
    const { range, counts } = logHistogram(Float32Array.of(NaN), 3);
    expect(range).to.deep.equal([0, 1]);
    expect(Array.from(counts)).to.deep.equal([0, 0, 0]);
  });
});
