import { expect } from '@open-wc/testing';
import { fitUnscaled } from '../../src/engine/unscaled.js';
import { resolveOptions } from '../../src/engine/options.js';
import {
  difference,
  size,
  tinyCube,
  trueShares,
  trueSpectra,
} from './synthetic.js';

const { bands, endmembers } = size;
const settled = (): Promise<void> => Promise.resolve();

describe('fit in the unit of the data', () => {
  it('finds the true spectra from the true shares, whatever the gain of each pixel', async () => {
    const cube = tinyCube(0);
    const gains = Float64Array.from(
      { length: size.width * size.height },
      (_, n) => 1 + 0.5 * Math.sin(n),
    );
    cube.data.forEach((v, i) => {
      cube.data[i] = v * gains[Math.floor(i / bands)];
    });
    const kept = Uint32Array.from(gains.keys());
    const { endmembers: found, gain } = await fitUnscaled(
      {
        cube,
        options: resolveOptions({ endmembers }),
        mask: new Uint8Array(kept.length),
        kept,
        excludedBands: new Uint8Array(bands),
        noise: new Float32Array(bands),
        weights: new Float32Array(bands),
        nuisance: null,
        significantRank: 3,
        variability: null,
        singularValues: new Float32Array(0),
        basis: new Float32Array(0),
        scores: new Float32Array(0),
        dimensions: 0,
        warnings: [],
      },
      trueShares(),
      kept,
      60,
      settled,
    );
    // Spectra and gains share one free factor.
    const factor = gains[0] / gain[0];
    expect(
      difference(
        found.map((v) => v / factor),
        trueSpectra(),
      ),
    ).to.be.below(0.02);
    expect(
      difference(
        gain.map((v) => v * factor),
        gains,
      ),
    ).to.be.below(0.02);
  });
});
