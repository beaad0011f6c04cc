import { expect } from '@open-wc/testing';
import {
  magnitudeMedian,
  median,
  medianInPlace,
  quantile,
  selectInPlace,
} from '../../src/algorithms/order-statistics.js';
import { randomSource } from '../../src/spectral/random.js';

describe('order statistics', () => {
  it('selects what a full sort puts at each index, ties included', () => {
    const random = randomSource(3);
    const values = Float64Array.from({ length: 101 }, () => random.below(20));
    const sorted = values.slice().sort();
    for (let k = 0; k < values.length; k++)
      expect(selectInPlace(values.slice(), values.length, k)).to.equal(
        sorted[k],
      );
  });

  it('takes the mean of the two middle values of an even count', () => {
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(median([5, 1, 3])).to.equal(3);
    expect(medianInPlace(Float64Array.of(9, 1, 2, 100), 3)).to.equal(2);
    expect(median([])).to.equal(0);
  });

  it('counts its way to the median of magnitudes that sorting finds, odd or even, ties, zeros and one alone', () => {
    const random = randomSource(4);
    const middle = magnitudeMedian(400);
    for (const [length, draw] of [
      [399, () => Math.abs(random.normal())],
      [400, () => Math.abs(random.normal()) ** 9],
      [400, () => random.below(3)],
      [31, () => 0],
      [1, () => 7],
      [2, () => Math.exp(40 * random.normal())],
    ] as const) {
      const values = Float32Array.from({ length }, draw);
      const sorted = values.slice().sort();
      const half = length >> 1;
      expect(middle(values, length)).to.equal(
        length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2,
      );
    }
    expect(middle(Float32Array.of(3, 1, 2, 100), 3)).to.equal(2);
    expect(middle(new Float32Array(0), 0)).to.equal(0);
  });

  it('matches numpy.quantile of 3, 1, 4, 1, 5, 9, 2, 6', () => {
    // numpy.quantile([3,1,4,1,5,9,2,6], [.02,.25,.5,.98])
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    [1, 1.75, 3.5, 8.58].forEach((want, i) =>
      expect(quantile(values, [0.02, 0.25, 0.5, 0.98][i])).to.be.closeTo(
        want,
        1e-12,
      ),
    );
  });
});
