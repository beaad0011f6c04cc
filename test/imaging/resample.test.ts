import { expect } from '@open-wc/testing';
import { indexToWorld, worldToIndex } from '../../src/imaging/geometry.js';
import {
  type Grid,
  type Sampled,
  resample,
} from '../../src/imaging/resample.js';
import type { Geometry } from '../../src/spectral/cube.js';
import { unitGeometry } from '../../src/spectral/cube.js';

const grid = (
  width: number,
  height: number,
  geometry: Partial<Geometry> = {},
): Grid => ({ width, height, geometry: { ...unitGeometry, ...geometry } });
const image = (on: Grid, value: (x: number, y: number) => number): Sampled => ({
  ...on,
  channels: 1,
  values: Float32Array.from({ length: on.width * on.height }, (_, n) =>
    value(n % on.width, Math.floor(n / on.width)),
  ),
});
const sheared: Partial<Geometry> = {
  origin: [3, -2, 0],
  spacing: [0.7, 0.9, 1],
  direction: [0.8, -0.28, 0, 0.6, 0.96, 0, 0, 0, 1],
};

describe('resample', () => {
  it('onto its own grid gives the same values, nearest and linear', () => {
    const own = image(grid(5, 4, sheared), (x, y) => 10 * y + x);
    for (const how of ['nearest', 'linear'] as const)
      expect([...resample(own, own, how)]).to.deep.equal([
        ...Array.from(own.values),
      ]);
  });

  it('shifted by whole pixels moves the values and leaves NaN outside', () => {
    const own = image(grid(3, 2), (x, y) => 10 * y + x);
    expect([
      ...resample(own, grid(3, 2, { origin: [1, 0, 0] }), 'nearest'),
    ]).to.deep.equal([1, 2, NaN, 11, 12, NaN]);
  });

  it('on a grid twice as fine repeats each pixel twice, by nearest', () => {
    const own = image(grid(2, 2), (x, y) => 2 * y + x);
    const fine = grid(4, 4, {
      origin: [-0.25, -0.25, 0],
      spacing: [0.5, 0.5, 1],
    });
    expect([...resample(own, fine, 'nearest')]).to.deep.equal([
      0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3,
    ]);
  });

  it('gives a plane exactly by linear, through two sheared geometries', () => {
    const from = grid(40, 30, sheared);
    const plane = ([x, y]: readonly number[]): number => 2 + 3 * x - 0.5 * y;
    const own = image(from, (x, y) =>
      plane(indexToWorld(from.geometry, [x, y, 0])),
    );
    const onto = grid(9, 7, {
      origin: [9, 9, 0],
      spacing: [0.4, 0.6, 1],
      direction: [0.96, 0.28, 0, -0.28, 0.96, 0, 0, 0, 1],
    });
    const got = resample(own, onto, 'linear');
    got.forEach((value, n) => {
      const world = indexToWorld(onto.geometry, [n % 9, Math.floor(n / 9), 0]);
      expect(value).to.be.closeTo(plane(world), 2e-5);
    });
  });

  it('holds the value of the rim in the outer half of its pixels, and none beyond', () => {
    const own = image(grid(2, 1), (x) => 4 + x);
    const line = grid(7, 1, { origin: [-1, 0, 0], spacing: [0.5, 1, 1] });
    // At -1, -.5, 0, .5, 1, 1.5, 2: pixels reach from -.5 to before 1.5.
    expect([...resample(own, line, 'linear')]).to.deep.equal([
      NaN,
      4,
      4,
      4.5,
      5,
      NaN,
      NaN,
    ]);
    expect([...resample(own, line, 'nearest')]).to.deep.equal([
      NaN,
      4,
      4,
      5,
      5,
      NaN,
      NaN,
    ]);
  });

  it('keeps NaN to the places it counts for', () => {
    const own = image(grid(3, 1), (x) => (x === 1 ? NaN : x));
    const line = grid(5, 1, { spacing: [0.5, 1, 1] });
    expect([...resample(own, line, 'linear')]).to.deep.equal([
      0,
      NaN,
      NaN,
      NaN,
      2,
    ]);
  });

  it('takes nearest the pixel that worldToIndex and rounding name, in every channel', () => {
    const from = grid(11, 13, sheared);
    const own: Sampled = {
      ...from,
      channels: 3,
      values: Float32Array.from({ length: 11 * 13 * 3 }, (_, n) => n),
    };
    const onto = grid(17, 12, { origin: [1, 0, 0], spacing: [0.61, 0.83, 1] });
    const got = resample(own, onto, 'nearest');
    for (let n = 0; n < 17 * 12; n++) {
      const world = indexToWorld(onto.geometry, [
        n % 17,
        Math.floor(n / 17),
        0,
      ]);
      const [i, j] = worldToIndex(from.geometry, world).map(Math.round);
      const inside = i >= 0 && j >= 0 && i < 11 && j < 13;
      for (let c = 0; c < 3; c++)
        expect(got[3 * n + c]).to.deep.equal(
          inside ? own.values[(j * 11 + i) * 3 + c] : NaN,
        );
    }
  });
});
