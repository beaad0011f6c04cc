import { expect } from '@open-wc/testing';
import { bestMixtures } from '../../src/algorithms/reference-mixture.js';
import { referenceSearch } from '../../src/algorithms/reference-search.js';
import {
  referenceTable,
  slopeReach,
} from '../../src/algorithms/reference-table.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { randomSource } from '../../src/spectral/random.js';

const bands = 301;
/** 4000 down to 1000 cm-1, a band every 10. */
const axis = Float64Array.from({ length: bands }, (_, b) => 4000 - 10 * b);
const ones = new Float64Array(bands).fill(1);

const peaks = (...at: readonly (readonly [number, number])[]): Float64Array =>
  axis.map((v) =>
    at.reduce(
      (sum, [centre, height]) =>
        sum + height * Math.exp(-(((v - centre) / 40) ** 2)),
      0.01,
    ),
  );
const a = peaks([3400, 1], [1400, 0.6]);
const b = peaks([2900, 1], [1700, 0.8]);
const c = peaks([1100, 1], [1500, 0.3]);
const references = [a, b, c].map((values) => ({ positions: axis, values }));
const table = referenceTable(references, axis, true);

/** Pearson's correlation by its definition, over chosen bands with squared weights. */
function correlation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: ArrayLike<number>,
  used: readonly number[],
): number {
  const w = used.map((i) => weights[i] ** 2);
  const sum = w.reduce((p, q) => p + q, 0);
  const mean = (v: ArrayLike<number>): number =>
    used.reduce((all, i, k) => all + w[k] * v[i], 0) / sum;
  const [mx, my] = [mean(x), mean(y)];
  const product = (
    p: ArrayLike<number>,
    mp: number,
    q: ArrayLike<number>,
    mq: number,
  ): number =>
    used.reduce((all, i, k) => all + w[k] * (p[i] - mp) * (q[i] - mq), 0);
  return (
    product(x, mx, y, my) /
    Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my))
  );
}

describe('table of references', () => {
  it('holds them straight between their points, whatever their order, and nothing where they do not reach', () => {
    const made = referenceTable(
      [{ positions: [2005, 3005, 2505], values: [1, 3, NaN] }],
      axis,
      true,
    );
    const [from, to] = [made.from[0], made.to[0]];
    expect([axis[from], axis[to - 1]]).to.deep.equal([3000, 2010]);
    for (let i = 0; i < bands; i++)
      expect(made.values[i]).to.be.closeTo(
        i >= from && i < to ? 1 + (axis[i] - 2005) / 500 : 0,
        1e-6,
      );
    // A straight line has one slope, 2 over 1000 cm-1, and none at the ends of what it covers.
    const { reach } = made;
    for (let i = 0; i < bands; i++)
      expect(made.slopes[i]).to.be.closeTo(
        i >= from + reach && i < to - reach ? 0.002 : 0,
        1e-8,
      );
  });

  it('takes slopes over 8 cm-1, at least over the next bands', () => {
    const fine = Float64Array.from({ length: 50 }, (_, i) => 1000 + 1.3 * i);
    expect(slopeReach(fine, true)).to.equal(3);
    expect(slopeReach(axis, true)).to.equal(1);
    expect(slopeReach(fine, false)).to.equal(2);
  });

  it('of references that lie elsewhere or hold no number is empty', () => {
    const made = referenceTable(
      [
        { positions: [100, 200], values: [1, 2] },
        { positions: [2000, 3000], values: [NaN, NaN] },
        { positions: [], values: [] },
      ],
      axis,
      true,
    );
    expect([...made.from, ...made.to]).to.deep.equal([0, 0, 0, 0, 0, 0]);
    const { covered, angle } = referenceSearch(made, ones)(a);
    expect([...covered]).to.deep.equal([0, 0, 0]);
    expect([...angle].every(Number.isNaN)).to.equal(true);
  });
});

