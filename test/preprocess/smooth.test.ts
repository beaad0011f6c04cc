import { expect } from '@open-wc/testing';
import { despike } from '../../src/preprocess/spikes.js';
import { savitzkyGolay } from '../../src/preprocess/savitzky-golay.js';
import type { Step, StepOf } from '../../src/preprocess/steps.js';
import { randomSource } from '../../src/spectral/random.js';
import { bumpy, corrected, cubeFrom, line } from './spectra.js';

const step = (derivative: number, window = 7, degree = 3): Step => ({
  kind: 'savitzky-golay',
  on: true,
  window,
  degree,
  derivative,
});

describe('savitzkyGolay', () => {
  // scipy.signal.savgol_filter(y, 7, 3, deriv=d, delta=2, mode='interp')
  const reference = [
    [
      0.217634, 0.2029617, 0.2351957, 0.3427654, 0.64436, 0.9785671, 1.120423,
      1.023184, 0.7440647, 0.6346462, 0.6965314, 0.7954478, 0.8023977,
      0.7270834, 0.544476,
    ],
    [
      -0.01432442, 0.002021302, 0.03258179, 0.07735704, 0.1902067, 0.1872681,
      0.01358117, -0.1620414, -0.1584987, 0.03411464, 0.09870416, 0.01986951,
      -0.01500533, -0.06239467, -0.1222985,
    ],
    [
      0.004619171, 0.01172655, 0.01883393, 0.02594132, 0.003740444, -0.03164033,
      -0.04470491, -0.02632798, 0.01877142, 0.02744728, 0.006380438,
      -0.01430879, -0.02056605, -0.0268233, -0.03308056,
    ],
  ];
  for (const derivative of [0, 1, 2])
    it(`matches scipy.signal.savgol_filter, ends included: derivative ${derivative}`, async () => {
      const positions = line(15, (b) => 1000 + 2 * b);
      const found = await corrected(bumpy, step(derivative), { positions });
      reference[derivative].forEach((value, b) =>
        expect(found[b]).to.be.closeTo(value, 5e-7),
      );
    });

  it('is exact for a polynomial of its degree on an uneven, falling axis, and so are its derivatives', async () => {
    const positions = line(40, (b) => 30 - 0.5 * b - 0.004 * b * b);
    const cubic = (x: number) => 1 + 0.2 * x - 0.03 * x ** 2 + 0.001 * x ** 3;
    const slope = (x: number) => 0.2 - 0.06 * x + 0.003 * x ** 2;
    const bend = (x: number) => -0.06 + 0.006 * x;
    for (const [derivative, f] of [cubic, slope, bend].entries()) {
      const found = await corrected(positions.map(cubic), step(derivative, 9), {
        positions,
      });
      positions.forEach((x, b) =>
        expect(found[b]).to.be.closeTo(f(x), 2e-5 * 10 ** derivative),
      );
    }
  });

  it('is refused where the window is longer than the axis', () => {
    const { axis } = cubeFrom([[1, 2, 3]]);
    expect(() =>
      savitzkyGolay(axis, { window: 5, degree: 2, derivative: 0 }),
    ).to.throw('window is 5 (want at most the 3 bands of the image)');
  });
});

describe('despike', () => {
  const rule: StepOf<'spikes'> = {
    kind: 'spikes',
    on: true,
    threshold: 10,
    reach: 3,
  };
  const random = randomSource(3);
  const noisy = line(
    300,
    (b) =>
      Math.exp(-(((b - 100) / 4) ** 2)) + 0.002 * random.normal() + 0.001 * b,
  );

  it('replaces planted spikes, of one and two bands, by the median around them and touches nothing else', () => {
    const spectrum = Float32Array.from(noisy);
    for (const b of [0, 50, 120, 200, 201, 299]) spectrum[b] += 0.8;
    let counted = 0;
    despike(300, rule, (count) => (counted += count))(spectrum);
    expect(counted).to.equal(6);
    noisy.forEach((value, b) => expect(spectrum[b]).to.be.closeTo(value, 0.02));
  });

  it('finds none in noise, in a narrow band, and in a flat spectrum', () => {
    for (const y of [noisy, line(50, () => 1), [1], [1, 2]]) {
      const spectrum = Float32Array.from(y);
      despike(y.length, rule, () => expect.fail('a spike'))(spectrum);
      expect([...spectrum]).to.deep.equal([...Float32Array.from(y)]);
    }
  });
});
