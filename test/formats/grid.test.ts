import { expect } from '@open-wc/testing';
import { gridOf } from '../../src/formats/common/grid.js';
import { randomSource } from '../../src/spectral/random.js';

/** Positions of a stage on a grid of 3 columns and 2 rows, from its lower left, row after row upwards. */
const x = Float64Array.of(10, 15, 20, 10, 15, 20);
const y = Float64Array.of(100, 100, 100, 104, 104, 104);

describe('positions of a stage', () => {
  it('that fill a rectangle are an image whose first row lies highest on the stage', () => {
    const grid = gridOf(x, y);
    expect(grid?.width).to.equal(3);
    expect(grid?.height).to.equal(2);
    expect([...(grid?.order ?? [])]).to.deep.equal([3, 4, 5, 0, 1, 2]);
    expect(grid?.geometry.origin).to.deep.equal([10, -104, 0]);
    expect(grid?.geometry.spacing).to.deep.equal([5, 4, 1]);
    expect(grid?.geometry.unit).to.equal('µm');
  });

  it('may be told in any order and with the noise of a stage', () => {
    const random = randomSource(1);
    const order = random.sample(6, 6);
    const noise = (): number => 0.2 * (random.uniform() - 0.5);
    const grid = gridOf(
      Float64Array.from(order, (n) => x[n] + noise()),
      Float64Array.from(order, (n) => y[n] + noise()),
    );
    expect([...(grid?.order ?? [])]).to.deep.equal(
      [...order].map((n) => [3, 4, 5, 0, 1, 2][n]),
    );
    expect(grid?.geometry.spacing[0]).to.be.closeTo(5, 0.2);
  });

  it('along a line are one row of square pixels', () => {
    const grid = gridOf(x.slice(0, 3), y.slice(0, 3));
    expect([grid?.width, grid?.height]).to.deep.equal([3, 1]);
    expect(grid?.geometry.spacing).to.deep.equal([5, 5, 1]);
  });

  it('with a hole, a double or no rhythm are no image', () => {
    expect(gridOf(x.slice(1), y.slice(1))).to.equal(null);
    expect(gridOf(x.with(0, 15), y)).to.equal(null);
    expect(gridOf(x.with(1, 12), y)).to.equal(null);
    expect(gridOf(x.with(1, NaN), y)).to.equal(null);
  });
});
