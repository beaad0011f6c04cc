import { expect } from '@open-wc/testing';
import {
  addTransposedTimes,
  dot,
  orthonormalRows,
  times,
  timesTransposed,
} from '../../src/algorithms/dense.js';
import { inverse, symmetricEigen } from '../../src/algorithms/small.js';
import { randomSource } from '../../src/spectral/random.js';

const random = randomSource(7);
const matrix = (rows: number, columns: number) =>
  Float64Array.from({ length: rows * columns }, () => random.normal());

function naive(
  rows: number,
  columns: number,
  inner: number,
  term: (i: number, j: number, k: number) => number,
): number[] {
  return Array.from({ length: rows * columns }, (_, o) => {
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum += term(Math.floor(o / columns), o % columns, k);
    return sum;
  });
}

const expectClose = (got: ArrayLike<number>, want: ArrayLike<number>) => {
  expect(got.length).to.equal(want.length);
  for (let i = 0; i < want.length; i++)
    expect(got[i]).to.be.closeTo(want[i], 1e-10);
};

describe('dense products', () => {
  for (const [p, q, n] of [
    [9, 6, 13],
    [4, 8, 5],
    [1, 1, 1],
    [3, 2, 7],
  ])
    it(`match triple loops for ${p} x ${q} over ${n}`, () => {
      const a = matrix(p, n);
      const b = matrix(q, n);
      expectClose(
        timesTransposed(a, p, b, q, n),
        naive(p, q, n, (i, j, k) => a[i * n + k] * b[j * n + k]),
      );
      const c = matrix(n, p);
      const d = matrix(n, q);
      expectClose(
        addTransposedTimes(c, p, d, q, n, new Float64Array(p * q).fill(1)),
        naive(p, q, n, (i, j, k) => c[k * p + i] * d[k * q + j]).map(
          (v) => v + 1,
        ),
      );
      expectClose(
        times(a, p, d, n, q),
        naive(p, q, n, (i, j, k) => a[i * n + k] * d[k * q + j]),
      );
    });

  it('orthonormal rows leave out a dependent one', () => {
    const a = matrix(3, 6);
    for (let k = 0; k < 6; k++) a[6 + k] = 2 * a[k];
    const { rows, count } = orthonormalRows(a, 3, 6);
    expect(count).to.equal(2);
    expectClose(timesTransposed(rows, 2, rows, 2, 6), [1, 0, 0, 1]);
  });
});

describe('small problems', () => {
  it('eigenvectors reproduce the matrix, largest value first', () => {
    const a = matrix(5, 5);
    const m = timesTransposed(a, 5, a, 5, 5);
    const { values, vectors } = symmetricEigen(m, 5);
    expect([...values]).to.deep.equal([...values].sort((x, y) => y - x));
    for (let k = 0; k < 5; k++) {
      const v = vectors.slice(5 * k, 5 * k + 5);
      expectClose(
        times(m, 5, v, 5, 1),
        v.map((x) => x * values[k]),
      );
      expect(dot(v, v)).to.be.closeTo(1, 1e-12);
    }
  });

  it('inverse times matrix is the identity', () => {
    const a = matrix(4, 4);
    expectClose(
      times(inverse(a, 4, 0), 4, a, 4, 4),
      Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
    );
  });
});
