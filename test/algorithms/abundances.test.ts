import { expect } from '@open-wc/testing';
import { weightSolver } from '../../src/algorithms/abundances.js';
import { timesTransposed } from '../../src/algorithms/dense.js';
import { randomSource } from '../../src/spectral/random.js';

function solved(
  spectra: Float64Array,
  order: number,
  pixel: Float64Array,
  sumToOne = false,
): Float64Array {
  const length = pixel.length;
  const gram = timesTransposed(spectra, order, spectra, order, length);
  const weights = new Float64Array(order);
  weightSolver(
    gram,
    order,
    sumToOne,
  )(timesTransposed(spectra, order, pixel, 1, length), weights);
  return weights;
}

const random = randomSource(9);
const positive = (n: number) =>
  Float64Array.from({ length: n }, () => random.uniform());

describe('weightSolver', () => {
  it('matches scipy.optimize.nnls', () => {
    // numpy: A = (np.arange(24).reshape(6,4)*7 % 11)/10; b = [1,-.5,.3,.9,0,.4]; nnls(A, b)[0]
    const spectra = new Float64Array(24);
    for (let i = 0; i < 24; i++)
      spectra[(i % 4) * 6 + Math.floor(i / 4)] = ((i * 7) % 11) / 10;
    const pixel = Float64Array.of(1, -0.5, 0.3, 0.9, 0, 0.4);
    const want = [0.0, 0.19432496184265288, 0.0, 0.6197446926599138];
    solved(spectra, 4, pixel).forEach((v, r) =>
      expect(v).to.be.closeTo(want[r], 1e-9),
    );
  });

  it('returns planted weights of exact mixtures up to 32 endmembers', () => {
    for (const order of [1, 2, 7, 32]) {
      const spectra = positive(order * 60);
      const truth = positive(order).map((v) => (v < 0.4 ? 0 : v));
      const pixel = new Float64Array(60);
      for (let b = 0; b < 60; b++)
        for (let r = 0; r < order; r++)
          pixel[b] += truth[r] * spectra[r * 60 + b];
      solved(spectra, order, pixel).forEach((v, r) =>
        expect(v).to.be.closeTo(truth[r], 1e-6),
      );
    }
  });

  for (const sumToOne of [false, true])
    it(`meets the optimality conditions on random pixels${sumToOne ? ' on the simplex' : ''}`, () => {
      const order = 8;
      const spectra = positive(order * 20);
      for (let trial = 0; trial < 100; trial++) {
        const pixel = Float64Array.from(
          { length: 20 },
          () => 2 * random.normal(),
        );
        const weights = solved(spectra, order, pixel, sumToOne);
        const rest = pixel.slice();
        for (let r = 0; r < order; r++)
          for (let b = 0; b < 20; b++)
            rest[b] -= weights[r] * spectra[r * 20 + b];
        const slope = timesTransposed(spectra, order, rest, 1, 20);
        const level = sumToOne ? slope[weights.findIndex((w) => w > 1e-9)] : 0;
        weights.forEach((w, r) => {
          expect(w).to.be.at.least(0);
          if (w > 1e-9) expect(slope[r]).to.be.closeTo(level, 1e-7);
          else expect(slope[r]).to.be.below(level + 1e-7);
        });
        if (sumToOne)
          expect(weights.reduce((a, w) => a + w, 0)).to.be.closeTo(1, 1e-9);
      }
    });

  it('survives two equal endmembers and a zero pixel', () => {
    const one = positive(10);
    const weights = solved(Float64Array.from([...one, ...one]), 2, one);
    expect(weights[0] + weights[1]).to.be.closeTo(1, 1e-9);
    expect([...solved(positive(20), 2, new Float64Array(10))]).to.deep.equal([
      0, 0,
    ]);
  });
});
