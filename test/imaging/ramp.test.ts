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

describe('colour ramps', () => {
  it('grow brighter all the way for what is never negative', () => {
    const all = Array.from({ length: 33 }, (_, i) =>
      luminance(rampColour('heat', i / 32)),
    );
    for (let i = 1; i < all.length; i++)
      expect(all[i], `step ${i}`).to.be.above(all[i - 1]);
    expect(all[0]).to.be.below(0.05);
    expect(all[32]).to.be.above(0.7);
  });

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
        ramp: 'balance',
      },
      style: {
        ...layerStyleDefaults,
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
