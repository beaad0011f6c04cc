import { expect } from '@open-wc/testing';
import { unmix } from '../../src/engine/run.js';
import { pixelSpectrum } from '../../src/spectral/cube.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { reconstruct } from '../../src/spectral/reconstruct.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { size, tinyCube } from '../engine/synthetic.js';

const { width, height, bands } = size;
const pixels = width * height;

/** Two endmembers, 1 and 2 everywhere, shares 1/4 and 3/4, gain 2, and an offset of 10 with coefficient n. */
function flatUnmixing(): Unmixing {
  const angles = Float32Array.from({ length: pixels }, (_, n) => n / 1000);
  return {
    width,
    height,
    axis: tinyCube().axis,
    names: ['a', 'b'],
    endmembers: new Float32Array(2 * bands).fill(1).fill(2, bands),
    abundances: Float32Array.from({ length: 2 * pixels }, (_, i) =>
      i % 2 === 0 ? 0.25 : 0.75,
    ),
    gain: new Float32Array(pixels).fill(2),
    nuisance: {
      names: ['offset'],
      spectra: new Float32Array(bands).fill(10),
      coefficients: Float32Array.from({ length: pixels }, (_, n) => n),
    },
    mask: Uint8Array.from({ length: pixels }, (_, n) => (n === 5 ? 1 : 0)),
    excludedBands: new Uint8Array(bands),
    residual: {
      rmse: 0,
      meanAngle: 0,
      rmseMap: angles,
      angleMap: angles,
      spectrum: new Float32Array(bands),
    },
    spread: null,
    negativeShare: { endmembers: 0, abundances: 0 },
  };
}

describe('the model of a pixel', () => {
  it('adds contributions and nuisance up to the reconstruction', () => {
    const model = reconstruct(flatUnmixing(), 3);
    expect(model?.contributions[0]).to.equal(0.5);
    expect(model?.contributions[bands]).to.equal(3);
    expect(model?.reconstruction[7]).to.equal(0.5 + 3 + 3 * 10);
    expect([...(model?.shares ?? [])]).to.eql([0.25, 0.75]);
    expect(model?.angle).to.be.closeTo(0.003, 1e-9);
  });

  it('is the same from strengths with gain 1 as from shares with their gain', () => {
    const scaled = flatUnmixing();
    const strengths = {
      ...scaled,
      gain: new Float32Array(pixels).fill(1),
      abundances: scaled.abundances.map((v) => 2 * v),
    };
    const model = reconstruct(strengths, 3);
    expect(model?.reconstruction).to.eql(
      reconstruct(scaled, 3)?.reconstruction,
    );
    expect([...(model?.shares ?? [])]).to.eql([0.5, 1.5]);
  });

  it('is none for a pixel that is left out', () => {
    expect(reconstruct(flatUnmixing(), 5)).to.equal(null);
  });

  it('has the angle and the root mean square to the measured spectrum that the run tells, to 1e-6', async () => {
    const cube = tinyCube(0.02);
    const { result } = await unmix(cube, { endmembers: 3, exclude: [[5, 9]] });
    const { unmixing } = result;
    const counted = Float32Array.from(unmixing.excludedBands, (out) => 1 - out);
    const included = counted.reduce((sum, v) => sum + v, 0);
    expect(included).to.equal(bands - 5);
    for (const pixel of [0, 41, pixels - 1]) {
      const model = reconstruct(unmixing, pixel);
      if (!model) throw new Error('left out');
      const measured = pixelSpectrum(cube, pixel);
      expect(
        spectralAngle(measured, model.reconstruction, counted),
      ).to.be.closeTo(model.angle, 1e-6);
      const squares = measured.reduce(
        (sum, v, b) => sum + counted[b] * (v - model.reconstruction[b]) ** 2,
        0,
      );
      expect(Math.sqrt(squares / included)).to.be.closeTo(model.rmse, 1e-6);
    }
  });
});
