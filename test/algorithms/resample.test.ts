import { expect } from '@open-wc/testing';
import { resample } from '../../src/algorithms/resample.js';

describe('resample', () => {
  it('is straight between positions, as numpy.interp', () => {
    // numpy.interp([1, 1.25, 2, 3.5, 4], [1, 2, 4], [10, 20, 0]), numpy 2.2
    expect([...resample([1, 2, 4], [10, 20, 0], [1, 1.25, 2, 3.5, 4])]).to.eql([
      10, 12.5, 20, 5, 0,
    ]);
  });

  it('takes falling and unsorted positions as rising ones', () => {
    const at = [1.5, 3];
    const rising = resample([1, 2, 4], [10, 20, 0], at);
    expect(resample([4, 2, 1], [0, 20, 10], at)).to.eql(rising);
    expect(resample([2, 4, 1], [20, 0, 10], at)).to.eql(rising);
  });

  it('has no value beyond the ends, but for a reach that keeps the last', () => {
    expect([...resample([1, 2], [5, 6], [0.9, 2.1])]).to.eql([NaN, NaN]);
    expect([...resample([1, 2], [5, 6], [0.9, 2.1, 2.3], 0.2)]).to.eql([
      5,
      6,
      NaN,
    ]);
  });

  it('takes the first of equal positions, and a single one', () => {
    expect([...resample([1, 2, 2, 3], [0, 4, 8, 8], [2])]).to.eql([4]);
    expect([...resample([2], [7], [2, 3], Infinity)]).to.eql([7, 7]);
  });
});
