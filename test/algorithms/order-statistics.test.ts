import { expect } from '@open-wc/testing';
import {
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
