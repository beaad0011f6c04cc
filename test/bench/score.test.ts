import { expect } from '@open-wc/testing';
import { type Scored, type Truth, score } from '../../bench/score.js';
import { bandAxis } from '../../src/spectral/axis.js';

const truth: Truth = {
  endmembers: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ].map((s) => Float64Array.from(s)),
  // Four pixels in two rows.
  abundances: Float64Array.from(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.5, 0.5, 0],
    ].flat(),
  ),
  bandsOut: new Set(),
  pixelsOut: new Set(),
};

const found = (endmembers: number[][], abundances: number[][]): Scored => ({
  width: 2,
  height: 2,
  axis: bandAxis(3, 'absorbance'),
  endmembers: Float32Array.from(endmembers.flat()),
  abundances: Float32Array.from(abundances.flat()),
});

describe('the score of an unmixing', () => {
  it('is zero for the truth in another order and scale, its maps as rough as the true ones', () => {
    const { angle, rmse, roughness, match } = score(
      found(
        [
          [0, 0, 2],
          [3, 0, 0],
          [0, 1, 0],
        ],
        [
          [0, 7, 0],
          [0, 0, 7],
          [7, 0, 0],
          [0, 3.5, 3.5],
        ],
      ),
      truth,
    );
    expect(match).to.deep.equal([1, 2, 0]);
    expect(angle).to.be.closeTo(0, 1e-7);
    expect(rmse).to.be.closeTo(0, 1e-7);
    expect(roughness).to.be.closeTo(1, 1e-6);
  });

  it('tells the angle and the error of one wrong pair by hand', () => {
    const { angle, rmse, angles } = score(
      found(
        [
          [1, 1, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
          [0, 1, 0],
        ],
      ),
      truth,
    );
    expect(angles[0]).to.be.closeTo(Math.PI / 4, 1e-6);
    expect(angle).to.be.closeTo(Math.PI / 12, 1e-6);
    // Two of the twelve shares are off by one half.
    expect(rmse).to.be.closeTo(Math.sqrt((2 * 0.25) / 12), 1e-6);
  });

  it('passes over an endmember too many', () => {
    const { angle, rmse, match } = score(
      found(
        [
          [1, 1, 1],
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        [
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
          [0, 0.5, 0.5, 0],
        ],
      ),
      truth,
    );
    expect(match).to.deep.equal([1, 2, 3]);
    expect(angle).to.be.closeTo(0, 1e-7);
    expect(rmse).to.be.closeTo(0, 1e-7);
  });

  it('scores the pairs there are where one is missing, and says which', () => {
    const { angle, rmse, match, angles } = score(
      found(
        [
          [0, 0, 1],
          [1, 0, 0],
        ],
        [
          [0, 1],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
      ),
      truth,
    );
    expect(match).to.deep.equal([1, -1, 0]);
    expect(angles[1]).to.be.NaN;
    expect(angle).to.be.closeTo(0, 1e-7);
    // Of eight shares one is off by one, one by one half.
    expect(rmse).to.be.closeTo(Math.sqrt(1.25 / 8), 1e-6);
  });

  it('leaves out bands and pixels that do not count', () => {
    const { angle, rmse, roughness } = score(
      found(
        [
          [1, 0, 9],
          [0, 1, 9],
        ],
        [
          [1, 0],
          [0, 1],
          [0, 1],
          [0.5, 0.5],
        ],
      ),
      {
        endmembers: truth.endmembers.slice(0, 2),
        abundances: Float64Array.of(1, 0, 0, 1, 1, 0, 0.5, 0.5),
        bandsOut: new Set([2]),
        pixelsOut: new Set([2]),
      },
    );
    expect(angle).to.be.closeTo(0, 1e-7);
    expect(rmse).to.equal(0);
    expect(roughness).to.equal(1);
  });

  it('tells maps half as steep as half as rough, and none as flat', () => {
    const half = [
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.25],
      [0.25, 0.75],
    ];
    const stripes: Truth = {
      ...truth,
      endmembers: truth.endmembers.slice(0, 2),
      abundances: Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1),
    };
    const spectra = [
      [1, 0, 0],
      [0, 1, 0],
    ];
    expect(score(found(spectra, half), stripes).roughness).to.equal(0.5);
    const flat = half.map(() => [0.5, 0.5]);
    expect(score(found(spectra, flat), stripes).roughness).to.equal(0);
  });
});
