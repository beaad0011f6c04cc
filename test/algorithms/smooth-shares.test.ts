import { expect } from '@open-wc/testing';
import { smoothShares } from '../../src/algorithms/smooth-shares.js';
import { randomSource } from '../../src/spectral/random.js';

const width = 20;
const height = 16;
const pixels = width * height;
const noise = 0.02;

/** Two materials with an edge between columns 9 and 10, and noise. */
function twoHalves(): { truth: Float32Array; noisy: Float32Array } {
  const random = randomSource(5);
  const truth = new Float32Array(pixels * 2);
  const noisy = new Float32Array(pixels * 2);
  for (let n = 0; n < pixels; n++) {
    const share = n % width < 10 ? 0.2 : 0.8;
    const error = noise * random.normal();
    truth.set([share, 1 - share], n * 2);
    noisy.set([share + error, 1 - share - error], n * 2);
  }
  return { truth, noisy };
}

const rms = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0) / a.length);

const even = new Float64Array(pixels).fill(2 * noise ** 2);
const none = new Uint8Array(pixels);

describe('smoothing of shares', () => {
  it('halves the error of flat regions and keeps the edge between them', () => {
    const { truth, noisy } = twoHalves();
    const smooth = smoothShares(noisy, width, even, none);
    expect(rms(smooth, truth)).to.be.below(rms(noisy, truth) / 2);
    for (let y = 0; y < height; y++) {
      const at = (y * width + 9) * 2;
      expect(smooth[at + 2] - smooth[at]).to.be.closeTo(0.6, 4 * noise);
    }
  });

  it('keeps the sum of each row and of each map', () => {
    const { noisy } = twoHalves();
    const smooth = smoothShares(noisy, width, even, none);
    let before = 0;
    let after = 0;
    for (let n = 0; n < pixels; n++) {
      expect(smooth[2 * n] + smooth[2 * n + 1]).to.be.closeTo(1, 1e-5);
      before += noisy[2 * n];
      after += smooth[2 * n];
    }
    expect(after).to.be.closeTo(before, 0.02 * before);
  });

  it('changes nothing without noise, and neither a masked pixel nor its neighbours by it', () => {
    const { noisy } = twoHalves();
    const quiet = new Float64Array(pixels);
    expect(smoothShares(noisy, width, quiet, none)).to.eql(noisy);
    const mask = none.slice();
    mask[45] = 1;
    const one = noisy.slice();
    one.set([7, -6], 90);
    const smooth = smoothShares(one, width, even, mask);
    expect([...smooth.subarray(90, 92)]).to.eql([7, -6]);
    expect(Math.max(...smooth.filter((_, i) => i >> 1 !== 45))).to.be.below(1);
  });

  it('solves two equal neighbours and two that differ as the closed form does', () => {
    // One row of two pixels: x = a ± w (a₂ - a₁) / (1 + 2 w).
    const a = Float32Array.from([0.5, 0.54]);
    const smooth = smoothShares(a, 2, [0.01, 0.01], new Uint8Array(2));
    const w = Math.exp(-(0.04 ** 2) / (8 * 0.02));
    expect(smooth[0]).to.be.closeTo(0.5 + (w * 0.04) / (1 + 2 * w), 1e-6);
    expect(smooth[1]).to.be.closeTo(0.54 - (w * 0.04) / (1 + 2 * w), 1e-6);
  });
});
