import { expect } from '@open-wc/testing';
import { layerStyleDefaults } from '../../src/imaging/layer.js';
import { rampColour } from '../../src/imaging/ramp.js';
import { renderLayer } from '../../src/imaging/render.js';
import { unitGeometry } from '../../src/spectral/cube.js';

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(colour: readonly number[]): number {
  const [r, g, b] = colour.map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const linear = (c: number): number =>
  c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;

/** CIE 1976 lightness, 0 to 100. */
function lightnessOf(colour: readonly number[]): number {
  const y = luminance(colour);
  return y > (6 / 29) ** 3 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27;
}

/** Of linear RGB, complete deficiency. Table of Machado, Oliveira and Fernandes 2009, IEEE TVCG 15, 1291. */
const deficiencies = {
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882,
    -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182,
    0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733,
    0.691367, 0.3039,
  ],
};

function simulated(
  colour: readonly number[],
  matrix: readonly number[],
): number[] {
  const from = colour.map(linear);
  return [0, 3, 6].map((row) => {
    const c = Math.min(
      1,
      Math.max(
        0,
        from.reduce((sum, value, i) => sum + matrix[row + i] * value, 0),
      ),
    );
    return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
  });
}

describe('colour ramps', () => {
  for (const ramp of ['grey', 'heat', 'ice', 'moss'] as const) {
    const colours = Array.from({ length: 256 }, (_, i) =>
      rampColour(ramp, i / 255),
    );

    it(`${ramp} runs from dark to bright in steps that look alike: CIE lightness by the formula of 1976`, () => {
      const lightness = colours.map(lightnessOf);
      expect(lightness[0]).to.be.below(14);
      expect(lightness[255]).to.be.above(90);
      // Over a sixteenth each, as single levels are rounded to 8 bits.
      const steps = Array.from(
        { length: 16 },
        (_, i) =>
          lightness[Math.round((255 * (i + 1)) / 16)] -
          lightness[Math.round((255 * i) / 16)],
      );
      const mean = (lightness[255] - lightness[0]) / 16;
      for (const step of steps) expect(step / mean).to.be.within(0.6, 1.5);
    });

    for (const [name, matrix] of Object.entries(deficiencies))
      it(`${ramp} rises all the way for ${name} (Machado, Oliveira and Fernandes 2009)`, () => {
        const seen = Array.from({ length: 33 }, (_, i) =>
          lightnessOf(simulated(rampColour(ramp, i / 32), matrix)),
        );
        for (let i = 1; i < seen.length; i++)
          expect(seen[i] - seen[i - 1], `step ${i}`).to.be.above(1);
      });
  }

  it('are grey in the middle for what has a sign, blue below and orange above, alike in brightness', () => {
    const [r, g, b] = rampColour('balance', 0.5);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).to.be.below(4);
    const low = rampColour('balance', 0);
    const high = rampColour('balance', 1);
    expect(low[2]).to.be.above(low[0] + 60);
    expect(high[0]).to.be.above(high[2] + 60);
    expect(luminance(low)).to.be.closeTo(luminance(high), 0.06);
    expect(luminance([r, g, b])).to.be.above(luminance(low) + 0.3);
  });

  it('colour a map from its low limit to its high one, and leave out what is no number or hidden', () => {
    const { data } = renderLayer({
      id: 'a',
      name: 'a',
      geometry: unitGeometry,
      image: {
        kind: 'map',
        width: 5,
        height: 1,
        values: Float32Array.of(-1, 1, 4, Number.NaN, -3),
      },
      style: {
        ...layerStyleDefaults,
        colourMap: 'balance',
        opacity: 1,
        limits: [-1, 1],
        threshold: -2,
      },
    });
    expect([...data.subarray(0, 4)]).to.deep.equal([
      ...rampColour('balance', 0),
      255,
    ]);
    expect([...data.subarray(4, 8)]).to.deep.equal([
      ...rampColour('balance', 1),
      255,
    ]);
    expect([...data.subarray(8, 12)]).to.deep.equal([
      ...rampColour('balance', 1),
      255,
    ]);
    expect([data[15], data[19]]).to.deep.equal([0, 0]);
  });
});
