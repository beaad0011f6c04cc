import { expect } from '@open-wc/testing';
import { saveImage } from '../../src/formats/save.js';
import type { SavedImage } from '../../src/formats/saved.js';
import { openFiles } from '../../src/formats/open.js';
import {
  type Affine,
  applyTo,
  invert,
  placed,
} from '../../src/imaging/affine.js';
import { worldGrid } from '../../src/imaging/straight.js';
import { bakedOnto } from '../../src/session/baked.js';
import type { Geometry } from '../../src/spectral/cube.js';

const at = (
  spacing: number,
  origin: readonly [number, number, number],
): Geometry => ({
  origin,
  spacing: [spacing, spacing, 1],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  unit: 'µm',
});

/** Two maps that rise along x and along y, as a registration sheared and moved them. */
const map: Affine = [1.1, 0.2, 4, -0.1, 0.9, 3];
const [width, height] = [12, 9];
const source = at(6, [0, 0, 0]);
const maps: SavedImage = {
  name: 'abundances',
  description: 'Abundances of a test',
  width,
  height,
  bands: 2,
  data: Float32Array.from({ length: 2 * width * height }, (_, i) => {
    const n = Math.floor(i / 2);
    return i % 2 === 0 ? n % width : Math.floor(n / width);
  }),
  bandNames: ['Azurite', 'Oil'],
  geometry: placed(source, map),
};
const micrograph = { width: 80, height: 60, geometry: at(1, [5, -2, 0]) };

/** Index in the measured maps of a pixel of the micrograph, by hand. */
const indexOf = (x: number, y: number): readonly [number, number] => {
  const [u, v] = applyTo(invert(map), [x + 5, y - 2]);
  return [u / 6, v / 6];
};

describe('maps baked onto the grid of a micrograph', () => {
  it('have its size and place, and at each of its pixels the share that lies there', () => {
    const baked = bakedOnto(maps, micrograph, 'linear');
    expect([baked.width, baked.height]).to.deep.equal([80, 60]);
    expect(baked.geometry).to.equal(micrograph.geometry);
    let inside = 0;
    for (let y = 0; y < 60; y++)
      for (let x = 0; x < 80; x++) {
        const [i, j] = indexOf(x, y);
        const value = baked.data[2 * (y * 80 + x)];
        if (i < -0.5 || j < -0.5 || i >= width - 0.5 || j >= height - 0.5)
          expect(value).to.be.NaN;
        else {
          inside++;
          // A slope stays a slope, but for the rim that holds its last value.
          expect(value).to.be.closeTo(
            Math.min(width - 1, Math.max(0, i)),
            1e-4,
          );
        }
      }
    expect(inside).to.be.within(2000, 4800);
  });

  it('overlay it as OME-TIFF pixel by pixel', async () => {
    const baked = bakedOnto(maps, micrograph, 'nearest');
    const [file] = await saveImage(baked, 'ome-tiff');
    const [opened] = await openFiles([new File([file.content], file.name)]);
    if (opened.kind !== 'cube') throw new Error('no cube');
    const { cube } = opened;
    expect([cube.width, cube.height]).to.deep.equal([80, 60]);
    expect(cube.geometry.origin.slice(0, 2)).to.deep.equal([5, -2]);
    const [i, j] = indexOf(40, 30);
    const read = cube.data.subarray(2 * (30 * 80 + 40), 2 * (30 * 80 + 40) + 2);
    expect([...read]).to.deep.equal([Math.round(i), Math.round(j)]);
  });

  it('keep classes whole, with none outside', () => {
    const classes = bakedOnto(
      {
        ...maps,
        bands: 1,
        data: Float32Array.from({ length: width * height }, (_, n) => n % 3),
        classes: { names: ['a', 'b'] },
      },
      micrograph,
      'linear',
    );
    expect([...new Set(classes.data)].sort()).to.deep.equal([0, 1, 2]);
    expect(classes.data[0]).to.equal(0);
  });

  it('lie on square pixels of a size along the world where only that is asked for, all of them', () => {
    const grid = worldGrid(maps, 2.5);
    expect(grid.geometry.spacing.slice(0, 2)).to.deep.equal([2.5, 2.5]);
    expect(grid.geometry.direction.slice(0, 2)).to.deep.equal([1, 0]);
    const baked = bakedOnto(maps, grid, 'nearest');
    // As much area as was measured, to the pixels that the rim cuts.
    const area = 2.5 ** 2 * baked.data.filter(Number.isFinite).length * 0.5;
    const measured = width * height * 36 * (1.1 * 0.9 + 0.2 * 0.1);
    expect(area / measured).to.be.closeTo(1, 0.01);
  });

  it('that would be too large are refused', () => {
    expect(() =>
      bakedOnto(maps, { ...micrograph, width: 1e6, height: 1e4 }, 'linear'),
    ).to.throw('larger pixels');
  });

  it('without baking keep their sheared place in ENVI and OME-TIFF, in what we write there for ourselves', async () => {
    for (const format of ['envi', 'ome-tiff'] as const) {
      const files = await saveImage(maps, format);
      const [opened] = await openFiles(
        files.map(({ name, content }) => new File([content], name)),
      );
      if (opened.kind !== 'cube') throw new Error(`no cube in ${format}`);
      opened.cube.geometry.direction.forEach((part, i) =>
        expect(part, format).to.be.closeTo(maps.geometry.direction[i], 1e-9),
      );
    }
  });
});
