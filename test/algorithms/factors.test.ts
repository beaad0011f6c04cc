import { expect } from '@open-wc/testing';
import {
  orthonormalRows,
  times,
  timesTransposed,
} from '../../src/algorithms/dense.js';
import {
  type FactorData,
  spectraSystem,
  visible,
  wantedRow,
  weigh,
} from '../../src/algorithms/factors.js';
import { curveResolution } from '../../src/algorithms/mcr-als.js';
import {
  RowVolume,
  logVolume,
  minimumVolumeFactors,
} from '../../src/algorithms/minimum-volume-nmf.js';
import { nearestPlane } from '../../src/algorithms/plane.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';

const count = 300;
const bands = 40;
const order = 3;

/** One bell each, some of them on a floor. */
const truth = Float64Array.from({ length: order * bands }, (_, i) => {
  const r = Math.floor(i / bands);
  return 0.03 * r + Math.exp(-(((i % bands) - 9 - 10 * r) ** 2) / 18);
});

/** Baseline that no spectrum is told by: a constant and a slope. */
const baseline = orthonormalRows(
  Float64Array.from({ length: 2 * bands }, (_, i) =>
    i < bands ? 1 : (i % bands) - bands / 2,
  ),
  2,
  bands,
).rows;

/** Mixtures of two of the three each, of strength .5 to 1.5, with shares of at most 0.9: no point is pure. */
function mixtures(): Float64Array {
  const random = randomSource(4);
  const weights = new Float64Array(count * order);
  for (let n = 0; n < count; n++) {
    const share = 0.1 + 0.8 * random.uniform();
    const strength = 0.5 + random.uniform();
    weights[n * order + (n % order)] = strength * share;
    weights[n * order + ((n + 1) % order)] = strength * (1 - share);
  }
  return weights;
}

function dataOf(
  weights: Float64Array,
  away: Float64Array = new Float64Array(0),
): { data: FactorData; measured: Float64Array } {
  const seen = visible(truth, { bands, away });
  const { rows: directions } = orthonormalRows(seen, order, bands);
  const measured = new Float64Array(count * bands);
  for (let i = 0; i < measured.length; i++)
    for (let r = 0; r < order; r++)
      measured[i] +=
        weights[Math.floor(i / bands) * order + r] *
        seen[r * bands + (i % bands)];
  return {
    measured,
    data: {
      scores: timesTransposed(measured, count, directions, order, bands),
      count,
      dimensions: order,
      directions,
      bands,
      away,
    },
  };
}

/** Each true spectrum with a fifth and a tenth of the others. */
const blurred = truth.map((v, i) => {
  const at = (shift: number) => truth[(i + shift * bands) % truth.length];
  return v + 0.2 * at(1) + 0.1 * at(2);
});

const angles = (
  spectra: Float64Array,
  away: Float64Array = new Float64Array(0),
): number[] => {
  const found = visible(spectra, { bands, away });
  const sought = visible(truth, { bands, away });
  return [0, 1, 2].map((r) =>
    spectralAngle(
      sought.subarray(r * bands, (r + 1) * bands),
      found.subarray(r * bands, (r + 1) * bands),
    ),
  );
};

const neverRises = (costs: readonly number[]): boolean =>
  costs.every((v, i) => i === 0 || v <= costs[i - 1] + 1e-10);

const free = { closure: false, fixed: [false, false, false] };

describe('factors', () => {
  it('costs in the subspace are those on all bands', () => {
    for (const away of [new Float64Array(0), baseline]) {
      const { data, measured } = dataOf(mixtures(), away);
      const seen = visible(blurred, data);
      const { weights, cost } = weigh(data, seen, false);
      let squares = 0;
      for (let i = 0; i < measured.length; i++) {
        let told = 0;
        for (let r = 0; r < order; r++)
          told +=
            weights[Math.floor(i / bands) * order + r] *
            seen[r * bands + (i % bands)];
        squares += (measured[i] - told) ** 2;
      }
      expect(cost).to.be.closeTo(squares / 2, 1e-9 * measured.length);
    }
  });

  it('the row that is wanted is where its gradient vanishes', () => {
    const weights = mixtures();
    const { data } = dataOf(weights);
    const system = spectraSystem(data, weights);
    const wanted = wantedRow(system, truth, 1, bands);
    const own = system.overlap[order + 1];
    wanted.forEach((v, b) =>
      expect(v / own).to.be.closeTo(truth[bands + b], 1e-9),
    );
  });
});

