import { expect } from '@open-wc/testing';
import {
  independentFields,
  regressionOnWeights,
} from '../../src/algorithms/field-regression.js';
import { bandAxis } from '../../src/spectral/axis.js';
import type { RefitProblem } from '../../src/algorithms/refit-problem.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';

const width = 60;
const height = 50;
const count = width * height;
const kept = Uint32Array.from({ length: count }, (_, n) => n);
const x = (n: number) => n % width;
const y = (n: number) => Math.floor(n / width);

/** Two materials: one in patches, one in stripes; with noise of the given standard deviation. */
function problem(noise: number): {
  truth: Float64Array;
  problem: RefitProblem;
} {
  const random = randomSource(3);
  const truth = Float64Array.from({ length: count * 2 }, (_, i) => {
    const n = Math.floor(i / 2);
    return i % 2 === 0
      ? Number((Math.floor(x(n) / 7) + Math.floor(y(n) / 5)) % 2 === 0)
      : Number(Math.floor(y(n) / 9) % 2 === 0);
  });
  const values = truth.map((v) => v + noise * random.normal());
  return {
    truth,
    problem: {
      cube: {
        name: '',
        geometry: unitGeometry,
        width,
        height,
        axis: bandAxis(1, null),
        data: new Float32Array(count),
      },
      kept,
      bandWeights: Float64Array.of(1),
      weights: values,
      free: {
        values,
        noise: Float64Array.of(noise ** 2, 0, 0, noise ** 2),
      },
      endmembers: 2,
      variations: 0,
      terms: new Float64Array(0),
      termCount: 0,
      smooth: 0,
    },
  };
}

const mixture = (weights: Float64Array, factors: readonly number[]) =>
  Float64Array.from(
    kept,
    (_, n) => factors[0] * weights[2 * n] + factors[1] * weights[2 * n + 1],
  );
const wave = (n: number) => 3 + 2 * Math.sin(x(n) / 15) * Math.cos(y(n) / 12);

describe('regression on weights', () => {
  it('a field that is a mixture gives its factors exactly', () => {
    const { truth, problem: given } = problem(0);
    const { coefficients } = regressionOnWeights(given).regress(
      mixture(truth, [2, -1]),
    );
    expect(coefficients[0]).to.be.closeTo(2, 1e-9);
    expect(coefficients[1]).to.be.closeTo(-1, 1e-9);
  });

  it('a smooth field a hundred times stronger hardly disturbs it', () => {
    const { truth, problem: given } = problem(0);
    const field = mixture(truth, [0.05, -0.02]).map((v, n) => v + wave(n));
    const { coefficients } = regressionOnWeights(given).regress(field);
    expect(coefficients[0]).to.be.closeTo(0.05, 0.01);
    expect(coefficients[1]).to.be.closeTo(-0.02, 0.01);
  });

  it('noise of the weights does not weaken the factors when it is told', () => {
    const { truth, problem: given } = problem(0.3);
    const field = mixture(truth, [2, -1]).map((v, n) => v + wave(n));
    const told = regressionOnWeights(given).regress(field).coefficients;
    const untold = regressionOnWeights({
      ...given,
      free: { ...given.free, noise: new Float64Array(4) },
    }).regress(field).coefficients;
    expect(told[0]).to.be.closeTo(2, 0.15);
    expect(told[1]).to.be.closeTo(-1, 0.15);
    expect(untold[0]).to.be.below(1.5);
  });

  it('a field of white noise is regressed by least squares, which sees it best', () => {
    const { truth, problem: given } = problem(0);
    const random = randomSource(8);
    const field = mixture(truth, [2, -1]).map((v) => v + random.normal());
    const { coefficients, covariance } =
      regressionOnWeights(given).regress(field);
    // Normal equations of two unknowns, by Cramer's rule.
    let aa = 0;
    let ab = 0;
    let bb = 0;
    let af = 0;
    let bf = 0;
    for (let n = 0; n < count; n++) {
      const [a, b] = [truth[2 * n], truth[2 * n + 1]];
      aa += a * a;
      ab += a * b;
      bb += b * b;
      af += a * field[n];
      bf += b * field[n];
    }
    const det = aa * bb - ab * ab;
    expect(coefficients[0]).to.be.closeTo((af * bb - bf * ab) / det, 0.03);
    expect(coefficients[1]).to.be.closeTo((bf * aa - af * ab) / det, 0.03);
    expect(Math.abs(coefficients[0] - 2)).to.be.below(
      4 * Math.sqrt(covariance[0]),
    );
  });

  it('applies to other fields by its instruments', () => {
    const { truth, problem: given } = problem(0);
    const { instruments, solve } = regressionOnWeights(given).instruments;
    const field = mixture(truth, [0.5, 3]);
    const seen = [0, 1].map((r) =>
      field.reduce((sum, v, n) => sum + v * instruments[2 * n + r], 0),
    );
    for (const r of [0, 1])
      expect(solve[2 * r] * seen[0] + solve[2 * r + 1] * seen[1]).to.be.closeTo(
        [0.5, 3][r],
        1e-6,
      );
  });
});

describe('independentFields', () => {
  it('tells apart two fields that were mixed', () => {
    const { problem: given } = problem(0);
    const random = randomSource(5);
    const fields = Float64Array.from({ length: 2 * count }, () => 0);
    for (let n = 0; n < count; n++) {
      const [p, q] = [5 * random.normal(), 0.1 * random.normal()];
      fields[2 * n] = 0.6 * p - 0.8 * q;
      fields[2 * n + 1] = 0.8 * p + 0.6 * q;
    }
    const axes = independentFields(given, fields, 2);
    expect(Math.abs(0.6 * axes[0] + 0.8 * axes[1])).to.be.closeTo(1, 1e-3);
    expect(Math.abs(0.6 * axes[2] + 0.8 * axes[3])).to.be.below(1e-2);
  });
});
