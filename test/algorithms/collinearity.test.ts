import { expect } from '@open-wc/testing';
import { anglesToOthers } from '../../src/algorithms/collinearity.js';
import { timesTransposed } from '../../src/algorithms/dense.js';
import { inverse } from '../../src/algorithms/small.js';
import { randomSource } from '../../src/spectral/random.js';

describe('anglesToOthers', () => {
  it('is the angle between two rows, whatever their lengths', () => {
    const angle = 0.3;
    const rows = Float64Array.of(
      2,
      0,
      5 * Math.cos(angle),
      5 * Math.sin(angle),
    );
    for (const found of anglesToOthers(rows, 2, 2))
      expect(found).to.be.closeTo(angle, 1e-12);
  });

  it('matches the variance inflation factors on the diagonal of the inverse Gram matrix', () => {
    const random = randomSource(4);
    const [count, length] = [4, 9];
    const rows = Float64Array.from({ length: count * length }, () =>
      random.normal(),
    );
    const gram = timesTransposed(rows, count, rows, count, length);
    const inverted = inverse(gram, count);
    anglesToOthers(rows, count, length).forEach((angle, r) => {
      const inflation = gram[r * count + r] * inverted[r * count + r];
      expect(1 / Math.sin(angle) ** 2).to.be.closeTo(
        inflation,
        1e-6 * inflation,
      );
    });
  });

  it('is zero for a mixture of others, a right angle for a row of zeros or alone', () => {
    const rows = Float64Array.of(1, 0, 0, 0, 1, 0, 1, 2, 0);
    for (const angle of anglesToOthers(rows, 3, 3))
      expect(angle).to.be.closeTo(0, 1e-7);
    expect([...anglesToOthers(Float64Array.of(0, 0, 1, 1), 2, 2)]).to.eql([
      Math.PI / 2,
      Math.PI / 2,
    ]);
    expect([...anglesToOthers(Float64Array.of(3, 4), 1, 2)]).to.eql([
      Math.PI / 2,
    ]);
  });
});
