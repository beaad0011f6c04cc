import { expect } from '@open-wc/testing';
import {
  derivativeRows,
  independentDirections,
  takeOutColumns,
} from '../../src/algorithms/derivative-ica.js';
import { dot, orthonormalRows, times } from '../../src/algorithms/dense.js';
import { judgeCorners, refineCorners } from '../../src/algorithms/refine.js';
import { inverse } from '../../src/algorithms/small.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { scene } from './synthetic.js';

describe('derivative spectra', () => {
  it('second differences leave out places where bands are missing', () => {
    const rows = Float64Array.of(0, 1, 4, 9, 36, 49, 64);
    const { rows: found, length } = derivativeRows(
      rows,
      1,
      Uint32Array.of(0, 1, 2, 3, 6, 7, 8),
      1,
    );
    expect(length).to.equal(3);
    expect([...found]).to.deep.equal([2, 2, 2]);
  });

  it('what known columns tell of others is taken out, and only that', () => {
    // Two columns over four bands; the known ones are (1, 1, 0, 0) and (1, -1, 0, 0).
    const rows = Float64Array.of(5, 1, 7, 2, 3, -4, 0, 6);
    takeOutColumns(rows, 2, Float64Array.of(1, 1, 1, -1, 0, 0, 0, 0), 2);
    const wanted = [0, 0, 0, 0, 3, -4, 0, 6];
    rows.forEach((v, i) => expect(v).to.be.closeTo(wanted[i], 1e-9));
    const untouched = Float64Array.of(1, 2);
    takeOutColumns(untouched, 1, new Float64Array(0), 0);
    expect([...untouched]).to.deep.equal([1, 2]);
  });

  it('independent directions separate mixed spectra without looking at the image', () => {
    const { spectra } = scene(3, { bands: 600 });
    const mixing = Float64Array.of(1, 0.6, 0.4, 0.5, 1, 0.5, 0.3, 0.6, 1);
    const stacked = Float64Array.from(spectra.flatMap((s) => [...s]));
    const mixed = times(mixing, 3, stacked, 3, 600);
    const { rows } = orthonormalRows(mixed, 3, 600);
    const bands = Uint32Array.from({ length: 600 }, (_, b) => b);
    const samples = derivativeRows(rows, 3, bands, 3);
    const found = times(
      independentDirections(samples.rows, samples.length, 3, randomSource(1)),
      3,
      rows,
      3,
      600,
    );
    for (const spectrum of spectra) {
      const cosines = [0, 1, 2].map((r) => {
        const row = found.slice(r * 600, (r + 1) * 600);
        return Math.abs(
          dot(row, spectrum) /
            Math.sqrt(dot(row, row) * dot(spectrum, spectrum)),
        );
      });
      expect(Math.max(...cosines)).to.be.above(0.99);
    }
  });
});

describe('refineCorners', () => {
  const random = randomSource(6);
  const truth = Float64Array.of(1, 0, 0.2, 0.3, 1, 0, 0, 0.2, 1);
  const points = new Float64Array(600 * 3);
  for (let n = 0; n < 600; n++) {
    // At least one share is small and none is above 0.8: no pixel is pure.
    const raw = [0, 1, 2].map(() => 0.02 + random.uniform());
    raw[n % 3] = 0;
    const sum = raw[0] + raw[1] + raw[2];
    for (let r = 0; r < 3; r++)
      for (let k = 0; k < 3; k++)
        points[n * 3 + k] += (raw[r] / sum) * truth[r * 3 + k];
  }
  const problem = {
    points,
    count: 600,
    order: 3,
    derivatives: [],
    lastPenalty: 10,
    // Spectra of zeros say nothing.
    spectra: {
      rows: new Float64Array(12),
      length: 4,
      terms: new Float64Array(4).fill(1),
    },
  };
  const angles = (corners: Float64Array) =>
    [0, 1, 2].map((r) =>
      Math.min(
        ...[0, 1, 2].map((q) =>
          spectralAngle(
            truth.subarray(r * 3, r * 3 + 3),
            corners.subarray(q * 3, q * 3 + 3),
          ),
        ),
      ),
    );

  it('its gradient matches central differences of its cost to 1e-5', () => {
    const derivatives = [
      {
        rows: Float64Array.from({ length: 120 }, () => random.normal() ** 3),
        length: 40,
      },
    ];
    const corners = Float64Array.of(1, 0.3, 0.1, 0.2, 1, 0.4, 0.1, -0.3, 1);
    const spectra = {
      rows: Float64Array.from({ length: 60 }, () => random.normal() ** 2),
      length: 20,
      terms: new Float64Array(20).fill(1),
    };
    const amounts = new Float64Array(3);
    const judge = (at: Float64Array) =>
      judgeCorners({ ...problem, derivatives, spectra }, at, 50, amounts, true);
    for (let round = 0; round < 20; round++) judge(corners);
    const { gradient } = judge(corners);
    gradient.forEach((slope, i) => {
      const at = (shift: number) => {
        const moved = corners.slice();
        moved[i] += shift;
        return judge(moved).cost;
      };
      expect((at(1e-5) - at(-1e-5)) / 2e-5).to.be.closeTo(
        slope,
        1e-5 * (1 + Math.abs(slope)),
      );
    });
  });

  it('moves corners that are 0.1 rad off onto those of a simplex without pure pixels', async () => {
    const start = Float64Array.of(1, 0.12, 0.2, 0.3, 1, 0.12, 0.12, 0.2, 1);
    expect(Math.max(...angles(start))).to.be.above(0.1);
    const { corners: found, cost } = await refineCorners(
      problem,
      start,
      keepPace(),
    );
    expect(Math.max(...angles(found))).to.be.below(0.03);
    const weights = times(points, 600, inverse(found, 3), 3, 3);
    expect(Math.min(...weights)).to.be.above(-0.1);
    const stopped = await refineCorners(
      problem,
      start,
      keepPace(),
      AbortSignal.abort(),
    );
    expect(cost).to.be.below(stopped.cost);
  });

  it('returns the start, scaled to unit rows, when stopped before', async () => {
    const { corners: found } = await refineCorners(
      problem,
      Float64Array.of(2, 0, 0, 0, 3, 0, 0, 0, 4),
      keepPace(),
      AbortSignal.abort(),
    );
    expect([...found]).to.deep.equal([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
});
