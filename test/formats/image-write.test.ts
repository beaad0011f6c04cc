import { expect } from '@open-wc/testing';
import { writeNrrd } from '../../src/formats/itk/nrrd-write.js';
import { writeOmeTiff } from '../../src/formats/tiff/ome-write.js';
import { writeOmeZarr } from '../../src/formats/zarr/ome-write.js';
import type { SavedFile, SavedImage } from '../../src/formats/saved.js';
import { zipFiles } from '../../src/formats/zip.js';
import { bandAxis } from '../../src/spectral/axis.js';
import { file, openOne } from './files.js';

/** 150 x 3 pixels, 5 bands: more than one chunk of OME-Zarr. */
const cube: SavedImage = {
  name: 'leaf',
  description: 'A <leaf> & its "veins"\nof \\ today',
  width: 150,
  height: 3,
  bands: 5,
  data: Float32Array.from({ length: 2250 }, (_, i) => Math.sin(i) / 3),
  axis: {
    values: Float64Array.of(4000.1, 1 / 3 + 3000, 2000, 1650.0000000001, 900),
    unit: 'cm-1',
    quantity: 'absorbance',
  },
  geometry: {
    origin: [12.5, -7, 3],
    spacing: [2.7, 1 / 3, 1],
    direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
    unit: 'µm',
  },
};
const maps: SavedImage = {
  ...cube,
  name: 'maps',
  bands: 3,
  data: Float32Array.from({ length: 1350 }, (_, i) => i / 1350),
  bandNames: ['Protein "α"', 'a\\n <b> & c', 'Wax'],
  axis: undefined,
  geometry: { ...cube.geometry, unit: 'mm' },
};
const single: SavedImage = {
  ...maps,
  name: 'single',
  bands: 1,
  data: maps.data.slice(0, 450),
  bandNames: ['Only'],
};

const filesOf = (saved: readonly SavedFile[]): File[] =>
  saved.map(({ name, content }) => file(name, content));

const writers: [string, (image: SavedImage) => SavedFile[]][] = [
  ['OME-TIFF', writeOmeTiff],
  ['OME-Zarr', writeOmeZarr],
  ['NRRD', writeNrrd],
];

for (const [format, write] of writers)
  describe(`an image saved as ${format}`, () => {
    for (const image of [cube, maps, single])
      it(`opens with the values, axis, names and geometry it had: ${image.name}`, async () => {
        const opened = await openOne(...filesOf(write(image)));
        if (opened.kind !== 'cube') throw new Error(opened.kind);
        const { name, width, height, data, axis, bandNames, geometry, mask } =
          opened.cube;
        expect(opened.type).to.equal(format);
        expect([name, width, height]).to.deep.equal([
          image.name,
          image.width,
          image.height,
        ]);
        expect(data).to.deep.equal(image.data);
        expect(axis).to.deep.equal(image.axis ?? bandAxis(image.bands, null));
        expect(bandNames).to.deep.equal(image.bandNames);
        expect(geometry).to.deep.equal(image.geometry);
        expect(mask).to.equal(undefined);
        expect(opened.warnings).to.deep.equal([]);
        expect(opened.missing).to.deep.equal(image.axis ? [] : ['quantity']);
      });

    it('keeps what is not measured as NaN', async () => {
      const data = cube.data.slice();
      data[7] = NaN;
      const opened = await openOne(...filesOf(write({ ...cube, data })));
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect(opened.cube.data).to.deep.equal(data);
      expect(opened.warnings).to.deep.equal([
        '1 value of 2250 is not a number.',
      ]);
    });

    it('opens from a zip', async () => {
      const zip = file('all.zip', zipFiles(write(cube)));
      const opened = await openOne(zip);
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect(opened.cube.name).to.equal('leaf');
      expect(opened.cube.data).to.deep.equal(cube.data);
    });
  });
