import { expect } from '@open-wc/testing';
import {
  autoLimits,
  balancedLimits,
  fullLimits,
  hasSign,
  sampledValues,
} from '../../src/imaging/auto-limits.js';
import type { LimitedImage } from '../../src/imaging/auto-limits.js';
import { mapLayer, rgbaLayer } from './layers.js';

const imageOf = (values: readonly number[]): LimitedImage =>
  mapLayer(values).image as LimitedImage;

/** 0 to 100 in some order, so that percentiles can be read off. */
const shuffled = Array.from({ length: 101 }, (_, n) => (n * 37) % 101);

describe('contrast limits', () => {
  it('taken automatically are the 2nd and the 98th percentile', () => {
    expect(autoLimits(imageOf(shuffled))).to.deep.equal([2, 98]);
  });

  it('are not moved by stray values, by what is no number or by pixels that are left out', () => {
    const values = [...shuffled, NaN, Infinity, 1e9, 1e9];
    const mask = new Uint8Array(values.length);
    mask.fill(1, values.length - 2);
    expect(autoLimits(imageOf(values), mask)).to.deep.equal([2, 98]);
    expect(fullLimits(imageOf(values), mask)).to.deep.equal([0, 100]);
    expect(autoLimits(imageOf(values))[1]).to.be.below(101);
    expect(fullLimits(imageOf(values))[1]).to.equal(1e9);
  });

  it('lie as far on either side of zero for values with a sign', () => {
    const signed = imageOf(shuffled.map((value) => value - 30));
    expect(hasSign(autoLimits(signed))).to.equal(true);
    expect(balancedLimits(signed)).to.deep.equal([-68, 68]);
    expect(hasSign([-0.01, 1])).to.equal(false);
    expect(hasSign([0, 1])).to.equal(false);
  });

  it('rise also where there is no difference, or no value', () => {
    expect(autoLimits(imageOf([3, 3]))).to.deep.equal([3, 4]);
    expect(fullLimits(imageOf([3, 3]))).to.deep.equal([3, 4]);
    expect(autoLimits(imageOf([NaN]))).to.deep.equal([0, 1]);
    expect(fullLimits(imageOf([NaN]))).to.deep.equal([0, 1]);
    expect(balancedLimits(imageOf([0, 0]))).to.deep.equal([-1, 1]);
  });

  it('of finished colours are shares of brightness, without clear pixels', () => {
    const pixels = shuffled.map((value) => [value, value, value, 255]);
    const image = rgbaLayer([...pixels, [255, 255, 255, 0]])
      .image as LimitedImage;
    const [low, high] = autoLimits(image);
    expect([255 * low, 255 * high].map(Math.round)).to.deep.equal([2, 98]);
    expect(fullLimits(image)).to.deep.equal([0, 1]);
    const [red] = sampledValues(
      rgbaLayer([[255, 0, 0, 255]]).image as LimitedImage,
    );
    expect(red).to.be.closeTo(0.2126, 1e-6);
  });

  it('of a large image come from every n-th pixel of all of it', () => {
    const side = 1024;
    const values = Float32Array.from(
      { length: side * side },
      (_, n) => n / (side * side),
    );
    const image = { kind: 'map', width: side, height: side, values } as const;
    expect(sampledValues(image).length).to.be.within(2 ** 16, 2 ** 18);
    const [low, high] = autoLimits(image);
    expect(low).to.be.closeTo(0.02, 1e-4);
    expect(high).to.be.closeTo(0.98, 1e-4);
    expect(sampledValues(image)).to.equal(sampledValues(image));
  });
});
