import { expect } from '@open-wc/testing';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import {
  type Coordinates,
  harsanyiFarrandChang,
  hysime,
  lastWideGap,
  residualAngles,
} from '../../src/algorithms/endmember-count.js';
import { randomSource } from '../../src/spectral/random.js';

const pixels = 600;
const bands = 30;

/** Non-negative mixtures of `rank` random spectra plus white noise, pixels x bands. */
function mixtures(rank: number, sigma: number, seed: number): Matrix {
  const random = randomSource(seed);
  const spectra = Matrix.zeros(rank, bands).apply(function (i, j) {
    this.set(i, j, random.uniform());
  });
  const shares = Matrix.zeros(pixels, rank).apply(function (i, j) {
    this.set(i, j, random.uniform() ** 3);
  });
  return shares.mmul(spectra).apply(function (i, j) {
    this.set(i, j, this.get(i, j) + sigma * random.normal());
  });
}

const eigen = (matrix: Matrix) =>
  new EigenvalueDecomposition(matrix, { assumeSymmetric: true });

const falling = (matrix: Matrix): number[] =>
  eigen(matrix).realEigenvalues.sort((a, b) => b - a);

const correlationOf = (x: Matrix): Matrix => x.transpose().mmul(x).div(x.rows);

/** Coordinates along the leading eigenvectors of the full correlation. */
function leading(x: Matrix, dimensions: number): Coordinates {
  const { realEigenvalues, eigenvectorMatrix } = eigen(correlationOf(x));
  const order = realEigenvalues
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, dimensions)
    .map(({ index }) => index);
  const directions = eigenvectorMatrix.subMatrixColumn(order);
  return {
    scores: Float64Array.from(x.mmul(directions).to1DArray()),
    dimensions,
  };
}

/** HySime as published, on the full bands x bands matrices: terms -p + 2 σ² along eigenvectors of Ry - Rn. */
function fullHysime(x: Matrix, sigma: number): number {
  const Ry = correlationOf(x);
  const Rn = Matrix.eye(bands).mul(sigma ** 2);
  const { eigenvectorMatrix } = eigen(Matrix.sub(Ry, Rn));
  return Array.from({ length: bands }, (_, k) => {
    const e = eigenvectorMatrix.getColumnVector(k);
    const along = (m: Matrix) => e.transpose().mmul(m).mmul(e).get(0, 0);
    return -along(Ry) + 2 * along(Rn);
  }).filter((term) => term < 0).length;
}

/** HFC as published, on the full matrices. */
function fullHfc(x: Matrix): number {
  const R = correlationOf(x);
  const mean = Matrix.rowVector(x.mean('column'));
  const withMean = falling(R);
  const without = falling(Matrix.sub(R, mean.transpose().mmul(mean)));
  return withMean.filter(
    (l, k) =>
      l - without[k] >
      3.719016 * Math.sqrt((2 * (l ** 2 + without[k] ** 2)) / x.rows),
  ).length;
}

/** Coordinates given pixel by pixel. */
const given = (...rows: number[][]): Coordinates => ({
  scores: Float64Array.from(rows.flat()),
  dimensions: rows[0].length,
});

describe('hysime', () => {
  it('counts what the criterion on all bands counts, and finds the planted rank', () => {
    for (const rank of [2, 4, 7]) {
      const x = mixtures(rank, 0.02, rank);
      expect(hysime(leading(x, 12), 0.02)).to.equal(rank);
      expect(fullHysime(x, 0.02)).to.equal(rank);
    }
  });

  it('gives up dimensions that noise covers, as on all bands', () => {
    for (const sigma of [1, 2, 4]) {
      const x = mixtures(6, sigma, 9);
      const count = fullHysime(x, sigma);
      expect(hysime(leading(x, 12), sigma)).to.equal(count);
      expect(count).to.be.below(6);
    }
  });

  it('keeps an axis whose mean square is more than twice the variance of the noise', () => {
    // mean squares 8, 2.1 and 1.9 along the axes, two of four pixels each, uncorrelated
    const spread = (v: number) => Math.sqrt(v);
    const data = given(
      [spread(8), spread(2.1), spread(1.9)],
      [spread(8), -spread(2.1), -spread(1.9)],
      [-spread(8), spread(2.1), -spread(1.9)],
      [-spread(8), -spread(2.1), spread(1.9)],
    );
    expect(hysime(data, 1)).to.equal(2);
    expect(hysime(data, 0.9)).to.equal(3);
    expect(hysime(data, 3)).to.equal(0);
  });
});

describe('harsanyiFarrandChang', () => {
  it('counts what the test on all bands counts', () => {
    for (const [rank, sigma, seed] of [
      [3, 0.02, 1],
      [5, 0.02, 2],
      [5, 0.2, 3],
    ]) {
      const x = mixtures(rank, sigma, seed);
      const count = fullHfc(x);
      expect(count).to.be.within(1, rank);
      expect(harsanyiFarrandChang(leading(x, 12))).to.equal(count);
    }
  });

  it('finds nothing in noise without a mean', () => {
    const x = mixtures(1, 0, 1)
      .mul(0)
      .add(mixtures(1, 1, 4))
      .sub(mixtures(1, 0, 4));
    expect(harsanyiFarrandChang(leading(x, 12))).to.equal(0);
  });
});

describe('lastWideGap', () => {
  it('tells after how many values the last ratio above 3 lies', () => {
    expect(lastWideGap([100, 30, 9, 2, 1.9, 1.8])).to.equal(3);
    expect(lastWideGap([100, 30, 9, 2, 0.5, 0.4])).to.equal(4);
  });

  it('tells none where values fade, nor for the first alone', () => {
    expect(lastWideGap([9, 6, 4, 3, 2, 1])).to.equal(null);
    expect(lastWideGap([100, 6, 4, 3, 2, 1])).to.equal(null);
    expect(lastWideGap([])).to.equal(null);
  });
});

describe('residualAngles', () => {
  it('is the mean angle to the leading axes, in closed form', () => {
    // angles to the first axis: 45° and 0; to the plane of the first two: 0
    const angles = residualAngles(given([1, 1, 0], [2, 0, 0]));
    expect(angles).to.have.length(2);
    expect(angles[0]).to.be.closeTo(Math.PI / 8, 1e-6);
    expect(angles[1]).to.equal(0);
    // (1, 1, 1): arctan √2 to the first axis, arctan 1/√2 to the plane
    const [first, second] = residualAngles(given([1, 1, 1]));
    expect(first).to.be.closeTo(Math.atan(Math.SQRT2), 1e-6);
    expect(second).to.be.closeTo(Math.atan(Math.SQRT1_2), 1e-6);
  });

  it('never rises, and counts pixels without energy as 0', () => {
    const angles = residualAngles(leading(mixtures(4, 0.05, 3), 10));
    for (let k = 1; k < angles.length; k++)
      expect(angles[k]).to.be.below(angles[k - 1]);
    expect([...residualAngles(given([0, 0], [1, 1]))]).to.deep.equal([
      Math.fround(Math.PI / 8),
    ]);
  });
});
