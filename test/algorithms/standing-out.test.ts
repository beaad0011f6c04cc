import { expect } from '@open-wc/testing';
import {
  largestRegion,
  stretchesAbove,
} from '../../src/algorithms/standing-out.js';

const all = () => true;

describe('stretchesAbove', () => {
  it('finds stretches, the one with most above the limit first', () => {
    expect(stretchesAbove([0, 3, 0, 0, 5, 4, 0], all, 2)).to.eql([
      { first: 4, last: 5, most: 5 },
      { first: 1, last: 1, most: 3 },
    ]);
  });

  it('joins what a short gap parts, and what lies beyond values that do not count', () => {
    expect(stretchesAbove([3, 0, 3, 0, 0, 3], all, 2, 1)).to.eql([
      { first: 0, last: 2, most: 3 },
      { first: 5, last: 5, most: 3 },
    ]);
    expect(stretchesAbove([3, 9, 9, 3], (i) => i % 3 === 0, 2)).to.eql([
      { first: 0, last: 3, most: 3 },
    ]);
  });

  it('takes the limit itself and what is no number for not above', () => {
    expect(stretchesAbove([2, NaN, 2], all, 2)).to.eql([]);
    expect(stretchesAbove([], all, 2)).to.eql([]);
  });
});

describe('largestRegion', () => {
  it('counts pixels that touch by edges and corners, not across the border of the image', () => {
    const marked = Uint8Array.of(
      ...[0, 0, 1, 1],
      ...[1, 0, 0, 0],
      ...[0, 1, 0, 0],
      ...[0, 0, 1, 0],
    );
    expect(largestRegion(marked, 4)).to.eql({
      pixels: 3,
      x: [0, 2],
      y: [1, 3],
    });
  });

  it('is null without a mark, one pixel with one, the whole image with all', () => {
    expect(largestRegion(new Uint8Array(6), 3)).to.equal(null);
    expect(largestRegion(Uint8Array.of(0, 0, 0, 0, 0, 7), 3)).to.eql({
      pixels: 1,
      x: [2, 2],
      y: [1, 1],
    });
    expect(largestRegion(new Uint8Array(6).fill(1), 3)).to.eql({
      pixels: 6,
      x: [0, 2],
      y: [0, 1],
    });
  });
});
