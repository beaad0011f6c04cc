import { expect } from '@open-wc/testing';
import { summarise } from '../../src/engine/summary.js';
import { imageOf, pixelOf } from '../../src/engine/views.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { size, tinyCube } from './synthetic.js';

const { width, height, bands } = size;
const pixels = width * height;
const cube = tinyCube();

/** Two endmembers, 1 and 2 everywhere, shares 1/4 and 3/4, gain 2, and an offset of 10 with coefficient n. */
function flatUnmixing(): Unmixing {
  const angles = Float32Array.from({ length: pixels }, (_, n) => n / 1000);
  return {
    width,
    height,
    axis: cube.axis,
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

describe('views of a cube', () => {
  it('adds contributions and nuisance up to the reconstruction', () => {
    const { model } = pixelOf(cube, flatUnmixing(), 3);
    expect(model?.contributions[0]).to.equal(0.5);
    expect(model?.contributions[bands]).to.equal(3);
    expect(model?.reconstruction[7]).to.equal(0.5 + 3 + 3 * 10);
    expect([...(model?.shares ?? [])]).to.eql([0.25, 0.75]);
    expect(model?.angle).to.be.closeTo(0.003, 1e-9);
  });

  it('reconstructs the same from strengths with gain 1 as from shares with their gain', () => {
    const scaled = flatUnmixing();
    const strengths = {
      ...scaled,
      gain: new Float32Array(pixels).fill(1),
      abundances: scaled.abundances.map((v) => 2 * v),
    };
    const { model } = pixelOf(cube, strengths, 3);
    expect(model?.reconstruction).to.eql(
      pixelOf(cube, scaled, 3).model?.reconstruction,
    );
    expect([...(model?.shares ?? [])]).to.eql([0.5, 1.5]);
  });

  it('has no model for a masked pixel', () => {
    expect(pixelOf(cube, flatUnmixing(), 5).model).to.equal(null);
  });

  it('hands out copies: the cube stays whole when they are moved away', () => {
    const { measured } = pixelOf(cube, null, 0);
    structuredClone(measured, { transfer: [measured.buffer] });
    expect(cube.data).to.have.length(pixels * bands);
  });

  it('shows one band as measured, or three channels of false colour', () => {
    const summary = summarise(cube);
    const band = imageOf(cube, summary, 9);
    expect(band.values[4]).to.equal(cube.data[4 * bands + 9]);
    expect(imageOf(cube, summary, null).values).to.have.length(3 * pixels);
  });

  it('refuses bands and pixels that are not there', () => {
    expect(() => imageOf(cube, summarise(cube), bands)).to.throw(
      'invalid band: 40 (want a whole number from 0 to 39)',
    );
    expect(() => pixelOf(cube, null, -1)).to.throw(
      'invalid pixel: -1 (want a whole number from 0 to 119)',
    );
  });
});
