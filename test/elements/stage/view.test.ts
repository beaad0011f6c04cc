import { expect } from '@open-wc/testing';
import type { View } from '../../../src/hosts/host.js';
import {
  type Place,
  fitted,
  imageTransform,
  moved,
  toView,
  toWorld,
  zoomed,
} from '../../../src/elements/stage/view.js';
import { indexToWorld } from '../../../src/imaging/geometry.js';
import type { Layer } from '../../../src/imaging/layer.js';
import { layerStyleDefaults } from '../../../src/imaging/layer.js';
import type { Geometry } from '../../../src/spectral/cube.js';

const size: Place = [400, 200];
const plain: Geometry = {
  origin: [10, 20, 0],
  spacing: [2, 2, 1],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  unit: 'µm',
};
/** Axes that are neither perpendicular nor of one length. */
const sheared: Geometry = {
  origin: [3, -4, 0],
  spacing: [1.5, 0.8, 1],
  direction: [0.8, 0.28, 0, 0.6, 0.96, 0, 0, 0, 1],
  unit: 'µm',
};
const view: View = {
  centre: [30, 25, 0],
  right: [1, 0, 0],
  up: [0, -1, 0],
  halfHeight: 50,
};
const layerOf = (geometry: Geometry, width: number, height: number): Layer => ({
  id: 'one',
  name: 'One',
  image: {
    kind: 'map',
    width,
    height,
    values: new Float32Array(width * height),
  },
  geometry,
  style: layerStyleDefaults,
});

const near = (got: readonly number[], want: readonly number[]): void => {
  expect(got.length).to.equal(want.length);
  got.forEach((value, i) => expect(value).to.be.closeTo(want[i], 1e-9));
};

describe('the view of a pane', () => {
  it('shows its centre in the middle and a world unit as two pixels of a height of 200 for 100 units', () => {
    near(toView(view, size, view.centre), [200, 100]);
    near(toView(view, size, [31, 27, 0]), [202, 104]);
  });

  it('gives the place back that a position of the world is seen at', () => {
    const turned: View = {
      centre: [1, 2, 3],
      right: [0.6, 0.8, 0],
      up: [0.8, -0.6, 0],
      halfHeight: 7,
    };
    for (const place of [
      [0, 0],
      [13, 170],
      [400, 200],
    ] as const)
      near(toView(turned, size, toWorld(turned, size, place)), [...place]);
  });

  it('draws an image with sheared axes where indexToWorld and toView put each pixel', () => {
    const ratio = 1.5;
    const [a, b, c, d, e, f] = imageTransform(view, size, sheared, ratio);
    for (const [i, j] of [
      [0, 0],
      [7, 3],
      [-2, 11],
    ]) {
      const [x, y] = toView(view, size, indexToWorld(sheared, [i, j, 0]));
      near(
        [a * (i + 0.5) + c * (j + 0.5) + e, b * (i + 0.5) + d * (j + 0.5) + f],
        [ratio * x, ratio * y],
      );
    }
  });

  it('fits an image with its first row on top, centred, with a margin of 4 %', () => {
    const fit = fitted([layerOf(plain, 30, 20)], size);
    if (!fit) throw new Error('nothing to fit');
    near(fit.centre, [39, 39, 0]);
    near(fit.right, [1, 0, 0]);
    near(fit.up, [0, -1, 0]);
    expect(fit.halfHeight).to.be.closeTo(1.04 * 20, 1e-9);
    expect(fitted([], size)).to.equal(null);
  });

  it('keeps under the pointer what it zooms at, and moves by the pixels of a drag', () => {
    const at: Place = [90, 30];
    const before = toWorld(view, size, at);
    const closer = zoomed(view, size, 3, at, null);
    expect(closer.halfHeight).to.be.closeTo(50 / 3, 1e-9);
    near(toWorld(closer, size, at), before);
    near(toView(moved(view, size, [12, -7]), size, before), [102, 23]);
  });

  it('zooms no further than a 400th of what shows everything', () => {
    const fit = { ...view, halfHeight: 40 };
    expect(zoomed(view, size, 1e9, [0, 0], fit).halfHeight).to.equal(0.1);
    expect(zoomed(view, size, 1e-9, [0, 0], fit).halfHeight).to.equal(320);
  });
});
