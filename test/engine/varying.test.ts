import { expect } from '@open-wc/testing';
import {
  orthonormalRows,
  times,
  timesTransposed,
} from '../../src/algorithms/dense.js';
import type { Subspace } from '../../src/algorithms/subspace.js';
import { steadyScores } from '../../src/algorithms/variability.js';
import { pointsOf } from '../../src/engine/extract.js';
import { findVariability } from '../../src/engine/find-variability.js';
import { fitCorners } from '../../src/engine/fit-corners.js';
import { resolveOptions } from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { unmix } from '../../src/engine/run.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { scene } from '../algorithms/synthetic.js';

const bands = 400;
const random = randomSource(3);
const tilt = Float64Array.from({ length: bands }, (_, b) => (2 * b) / 399 - 1);
const none = { names: [], rows: new Float64Array(0) };

/** Three spectra of ten bands each: two bands alone would not tell what is steady. */
const spectra = [0, 1, 2].map(() => {
  const peaks = Array.from({ length: 10 }, () => random.below(bands));
  return tilt.map((_, b) =>
    peaks.reduce(
      (sum, p, i) => sum + 1 / (1 + i) / (1 + ((b - p) / 6) ** 2),
      0,
    ),
  );
});
const steady = Float64Array.from(spectra.flatMap((s) => [...s]));
const tilted = steady.map((v, i) => v * tilt[i % bands]);
const { rows } = orthonormalRows(
  Float64Array.from([...steady, ...tilted]),
  6,
  bands,
);
const { cube, shares } = scene(3, { bands, unit: 'nm' });
const pixels = cube.width * cube.height;
const gains = Float64Array.from({ length: pixels }, (_, n) => 1 + (n % 5) / 5);
/** Each material varies with how much of the next one is there: a fit that does not know would give that one the variation. */
const tilts = Float64Array.from(
  { length: 3 * pixels },
  (_, i) =>
    0.3 * Math.sin(i) + 0.3 * (shares[i - (i % 3) + ((i + 1) % 3)] - 1 / 3),
);
const weights = shares.map((v, i) => v * gains[Math.floor(i / 3)]);
const plain = times(weights, pixels, steady, 3, bands);
const varied = (by: Float64Array): Float64Array =>
  times(
    weights.map((v, i) => v * by[i]),
    pixels,
    tilted,
    3,
    bands,
  ).map((v, i) => v + plain[i] + 1e-4 * random.normal());
const data = varied(tilts);
const wavenumbers = {
  ...cube.axis,
  unit: 'cm-1',
  values: tilt.map((v) => 2450 - 1550 * v),
} as const;
const varyingCube = { ...cube, data: Float32Array.from(data) };
const source = {
  cube: varyingCube,
  pixels: Uint32Array.from({ length: pixels }, (_, n) => n),
  bands: Uint32Array.from(tilt, (_, b) => b),
  weights: new Float64Array(bands).fill(1),
};
const space: Subspace = {
  dimensions: 6,
  directions: rows,
  scores: timesTransposed(data, pixels, rows, 6, bands),
  values: Float64Array.of(90, 80, 70, 60, 50, 40),
};

describe('spectra that vary from place to place', () => {
  const found = findVariability(source, space, none, 6, 3);

  it('are found where each of them and its tilted version stand above the noise', () => {
    expect(found?.variability.dimensions).to.equal(6);
    const directions = found?.directions ?? new Float64Array(0);
    for (const spectrum of spectra) {
      const along = timesTransposed(directions, 3, spectrum, 1, bands);
      const whole = spectrum.reduce((sum, v) => sum + v * v, 0);
      const inside = along.reduce((sum, v) => sum + v * v, 0);
      expect(inside / whole).to.be.above(0.999);
    }
  });

  it('are not taken for granted with another number of endmembers, a gap or too few directions', () => {
    const gap = Float64Array.of(90, 80, 70, 30, 20, 10);
    expect(findVariability(source, space, none, 6, 2)).to.equal(null);
    expect(findVariability(source, space, none, 5, 3)).to.equal(null);
    expect(
      findVariability(source, { ...space, values: gap }, none, 6, 3),
    ).to.equal(null);
  });

  it('are weighed by two tilted versions, so that neither shares nor spectra see the tilt', async () => {
    if (!found) throw new Error('nothing found');
    const prepared = {
      ...(await prepare(
        { ...varyingCube, axis: wavenumbers },
        resolveOptions({ endmembers: 3 }),
        {},
      )),
      weights: new Float32Array(bands).fill(1),
      basis: Float32Array.from(found.directions),
      scores: Float32Array.from(
        steadyScores(found.variability, space.scores, pixels),
      ),
      dimensions: 3,
    };
    const corners = timesTransposed(steady, 3, found.directions, 3, bands);
    const worst = async (variability: typeof found.variability | null) => {
      const whole = { ...prepared, variability };
      const points = pointsOf(whole);
      const fit = await fitCorners(whole, points, corners, keepPace());
      const spectrum = (r: number) =>
        fit.endmembers.subarray(r * bands, (r + 1) * bands);
      return {
        weights: weights.reduce(
          (most, v, i) => Math.max(most, Math.abs(v - fit.weights[i])),
          0,
        ),
        angle: Math.max(
          ...spectra.map((s, r) => spectralAngle(s, spectrum(r))),
        ),
      };
    };
    const known = await worst(found.variability);
    expect(known.weights).to.be.below(0.02);
    expect(known.angle).to.be.below(0.001);
    const unknown = await worst(null);
    expect(unknown.angle).to.be.above(0.03);
  });

  it('leave the preset network untrained, with the endmembers of auto and a word why', async () => {
    const infrared = {
      ...cube,
      data: Float32Array.from(
        varied(tilts.map((_, i) => 0.65 * Math.sign(Math.sin(i)))),
      ),
      axis: wavenumbers,
    };
    const auto = await unmix(infrared, { endmembers: 3 });
    expect(auto.prepared.variability).to.not.equal(null);
    const { result } = await unmix(infrared, {
      endmembers: 3,
      preset: 'network',
    });
    expect(result.report.backend).to.equal(null);
    expect(result.resumable).to.equal(false);
    expect(result.report.warnings).to.include(
      'No network was trained: it cannot tell apart how spectra vary from place to place, and would lose what was found.',
    );
    const angle = spectralAngle(
      result.unmixing.endmembers,
      auto.result.unmixing.endmembers,
    );
    expect(angle).to.be.below(1e-6);
  });
});
