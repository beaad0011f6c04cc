import { expect } from '@open-wc/testing';
import { matchSpectra, spectralAngle } from '../../src/spectral/metrics.js';

describe('spectral angle', () => {
  it('of a scaled spectrum is zero', () => {
    expect(spectralAngle([1, 2, 3], [2, 4, 6])).to.be.closeTo(0, 1e-7);
  });

  it('of orthogonal spectra is a right angle', () => {
    expect(spectralAngle([1, 0], [0, 3])).to.be.closeTo(Math.PI / 2, 1e-12);
  });

  it('with weights is the angle of the weighted spectra', () => {
    const w = [0.5, 2, 1];
    const x = [1, 2, 3];
    const y = [3, 1, 2];
    const times = (v: number[]): number[] => v.map((value, b) => value * w[b]);
    expect(spectralAngle(x, y, w)).to.be.closeTo(
      spectralAngle(times(x), times(y)),
      1e-12,
    );
  });

  it('of a zero spectrum is a right angle, never NaN', () => {
    expect(spectralAngle([0, 0], [1, 2])).to.equal(Math.PI / 2);
  });
});

describe('matching', () => {
  it('finds the permutation and the scale does not matter', () => {
    const truth = [
      [1, 0, 0.1],
      [0, 1, 0.2],
      [0.3, 0.3, 1],
    ];
    const shuffled = [2, 0, 1].map((r) => truth[r].map((v) => 7 * v));
    expect(matchSpectra(truth, shuffled)).to.deep.equal([1, 2, 0]);
  });
});