describe('curve resolution', () => {
  it('never raises its cost, stays non-negative and ends at factors that tell the data', async () => {
    for (const away of [new Float64Array(0), baseline]) {
      const { data } = dataOf(mixtures(), away);
      const { spectra, costs } = await curveResolution(
        data,
        blurred,
        free,
        keepPace(),
      );
      expect(neverRises(costs)).to.equal(true);
      expect(costs[costs.length - 1]).to.be.below(0.01 * costs[0]);
      expect(Math.min(...spectra)).to.be.at.least(0);
    }
  });

  it('recovers spectra where weights and spectra are both zero often enough', async () => {
    const sharp = truth.map((v) => (v < 0.1 ? 0 : v));
    const { data } = dataOf(mixtures());
    const { spectra } = await curveResolution(data, blurred, free, keepPace());
    expect(sharp.length).to.equal(spectra.length);
    expect(Math.max(...angles(spectra))).to.be.below(
      0.25 * Math.max(...angles(blurred)),
    );
  });

  it('keeps fixed spectra to the bit, and finds the others better beside them', async () => {
    const { data } = dataOf(mixtures());
    const start = blurred.slice();
    start.set(truth.subarray(0, bands));
    const { spectra } = await curveResolution(
      data,
      start,
      { closure: false, fixed: [true, false, false] },
      keepPace(),
    );
    expect(spectra.subarray(0, bands)).to.eql(truth.slice(0, bands));
    const without = await curveResolution(data, blurred, free, keepPace());
    expect(Math.max(...angles(spectra))).to.be.at.most(
      Math.max(...angles(without.spectra)),
    );
  });

  it('finds the strength of a fixed spectrum under closure, and never raises the cost', async () => {
    const weights = mixtures();
    for (let n = 0; n < count; n++) {
      const row = weights.subarray(n * order, (n + 1) * order);
      const sum = row.reduce((a, b) => a + b);
      row.forEach((v, r) => (row[r] = v / sum));
    }
    const { data } = dataOf(weights);
    const start = truth.map((v, i) => (i < bands ? 3 * v : v));
    const { spectra, costs } = await curveResolution(
      data,
      start,
      { closure: true, fixed: [true, false, false] },
      keepPace(),
    );
    expect(neverRises(costs)).to.equal(true);
    expect(Math.max(...spectra.subarray(0, bands))).to.be.closeTo(1, 0.02);
    expect(angles(spectra)[0]).to.be.below(1e-7);
    const { weights: shares } = weigh(data, spectra, true);
    for (let n = 0; n < count; n++)
      expect(
        shares.subarray(n * order, (n + 1) * order).reduce((a, b) => a + b),
      ).to.be.closeTo(1, 1e-9);
  });

  it('returns its start when stopped before', async () => {
    const { data } = dataOf(mixtures());
    const { spectra } = await curveResolution(
      data,
      blurred,
      free,
      keepPace(),
      AbortSignal.abort(),
    );
    expect(spectra).to.eql(blurred);
  });
});

describe('factorisation of minimum volume', () => {
  const diagonal = Float64Array.of(1, 1, 1).map((v) => v / Math.sqrt(3));

  it('has the volume of spectra on the axes and of equal ones in closed form, at any strength', () => {
    // On the plane x + y + z = √3 the axes reach √3: det(3 I + δ I).
    const axes = Float64Array.of(2, 0, 0, 0, 5, 0, 0, 0, 1);
    expect(logVolume(axes, diagonal)).to.be.closeTo(3 * Math.log(3.001), 1e-9);
    // Equal ones leave the eigenvalues 2 |t|² + δ and δ, |t|² = 3/2.
    const equal = Float64Array.of(1, 1, 0, 3, 3, 0);
    expect(logVolume(equal, diagonal)).to.be.closeTo(
      Math.log(3.001 * 0.001),
      1e-9,
    );
  });

  it('one row changes the volume by what its own part says, and slopes match central differences', () => {
    const rows = Float64Array.of(1, 0.2, 0.4, 0.3, 2, 0.1, 0.2, 0.3, 1.5);
    const moved = rows.slice();
    moved.set([0.6, 1.4, 0.3], 3);
    const part = new RowVolume(rows, 1, diagonal);
    const [before, after] = [rows, moved].map((all) => all.slice(3, 6));
    expect(part.value(after) - part.value(before)).to.be.closeTo(
      logVolume(moved, diagonal) - logVolume(rows, diagonal),
      1e-9,
    );
    part.slope(before).forEach((slope, b) => {
      const at = (shift: number) =>
        part.value(before.map((v, i) => (i === b ? v + shift : v)));
      expect((at(1e-5) - at(-1e-5)) / 2e-5).to.be.closeTo(slope, 1e-6);
    });
  });

  for (const [name, away] of [
    ['all there is', new Float64Array(0)],
    ['a baseline set aside', baseline],
  ] as const)
    it(`recovers spectra that are nowhere pure, with ${name}, and never raises its cost`, async () => {
      const { data } = dataOf(mixtures(), away);
      // Outside and inside the true simplex at once.
      const start = blurred.map((v, i) => Math.max(0, v + 0.05 * Math.sin(i)));
      const { spectra, costs } = await minimumVolumeFactors(
        data,
        start,
        0.3,
        keepPace(),
      );
      expect(neverRises(costs)).to.equal(true);
      expect(Math.min(...spectra)).to.be.at.least(0);
      expect(Math.max(...angles(start, away))).to.be.above(0.25);
      expect(Math.max(...angles(spectra, away))).to.be.below(0.06);
    });

  it('takes the smaller of two simplices that hold the data', async () => {
    const { data } = dataOf(mixtures());
    const { spectra } = await minimumVolumeFactors(
      data,
      blurred,
      0.3,
      keepPace(),
    );
    const wide = await minimumVolumeFactors(data, blurred, 0, keepPace());
    const { scores, directions } = data;
    const plane = times(
      nearestPlane(scores, count, order),
      1,
      directions,
      order,
      bands,
    );
    expect(logVolume(spectra, plane)).to.be.below(
      logVolume(wide.spectra, plane),
    );
  });
});
