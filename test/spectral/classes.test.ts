import { expect } from '@open-wc/testing';
import { classMap } from '../../src/spectral/classes.js';

const names = ['a', 'b', 'c'];
const classesOf = (
  abundances: readonly number[],
  threshold: number,
  mask: readonly number[] = Array<number>(abundances.length / 3).fill(0),
): number[] =>
  Array.from(
    classMap(
      {
        names,
        abundances: Float32Array.from(abundances),
        mask: Uint8Array.from(mask),
      },
      threshold,
    ),
  );

describe('classes', () => {
  it('are the materials of the largest share, numbered from one', () => {
    expect(
      classesOf([0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8], 0),
    ).to.deep.equal([1, 2, 3]);
  });

  it('are none below the threshold, and hold at it', () => {
    const shares = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.375, 0.375, 0.25];
    expect(classesOf(shares, 0.5)).to.deep.equal([1, 2, 0]);
    expect(classesOf(shares, 0.51)).to.deep.equal([0, 0, 0]);
  });

  it('are the first of equal shares', () => {
    expect(classesOf([0.5, 0.5, 0, 0.25, 0.375, 0.375], 0)).to.deep.equal([
      1, 2,
    ]);
  });

  it('are none where a pixel is masked, holds nothing or is not a number', () => {
    const nan = Number.NaN;
    expect(
      classesOf(
        [1, 0, 0, 0, 0, 0, nan, nan, nan, 0.2, nan, 0.8],
        0,
        [1, 0, 0, 0],
      ),
    ).to.deep.equal([0, 0, 0, 0]);
  });

  it('compare strengths that do not sum to one by their share of the pixel', () => {
    expect(classesOf([4, 1, 1, 0.04, 0.01, 0.01], 0.6)).to.deep.equal([1, 1]);
    expect(classesOf([4, 1, 1, 0.04, 0.01, 0.01], 0.7)).to.deep.equal([0, 0]);
  });
});
