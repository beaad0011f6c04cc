import { expect } from '@open-wc/testing';
import { growthExponent, median, spread } from '../../bench/statistics.js';
import { heldAgainstTarget, worseThan } from '../../bench/targets.js';
import type { Score } from '../../bench/score.js';

const scored = (angle: number, rmse: number): Score => ({
  angle,
  rmse,
  roughness: 1,
  match: [],
  angles: [],
});

describe('the median', () => {
  it('is the middle of an odd number and the mean of the middle two of an even one', () => {
    expect(median([9, 1, 5])).to.equal(5);
    expect(median([9, 1, 5, 6])).to.equal(5.5);
    expect(median([])).to.be.NaN;
  });

  it('is told with best and worst, where they differ as written', () => {
    expect(spread([0.3, 0.1, 0.2], 2)).to.equal('0.20 (0.10 to 0.30)');
    expect(spread([0.201, 0.202], 2)).to.equal('0.20');
  });
});

describe('growth', () => {
  it('of a power is its exponent, whatever the factor', () => {
    const sizes = [64, 128, 256, 512];
    for (const power of [0, 1, 1.5, 2])
      expect(
        growthExponent(
          sizes,
          sizes.map((n) => 0.03 * n ** power),
        ),
      ).to.be.closeTo(power, 1e-12);
  });

  it('of uneven measurements is the slope that numpy.polyfit finds of their logarithms', () => {
    expect(growthExponent([1, 2, 4, 8], [1, 2.2, 3.6, 8])).to.be.closeTo(
      0.97105,
      1e-5,
    );
  });
});

describe('targets', () => {
  it('are held against medians rounded as the targets are written', () => {
    const met = [scored(0.01, 0.02), scored(0.0254, 0.0249), scored(1, 1)];
    expect(heldAgainstTarget('clean', met)).to.equal('0.025 / 0.025 met');
    expect(heldAgainstTarget('clean+2000', met)).to.equal('0.025 / 0.025 met');
    expect(heldAgainstTarget('clean', [scored(0.026, 0.02)])).to.equal(
      '0.025 / 0.025 not met: mSAD',
    );
  });

  it('are not told where there are none', () => {
    expect(heldAgainstTarget('als2004', [scored(0, 0)])).to.equal(null);
    expect(heldAgainstTarget('clean', [])).to.equal(null);
  });

  it('tell which figure another way does better', () => {
    expect(worseThan([scored(0.1, 0.1)], [scored(0.1, 0.2)])).to.equal(
      'no worse',
    );
    expect(worseThan([scored(0.3, 0.1)], [scored(0.1, 0.2)])).to.equal(
      'worse: mSAD',
    );
    expect(worseThan([scored(0.3, 0.3)], [scored(0.1, 0.2)])).to.equal(
      'worse: mSAD, aRMSE',
    );
  });
});