describe('search of references', () => {
  it('gives a scaled spectrum angle 0, correlation 1 and distance 0, an offset one correlation 1', () => {
    const {
      angle,
      correlation: r,
      derivative,
      distance,
      covered,
    } = referenceSearch(table, ones)(b.map((v) => 7 * v));
    expect(angle[1]).to.be.closeTo(0, 1e-3);
    expect(r[1]).to.be.closeTo(1, 1e-6);
    expect(derivative[1]).to.be.closeTo(1, 1e-6);
    expect(distance[1]).to.be.closeTo(0, 1e-3);
    expect(covered[1]).to.equal(1);
    const offset = referenceSearch(table, ones)(b.map((v) => 2 * v + 3));
    expect(offset.correlation[1]).to.be.closeTo(1, 1e-6);
    expect(offset.derivative[1]).to.be.closeTo(1, 1e-5);
    expect(offset.angle[1]).to.be.greaterThan(0.5);
  });

  it('agrees with the definitions under uneven weights and windows that are left out', () => {
    const source = randomSource(5);
    const random = (): number => source.uniform();
    const spectrum = axis.map((_, i) => a[i] + 0.5 * c[i] + 0.1 * random());
    const weights = axis.map((v) =>
      v > 2200 && v < 2500 ? 0 : 0.1 + random(),
    );
    const found = referenceSearch(table, weights)(spectrum);
    const used = Array.from(axis.keys()).filter((i) => weights[i] > 0);
    [a, b, c].forEach((reference, n) => {
      expect(found.angle[n]).to.be.closeTo(
        spectralAngle(spectrum, reference, weights),
        1e-5,
      );
      expect(found.correlation[n]).to.be.closeTo(
        correlation(spectrum, reference, weights, used),
        1e-5,
      );
      const scaled = (x: Float64Array): number[] => {
        const over = used.map((i) => x[i]);
        const [low, high] = [Math.min(...over), Math.max(...over)];
        return over.map((v) => (v - low) / (high - low));
      };
      const [p, q] = [scaled(spectrum), scaled(reference)];
      const w = used.map((i) => weights[i] ** 2);
      const sum = w.reduce((x, y) => x + y, 0);
      expect(found.distance[n]).to.be.closeTo(
        Math.sqrt(
          p.reduce((all, v, k) => all + w[k] * (v - q[k]) ** 2, 0) / sum,
        ),
        1e-5,
      );
      // Symmetric differences, each weighed as the least of its three bands; none that touches the window.
      const slopes = (x: ArrayLike<number>): Float64Array =>
        axis.map((_, i) =>
          i > 0 && i < bands - 1
            ? (x[i + 1] - x[i - 1]) / (axis[i + 1] - axis[i - 1])
            : 0,
        );
      const least = axis.map((_, i) =>
        i > 0 && i < bands - 1
          ? Math.min(weights[i - 1], weights[i], weights[i + 1])
          : 0,
      );
      expect(found.derivative[n]).to.be.closeTo(
        correlation(
          slopes(spectrum),
          slopes(reference),
          least,
          Array.from(axis.keys()).filter((i) => least[i] > 0),
        ),
        1e-5,
      );
    });
  });

  it('compares only where a reference reaches, and says how much that is', () => {
    const reaches = Array.from(axis.keys()).filter((i) => axis[i] <= 2500);
    const [half, little] = [2500, 1800].map((top) => {
      const part = Array.from(axis.keys()).filter((i) => axis[i] <= top);
      return {
        positions: part.map((i) => axis[i]),
        values: part.map((i) => b[i]),
      };
    });
    const found = referenceSearch(
      referenceTable([half, little], axis, true),
      ones,
    )(a);
    expect(found.covered[0]).to.be.closeTo(reaches.length / bands, 1e-12);
    expect(found.angle[0]).to.be.closeTo(
      spectralAngle(
        reaches.map((i) => a[i]),
        reaches.map((i) => b[i]),
      ),
      1e-5,
    );
    expect(found.correlation[0]).to.be.closeTo(
      correlation(a, b, ones, reaches),
      1e-5,
    );
    expect(found.angle[1]).to.be.NaN;
    expect(found.distance[1]).to.be.NaN;
  });

  it('takes no slope across a gap of the axis', () => {
    const kept = Array.from(axis.keys()).filter(
      (i) => axis[i] > 2400 || axis[i] < 2280,
    );
    const short = Float64Array.from(kept, (i) => axis[i]);
    // On either side the same; beyond the gap one is lifted.
    const x = Float64Array.from(kept, (i) => a[i]);
    const lifted = Float64Array.from(
      kept,
      (i) => a[i] + (axis[i] < 2280 ? 5 : 0),
    );
    const made = referenceTable(
      [{ positions: short, values: lifted }],
      short,
      true,
    );
    const found = referenceSearch(
      made,
      new Float64Array(short.length).fill(1),
    )(x);
    expect(found.derivative[0]).to.be.closeTo(1, 1e-6);
    expect(found.correlation[0]).to.be.lessThan(0.5);
  });

  it('of a flat reference has no correlation', () => {
    const made = referenceTable(
      [{ positions: axis, values: ones }],
      axis,
      true,
    );
    const found = referenceSearch(made, ones)(a);
    expect(found.correlation[0]).to.be.NaN;
    expect(found.derivative[0]).to.be.NaN;
    expect(found.distance[0]).to.be.NaN;
  });
});

describe('mixtures of references', () => {
  it('find members and factors of a sum exactly, and the smaller sums before it', () => {
    const sum = axis.map((_, i) => 2 * a[i] + 0.5 * c[i]);
    const [one, two, ...more] = bestMixtures(table, [0, 1, 2], sum, ones);
    expect(one.members).to.deep.equal([0]);
    expect(one.angle).to.be.closeTo(spectralAngle(sum, a), 1e-5);
    expect(two.members).to.deep.equal([0, 2]);
    expect(two.angle).to.be.closeTo(0, 1e-3);
    [2, 0.5].forEach((factor, i) =>
      expect(two.factors[i]).to.be.closeTo(factor, 1e-5),
    );
    const length = (x: Float64Array): number => Math.hypot(...x);
    const [p, q] = [2 * length(a), 0.5 * length(c)];
    expect(two.shares[0]).to.be.closeTo(p / (p + q), 1e-5);
    expect(two.shares[1]).to.be.closeTo(q / (p + q), 1e-5);
    // The third would get a factor of about nothing, of either sign.
    expect(more.length).to.be.lessThan(2);
  });

  it('take nothing with a negative factor, and nothing of a zero spectrum', () => {
    const less = axis.map((_, i) => a[i] - 0.3 * b[i]);
    const found = bestMixtures(table, [0, 1], less, ones);
    expect(found.map(({ members }) => members)).to.deep.equal([[0]]);
    expect(
      bestMixtures(table, [0, 1], new Float64Array(bands), ones),
    ).to.deep.equal([]);
    expect(bestMixtures(table, [], a, ones)).to.deep.equal([]);
  });
});
