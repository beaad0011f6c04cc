import { expect } from '@open-wc/testing';
import { baselines } from '../../src/algorithms/nuisance.js';

describe('nuisance terms', () => {
  it('baselines are 1, t and t² from -1 to 1', () => {
    const axis = {
      values: Float64Array.of(300, 200, 100),
      unit: 'cm-1',
      quantity: null,
    } as const;
    const { rows, names } = baselines(axis, Uint32Array.of(0, 1, 2));
    expect(names).to.have.length(3);
    expect([...rows]).to.deep.equal([1, 1, 1, -1, 0, 1, 1, 0, 1]);
  });
});
