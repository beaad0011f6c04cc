import { expect } from '@open-wc/testing';
import {
  type Affine,
  applyTo,
  compose,
  identity,
  invert,
  motionOf,
  placed,
  turnedAbout,
} from '../../src/imaging/affine.js';
import { indexToWorld } from '../../src/imaging/geometry.js';
import type { Geometry } from '../../src/spectral/cube.js';

const c = Math.cos(0.3);
const s = Math.sin(0.3);
const turned: Geometry = {
  origin: [10, -20, 5],
  spacing: [0.5, 0.25, 2],
  direction: [c, -s, 0, s, c, 0, 0, 0, 1],
  unit: 'µm',
};
const sheared: Affine = [1.2, 0.4, -7, -0.1, 0.8, 3];

describe('an affine map of the plane', () => {
  it('moves an image so that each index lies where the map takes its former place, shear and all', () => {
    const moved = placed(turned, sheared);
    for (const index of [
      [0, 0, 0],
      [3, 0, 0],
      [0, 7, 0],
      [-2.5, 4, 1],
    ] as const) {
      const [x, y, z] = indexToWorld(turned, index);
      const [u, v, w] = indexToWorld(moved, index);
      const [wantX, wantY] = applyTo(sheared, [x, y]);
      expect(u).to.be.closeTo(wantX, 1e-12);
      expect(v).to.be.closeTo(wantY, 1e-12);
      expect(w).to.be.closeTo(z, 1e-12);
    }
  });

  it('leaves an image in its place when it is the identity', () => {
    const moved = placed(turned, identity);
    expect(moved.origin).to.deep.equal(turned.origin);
    moved.spacing.forEach((step, axis) =>
      expect(step).to.be.closeTo(turned.spacing[axis], 1e-12),
    );
    moved.direction.forEach((part, at) =>
      expect(part).to.be.closeTo(turned.direction[at], 1e-12),
    );
  });

  it('composed with another does the inner first, and with its inverse nothing', () => {
    const other = turnedAbout([4, -9], 33, 0.7);
    const place = [2.5, -31] as const;
    const [x, y] = applyTo(compose(sheared, other), place);
    const [u, v] = applyTo(sheared, applyTo(other, place));
    expect(x).to.be.closeTo(u, 1e-12);
    expect(y).to.be.closeTo(v, 1e-12);
    for (const both of [
      compose(sheared, invert(sheared)),
      compose(invert(sheared), sheared),
    ])
      both.forEach((part, at) =>
        expect(part).to.be.closeTo(identity[at], 1e-12),
      );
  });

  it('from µm to km has an inverse, and one onto a line is refused', () => {
    expect(invert([1e-9, 0, 0, 0, 1e-9, 0])[0]).to.be.closeTo(1e9, 1e-3);
    expect(() => invert([1, 2, 0, 2, 4, 0])).to.throw(
      'invalid map of the plane: 1 2 0 2 4 0',
    );
  });

  it('that turns about a place leaves it there and takes x towards y', () => {
    const map = turnedAbout([10, 20], 90, 2);
    expect(applyTo(map, [10, 20])).to.deep.equal([10, 20]);
    const [x, y] = applyTo(map, [11, 20]);
    expect(x).to.be.closeTo(10, 1e-12);
    expect(y).to.be.closeTo(22, 1e-12);
  });

  it('is told by its turn, scale, stretch (singular values) and how far it takes a place', () => {
    const told = motionOf(turnedAbout([0, 0], -4.2, 1.03), [100, 0]);
    expect(told.turn).to.be.closeTo(-4.2, 1e-9);
    expect(told.scale).to.be.closeTo(1.03, 1e-12);
    expect(told.stretch).to.be.closeTo(1, 1e-9);
    expect(told.mirrors).to.equal(false);
    // Law of cosines.
    const cosine = Math.cos((4.2 * Math.PI) / 180);
    expect(told.shift).to.be.closeTo(
      100 * Math.sqrt(1 + 1.03 ** 2 - 2 * 1.03 * cosine),
      1e-9,
    );
    // numpy.linalg.svd([[1.2, .4], [-.1, .8]]): 1.28077641, 0.78077641
    expect(motionOf(sheared, [0, 0]).stretch).to.be.closeTo(
      1.640388203202207,
      1e-12,
    );
    expect(motionOf([-1, 0, 0, 0, 1, 0], [0, 0])).to.deep.include({
      mirrors: true,
      scale: 1,
      stretch: 1,
    });
  });
});
