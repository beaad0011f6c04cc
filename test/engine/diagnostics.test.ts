import { expect } from '@open-wc/testing';
import { diagnose } from '../../src/engine/diagnostics.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';

const [width, height, bands] = [10, 8, 6];
const pixels = width * height;
const prepared = {
  noise: new Float32Array(bands).fill(0.1),
  weights: new Float32Array(bands).fill(1),
  nuisance: null,
};

/** Two endmembers at right angles, pure in a half of the image each, told as well as the noise allows. */
function faultless(): Unmixing {
  return {
    width,
    height,
    axis: {
      values: Float64Array.of(1200, 1100, 1000, 900, 800, 700),
      unit: 'cm-1',
      quantity: 'absorbance',
    },
    names: ['A', 'B'],
    endmembers: Float32Array.of(1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
    abundances: Float32Array.from({ length: 2 * pixels }, (_, i) =>
      Number(i % 2 === Number(i >= pixels)),
    ),
    gain: new Float32Array(pixels).fill(1),
    nuisance: null,
    mask: new Uint8Array(pixels),
    excludedBands: new Uint8Array(bands),
    residual: {
      rmse: 0.1,
      meanAngle: 0.1,
      rmseMap: new Float32Array(pixels).fill(0.1),
      angleMap: new Float32Array(pixels).fill(0.1),
      spectrum: new Float32Array(bands).fill(0.1),
    },
    spread: null,
    negativeShare: { endmembers: 0, abundances: 0.3 },
  };
}

const said = (change: Partial<Unmixing> = {}): readonly string[] =>
  diagnose(prepared, { ...faultless(), ...change });

const withResidual = (
  change: Partial<Unmixing['residual']>,
): readonly string[] =>
  said({ residual: { ...faultless().residual, ...change } });

const spreadWith = (...angles: number[]): Unmixing['spread'] => ({
  runs: 5,
  endmembers: new Float32Array(2 * bands),
  abundances: new Float32Array(2 * pixels),
  angles: Float32Array.from(angles),
});

describe('diagnose', () => {
  it('says nothing where nothing stands out', () => {
    expect(said()).to.eql([]);
  });

  it('names endmembers that differ from run to run, with the figure', () => {
    expect(said({ spread: spreadWith(0.02, 0.234) })).to.eql([
      'Unsettled: from run to run, of 5, the spectrum turns by a mean angle of more than 0.1 rad for B (0.23 rad).',
    ]);
    expect(said({ spread: spreadWith(0.3, 0.2) })[0]).to.contain(
      'for A (0.3 rad) and B (0.2 rad).',
    );
  });

  it('says what agreement between runs does not show', () => {
    expect(said({ spread: spreadWith(0.02, 0.03) })).to.eql([
      'The endmembers of 5 runs agree within 0.03 rad; what all runs get wrong alike does not show in this.',
    ]);
  });

  it('names two endmembers that are nearly alike, by their angle', () => {
    const angle = 0.05;
    const endmembers = Float32Array.of(
      ...[1, 0, 0, 0, 0, 0],
      ...[Math.cos(angle), Math.sin(angle), 0, 0, 0, 0],
    );
    expect(said({ endmembers })).to.eql([
      'A and B are nearly alike (0.05 rad): their maps can stand for each other.',
    ]);
  });

  it('names an endmember that the others mix to, and does not count what only the baseline tells apart', () => {
    const names = ['A', 'B', 'C'];
    const abundances = Float32Array.from({ length: 3 * pixels }, (_, i) =>
      Number(i % 3 === Math.floor(i / 3) % 3),
    );
    const endmembers = Float32Array.of(
      ...[1, 0, 0, 0, 0, 0],
      ...[0, 1, 0, 0, 0, 0],
      ...[1, 1, 1, 0, 0, 0],
    );
    const change = { names, abundances, endmembers };
    expect(said(change)).to.eql([]);
    const nuisance = {
      names: ['Baseline offset'],
      spectra: Float32Array.of(0, 0, 1, 0, 0, 0),
    };
    expect(
      diagnose({ ...prepared, nuisance }, { ...faultless(), ...change }),
    ).to.eql(
      names.map(
        (name) =>
          `${name} is nearly a mixture of the others (0 rad from them): its map is uncertain.`,
      ),
    );
  });

  it('names endmembers that are hardly anywhere, and those that are nowhere alone', () => {
    const mostly = Float32Array.from({ length: 2 * pixels }, (_, i) =>
      i % 2 === 0 ? 0.998 : 0.002,
    );
    expect(said({ abundances: mostly })).to.eql([
      'B is hardly anywhere: 0.2 % of the image.',
    ]);
    const mixed = Float32Array.from({ length: 2 * pixels }, (_, i) =>
      i % 2 === 0 ? 0.6 : 0.4,
    );
    expect(said({ abundances: mixed })).to.eql([
      'B is nowhere alone (at most 40 % of a pixel): its spectrum was extrapolated from mixtures.',
    ]);
    // Strengths of the rule nnls are shares of their sum.
    expect(said({ abundances: mixed.map((v) => 7 * v) })[0]).to.contain('40 %');
  });

  it('compares the residual with the noise over the bands that count', () => {
    const spectrum = new Float32Array(bands).fill(0.15);
    expect(withResidual({ spectrum })).to.eql([
      'The model leaves 1.5 times the noise: something is in the data that it does not tell.',
    ]);
    const excludedBands = Uint8Array.of(1, 0, 0, 0, 0, 0);
    const residual = {
      ...faultless().residual,
      spectrum: Float32Array.of(9, 0.1, 0.1, 0.1, 0.1, 0.1),
    };
    expect(said({ residual, excludedBands })).to.eql([]);
  });

  it('gives the windows that fit worst in the unit of the axis', () => {
    const spectrum = new Float32Array(60).fill(0.1);
    spectrum.fill(0.25, 4, 7);
    spectrum[40] = 0.3;
    const long = {
      ...faultless(),
      axis: {
        values: Float64Array.from({ length: 60 }, (_, b) => 1600.04 - 10 * b),
        unit: 'cm-1' as const,
        quantity: 'absorbance' as const,
      },
      endmembers: Float32Array.from({ length: 120 }, (_, i) =>
        Number(i === 3 || i === 70),
      ),
      excludedBands: new Uint8Array(60),
    };
    const of = (unmixing: Unmixing) =>
      diagnose(
        {
          noise: new Float32Array(60).fill(0.1),
          weights: new Float32Array(60).fill(1),
          nuisance: null,
        },
        { ...unmixing, residual: { ...unmixing.residual, spectrum } },
      );
    // √((56 + 3 · 2.5² + 3²) / 60) = 1.18
    expect(of(long)).to.eql([
      'Windows that fit worst: 1560-1540 cm-1 (up to 2.5 times the noise) and 1200 cm-1 (up to 3 times the noise).',
    ]);
    expect(
      of({
        ...long,
        axis: { ...long.axis, unit: 'band' },
      })[0],
    ).to.match(/^Bands that fit worst: 1560-1540 \(up/);
  });

  it('counts pixels that fit badly, and says where most of them lie', () => {
    const rmseMap = new Float32Array(pixels).fill(0.1);
    for (const n of [23, 24, 33, 34]) rmseMap[n] = 0.5;
    expect(withResidual({ rmseMap })).to.eql([
      '4 pixels (5 %) fit more than 3 times worse than the median, all of them together at x 3-4, y 2-3.',
    ]);
    rmseMap[70] = 0.4;
    expect(withResidual({ rmseMap })[0]).to.contain(', 4 of them together');
    expect(
      withResidual({ rmseMap: rmseMap.map((v, n) => (n < 70 ? 0.1 : v)) }),
    ).to.eql(['1 pixel (1.3 %) fits more than 3 times worse than the median.']);
  });

  it('leaves out masked pixels', () => {
    const rmseMap = new Float32Array(pixels).fill(0.1);
    const mask = new Uint8Array(pixels);
    mask[5] = 1;
    rmseMap[5] = 9;
    const gain = new Float32Array(pixels).fill(1);
    gain[5] = 0;
    const residual = { ...faultless().residual, rmseMap };
    expect(said({ residual, mask, gain })).to.eql([]);
  });

  it('tells many negative values before the constraints', () => {
    expect(
      said({ negativeShare: { endmembers: 0.08, abundances: 0.45 } }),
    ).to.eql([
      "8 % of the endmembers' values came out negative and were set to zero.",
      '45 % of the weights would be negative without the constraint: fewer endmembers may do.',
    ]);
  });

  it('tells strengths that vary much', () => {
    const gain = Float32Array.from({ length: pixels }, (_, n) =>
      n % 2 === 0 ? 0.4 : 1.6,
    );
    expect(said({ gain })).to.eql([
      'The strength of the pixels goes from 0.4 to 1.6 of the mean (19 of 20 lie above the first, 19 of 20 below the second): in weak pixels the shares are uncertain.',
    ]);
  });

  it('says nothing of areas, pixels and strength where all pixels are masked', () => {
    expect(
      said({
        mask: new Uint8Array(pixels).fill(1),
        abundances: new Float32Array(2 * pixels),
      }),
    ).to.eql([]);
  });
});
