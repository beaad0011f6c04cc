import { expect } from '@open-wc/testing';
import {
  pixelSized,
  corners,
  inUnit,
  indexToWorld,
  meetPlane,
  pixelAt,
  planeOf,
  transposeDirection,
  worldToIndex,
} from '../../src/imaging/geometry.js';
import type { Geometry } from '../../src/spectral/cube.js';
import { unitGeometry } from '../../src/spectral/cube.js';

/** A turn by 30° about z, then by 20° about x: column c is the direction of index axis c. */
const c30 = Math.cos(Math.PI / 6);
const s30 = Math.sin(Math.PI / 6);
const c20 = Math.cos(Math.PI / 9);
const s20 = Math.sin(Math.PI / 9);
const turned: Geometry = {
  origin: [10, -20, 5],
  spacing: [2, 3, 4],
  direction: [
    c30,
    -s30,
    0,
    c20 * s30,
    c20 * c30,
    -s20,
    s20 * s30,
    s20 * c30,
    c20,
  ],
  unit: 'µm',
};

const near = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).to.have.length(wanted.length);
  found.forEach((value, i) => expect(value).to.be.closeTo(wanted[i], 1e-9));
};

describe('geometry', () => {
  it('places an index by origin, spacing and direction, as written out by hand', () => {
    near(indexToWorld(turned, [1, 2, 0]), [
      10 + c30 * 2 - s30 * 6,
      -20 + c20 * s30 * 2 + c20 * c30 * 6,
      5 + s20 * s30 * 2 + s20 * c30 * 6,
    ]);
    near(indexToWorld(unitGeometry, [3, 4, 5]), [3, 4, 5]);
  });

  it('finds the index of a world position again, also under shear', () => {
    const sheared = { ...turned, direction: [1, 0.5, 0, 0, 1, 0, 0.2, 0, 1] };
    for (const geometry of [turned, sheared])
      near(
        worldToIndex(geometry, indexToWorld(geometry, [1.25, -7, 3])),
        [1.25, -7, 3],
      );
  });

  it('refuses axes that lie in one plane', () => {
    const flat = { ...turned, spacing: [1, 1, 0] as const };
    expect(() => worldToIndex(flat, [0, 0, 0])).to.throw('invalid geometry');
  });

  it('puts the corners half a pixel beyond the pixel centres', () => {
    const found = corners({ ...unitGeometry, spacing: [2, 4, 1] }, 3, 2);
    near(found.flat(), [-1, -2, 0, 5, -2, 0, -1, 6, 0, 5, 6, 0]);
  });

  it('names the pixel that holds a position, and none outside', () => {
    const at = (i: number, j: number) =>
      pixelAt(turned, 4, 3, indexToWorld(turned, [i, j, 9]));
    expect(at(3.49, 1.51)).to.deep.equal({ x: 3, y: 2 });
    expect(at(0, 0)).to.deep.equal({ x: 0, y: 0 });
    expect(at(3.51, 0)).to.equal(null);
    expect(at(0, -0.51)).to.equal(null);
  });

  it('meets the plane of an image where a ray was aimed, and never along it', () => {
    const target = indexToWorld(turned, [2, 1, 0]);
    const start = [target[0] + 1, target[1] - 2, target[2] + 7] as const;
    const found = meetPlane(turned, [start, target]);
    near(found ?? [], target);
    const right = indexToWorld(turned, [1, 0, 3]);
    expect(
      meetPlane(turned, [indexToWorld(turned, [0, 0, 3]), right]),
    ).to.equal(null);
  });

  it('moves along the third axis to the plane of a slice', () => {
    near(planeOf(turned, 2).origin, indexToWorld(turned, [0, 0, 2]));
  });

  it('transposes a direction, twice giving the first', () => {
    expect(transposeDirection([1, 2, 3, 4, 5, 6, 7, 8, 9])).to.deep.equal([
      1, 4, 7, 2, 5, 8, 3, 6, 9,
    ]);
    expect(
      transposeDirection(transposeDirection(turned.direction)),
    ).to.deep.equal(turned.direction);
  });

  it('in another unit of length has every length times what one is of the other', () => {
    const micro: Geometry = { ...turned, unit: 'µm' };
    const milli = inUnit(micro, 'mm');
    expect(milli.unit).to.equal('mm');
    near(
      indexToWorld(milli, [3, 4, 5]),
      indexToWorld(micro, [3, 4, 5]).map((value) => value / 1000),
    );
    near(inUnit(milli, 'µm').origin, micro.origin);
  });

  it('stays as it is where a unit is not known, or the same', () => {
    const known: Geometry = { ...turned, unit: 'mm' };
    const unknown: Geometry = { ...turned, unit: null };
    expect(inUnit(known, null)).to.equal(known);
    expect(inUnit(known, 'mm')).to.equal(known);
    expect(inUnit(unknown, 'µm')).to.equal(unknown);
  });

  it('with a pixel size keeps its proportions, about the origin of the world', () => {
    const oblique: Geometry = {
      ...unitGeometry,
      origin: [4, -6, 2],
      spacing: [2, 3, 5],
    };
    expect(pixelSized(oblique, 0.5)).to.deep.equal({
      origin: [1, -1.5, 0.5],
      spacing: [0.5, 0.75, 1.25],
      direction: unitGeometry.direction,
      unit: 'µm',
    });
  });
});
