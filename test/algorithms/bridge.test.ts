import { expect } from '@open-wc/testing';
import { bridgeGaps } from '../../src/algorithms/bridge.js';

const bands = 40;
const gap = (first: number, end: number): Uint8Array =>
  Uint8Array.from({ length: bands }, (_, b) => Number(b >= first && b < end));
/** A straight line with a peak at band 20, and a level one with the same. */
const spectra = (): Float64Array =>
  Float64Array.from({ length: 2 * bands }, (_, i) => {
    const b = i % bands;
    return (i < bands ? 0.1 * b : 5) + (b === 20 ? 3 : 0);
  });
/** Noise of 1, and of `within` from band 18 to 22. */
const noise = (within: number): Float32Array =>
  Float32Array.from({ length: bands }, (_, b) =>
    b >= 18 && b < 23 ? within : 1,
  );

describe('bridge', () => {
  it('draws spectra straight across a gap that is noisier than the bands beside it', () => {
    const rows = spectra();
    bridgeGaps(rows, gap(18, 23), noise(10));
    for (let b = 0; b < bands; b++) {
      const slack = b >= 18 && b < 23 ? 0.1 : 1e-12;
      expect(rows[b]).to.be.closeTo(0.1 * b, slack);
      expect(rows[bands + b]).to.be.closeTo(5, 1e-12);
    }
  });

  it('leaves quiet gaps, bands that count and the ends of the axis as they are', () => {
    for (const [excluded, within] of [
      [gap(18, 23), 2],
      [gap(18, 18), 10],
      [gap(0, 23), 10],
      [gap(18, bands), 10],
    ] as const) {
      const rows = spectra();
      bridgeGaps(rows, excluded, noise(within));
      expect([...rows]).to.eql([...spectra()]);
    }
  });
});
