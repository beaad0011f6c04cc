import { expect } from '@open-wc/testing';
import { laplacian, laplacianNoise } from '../../src/algorithms/neighbours.js';

// Pixels 0 1 2 over 3 4 5; pixel 4 is left out.
const kept = Uint32Array.of(0, 1, 2, 3, 5);
const matrix = [
  [2, -1, 0, -1, 0],
  [-1, 2, -1, 0, 0],
  [0, -1, 2, 0, -1],
  [-1, 0, 0, 1, 0],
  [0, 0, -1, 0, 1],
];

describe('laplacian', () => {
  it('is neighbours counted less their adjacency, among the kept pixels', () => {
    for (let j = 0; j < 5; j++) {
      const unit = Float64Array.from({ length: 5 }, (_, i) => Number(i === j));
      expect([...laplacian(unit, 1, kept, 3, 2)]).to.deep.equal(
        matrix.map((row) => row[j]),
      );
    }
  });

  it('takes each column by itself', () => {
    const values = Float64Array.of(1, 5, 1, 4, 1, 9, 1, 7, 1, 0);
    const both = laplacian(values, 2, kept, 3, 2);
    const second = laplacian(Float64Array.of(5, 4, 9, 7, 0), 1, kept, 3, 2);
    second.forEach((v, i) => {
      expect(both[2 * i]).to.equal(0);
      expect(both[2 * i + 1]).to.equal(v);
    });
  });

  it('turns white noise into the sum of its squared entries', () => {
    const squares = matrix.flat().reduce((sum, v) => sum + v * v, 0);
    expect(laplacianNoise(kept, 3, 2)).to.equal(squares);
  });

  it('one pixel has no neighbours', () => {
    const one = Uint32Array.of(0);
    expect([...laplacian(Float64Array.of(3), 1, one, 1, 1)]).to.deep.equal([0]);
    expect(laplacianNoise(one, 1, 1)).to.equal(0);
  });
});
