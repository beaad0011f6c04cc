import { expect } from '@open-wc/testing';
import { type Affine, placed } from '../../src/imaging/affine.js';
import {
  axisVector,
  corners,
  dot,
  indexToWorld,
  isStraight,
  pixelAt,
} from '../../src/imaging/geometry.js';
import { StraightLayers, straightGrid } from '../../src/imaging/straight.js';
import { type Geometry, unitGeometry } from '../../src/spectral/cube.js';
import { classesLayer, mapLayer, rgbaLayer } from './layers.js';

const sheared: Affine = [1.2, 0.4, -7, -0.1, 0.8, 3];
const tilted: Geometry = {
  origin: [3, 1, 2],
  spacing: [2, 1.5, 4],
  direction: [0.8, 0, 0.6, 0, 1, 0, -0.6, 0, 0.8],
  unit: 'µm',
};
const [width, height] = [7, 5];

describe('a straight grid', () => {
  for (const [name, geometry] of [
    ['flat', placed(unitGeometry, sheared)],
    ['tilted', placed(tilted, sheared)],
  ] as const)
    it(`of a sheared, ${name} image has right angles, finer pixels in the same plane, and holds all four corners`, () => {
      expect(isStraight(geometry)).to.equal(false);
      const grid = straightGrid({ width, height, geometry });
      expect(isStraight(grid.geometry)).to.equal(true);
      const [x, y, z] = [0, 1, 2].map((axis) =>
        axisVector(grid.geometry, axis),
      );
      expect(dot(x, z)).to.be.closeTo(0, 1e-12);
      expect(dot(y, z)).to.be.closeTo(0, 1e-12);
      expect(Math.hypot(...x)).to.be.at.most(
        Math.hypot(...axisVector(geometry, 0)),
      );
      expect(Math.hypot(...y)).to.be.at.most(
        Math.hypot(...axisVector(geometry, 1)),
      );
      const start = indexToWorld(grid.geometry, [-0.5, -0.5, 0]);
      for (const corner of corners(geometry, width, height)) {
        const from = corner.map((value, i) => value - start[i]) as [
          number,
          number,
          number,
        ];
        const along = dot(from, x) / dot(x, x);
        const down = dot(from, y) / dot(y, y);
        expect(along).to.be.within(-1e-9, grid.width + 1e-9);
        expect(down).to.be.within(-1e-9, grid.height + 1e-9);
        expect(dot(from, z)).to.be.closeTo(0, 1e-9);
      }
    });
});

describe('layers of a viewer that draws right angles only', () => {
  const geometry = placed(unitGeometry, sheared);
  const numbered = Array.from({ length: width * height }, (_, n) => n / 35);
  const map = { ...mapLayer(numbered, {}, width), geometry };

  it('show at each place the value that the sheared image has there, and nothing outside', () => {
    const straight = new StraightLayers().of(map);
    if (straight.image.kind !== 'map') throw new Error('no map');
    const { values, width: wide, height: high } = straight.image;
    let outside = 0;
    for (let y = 0; y < high; y++)
      for (let x = 0; x < wide; x++) {
        const world = indexToWorld(straight.geometry, [x, y, 0]);
        const at = pixelAt(geometry, width, height, world);
        const value = values[y * wide + x];
        if (at)
          expect(value).to.equal(Math.fround(numbered[at.y * width + at.x]));
        else {
          outside++;
          expect(value).to.be.NaN;
        }
      }
    expect(outside).to.be.greaterThan(0);
  });

  it('keep classes whole and colours clear outside', () => {
    const layers = new StraightLayers();
    const colours = [
      [255, 0, 0],
      [0, 255, 0],
    ] as const;
    const classes = layers.of({
      ...classesLayer(
        numbered.map((_, n) => n % 3),
        colours,
        {},
        width,
      ),
      geometry,
    });
    if (classes.image.kind !== 'classes') throw new Error('no classes');
    expect([...new Set(classes.image.classes)].sort()).to.deep.equal([0, 1, 2]);
    const rgba = layers.of({
      ...rgbaLayer(numbered.map(() => [10, 20, 30, 255])),
      geometry,
    });
    if (rgba.image.kind !== 'rgba') throw new Error('no colours');
    const alphas = new Set(rgba.image.data.filter((_, i) => i % 4 === 3));
    expect([...alphas].sort()).to.deep.equal([0, 255]);
  });

  it('are made anew only when image, place or interpolation change', () => {
    const layers = new StraightLayers();
    const first = layers.of(map);
    const faded = layers.of({ ...map, style: { ...map.style, opacity: 0.3 } });
    expect(faded.image).to.equal(first.image);
    expect(faded.geometry).to.equal(first.geometry);
    expect(faded.style.opacity).to.equal(0.3);
    const smooth = layers.of({
      ...map,
      style: { ...map.style, interpolation: 'linear' },
    });
    expect(smooth.image).not.to.equal(first.image);
  });

  it('that are straight are drawn as they are', () => {
    const turned = { ...map, geometry: tilted };
    expect(new StraightLayers().of(turned)).to.equal(turned);
  });
});
