import { expect } from '@open-wc/testing';
import {
  type Affine,
  applyTo,
  identity,
  placed,
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
});
