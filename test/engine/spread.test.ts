import { expect } from '@open-wc/testing';
import {
  addMember,
  type Members,
  noMembers,
  spreadOf,
} from '../../src/engine/spread.js';

/** Two endmembers over three bands, the third excluded; two pixels. */
const excluded = Uint8Array.of(0, 0, 1);
const first = {
  endmembers: Float32Array.of(4, 1, 7, 1, 4, 8),
  shares: Float32Array.of(0.2, 0.8, 0.5, 0.5),
};
/** The first with its endmembers swapped, half as tall, and other values. */
const second = {
  endmembers: Float32Array.of(0, 2, 4, 2, 1, 5),
  shares: Float32Array.of(0.6, 0.4, 0.3, 0.7),
};

function members(...all: (typeof first)[]): Members {
  const made = noMembers(2, 3, 2);
  for (const one of all) addMember(made, one, excluded);
  return made;
}

const closeTo = (found: Float32Array, wanted: number[]) => {
  expect(found).to.have.length(wanted.length);
  wanted.forEach((v, i) => expect(found[i]).to.be.closeTo(v, 1e-6));
};

describe('spread', () => {
  it('matches by angle and gives standard deviations at equal heights', () => {
    const spread = spreadOf(
      members(first, second),
      first.endmembers,
      0,
      excluded,
    );
    if (!spread) throw new Error('no spread');
    expect(spread.runs).to.equal(2);
    // Of two values the deviation is their distance over √2; the second, matched and doubled: (4, 2, 10) and (0, 4, 8).
    const half = Math.SQRT1_2;
    closeTo(spread.endmembers, [0, half, 3 * half, half, 0, 0]);
    // Its shares, matched: .4, .6 and .7, .3.
    closeTo(
      spread.abundances,
      [0.2, 0.2, 0.2, 0.2].map((v) => v * half),
    );
    closeTo(spread.angles, [
      Math.atan2(2, 4) - Math.atan2(1, 4),
      Math.atan2(1, 4),
    ]);
  });

  it('agrees with the deviation of numbers that were all kept', () => {
    const heights = [1, 1.5, 0.25, 0.75];
    const spread = spreadOf(
      members(
        ...heights.map((v) => ({
          endmembers: Float32Array.of(4, v, 0, v / 2, 4, 0),
          shares: Float32Array.of(v / 2, 1 - v / 2, 0, 1),
        })),
      ),
      Float32Array.of(4, 1, 0, 0, 4, 0),
      0,
      excluded,
    );
    // numpy: std([1, 1.5, .25, .75], ddof=1) = .5204165
    closeTo(spread?.endmembers ?? new Float32Array(), [
      ...[0, 0.5204165, 0],
      ...[0.26020825, 0, 0],
    ]);
    closeTo(spread?.abundances ?? new Float32Array(), [
      ...[0.26020825, 0.26020825],
      ...[0, 0],
    ]);
  });

  it('follows the order and the height of what is shown', () => {
    const shown = Float32Array.of(1, 8, 0, 8, 2, 0);
    const spread = spreadOf(members(first, second), shown, 1, excluded);
    // Twice as tall as the first, and the other way round.
    closeTo(
      spread?.endmembers ?? new Float32Array(),
      [1, 0, 0, 0, 1, 3].map((v) => v * Math.SQRT2),
    );
    // Only the first is another.
    closeTo(spread?.angles ?? new Float32Array(), [
      Math.atan2(1, 4) - Math.atan2(1, 8),
      0,
    ]);
  });

  it('is zero where all agree, and null below two', () => {
    const same = spreadOf(
      members(first, first, first),
      first.endmembers,
      0,
      excluded,
    );
    expect(same?.angles.every((v) => v < 1e-3)).to.equal(true);
    expect(same?.abundances.every((v) => v === 0)).to.equal(true);
    expect(spreadOf(members(first), first.endmembers, 0, excluded)).to.equal(
      null,
    );
    expect(spreadOf(members(), first.endmembers, 0, excluded)).to.equal(null);
  });
});
