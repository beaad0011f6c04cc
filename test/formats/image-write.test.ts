import { expect } from '@open-wc/testing';
import { writeEnvi } from '../../src/formats/envi/write.js';
import { writeNpy } from '../../src/formats/npy/write.js';
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

describe('a map of classes', () => {
  const classes: SavedImage = {
    ...maps,
    name: 'classes',
    width: 70,
    height: 3,
    bands: 1,
    data: Float32Array.from({ length: 210 }, (_, i) => i % 4),
    bandNames: ['Classes'],
    classes: {
      names: ['Protein "α"', 'a, b', 'Wax'],
      colours: [
        [65, 192, 246],
        [232, 163, 23],
        [18, 178, 135],
      ],
    },
  };
  const content = (
    saved: readonly SavedFile[],
    name: string,
  ): string | Uint8Array<ArrayBuffer> => {
    const found = saved.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found.content;
  };

  for (const [format, write] of [
    ...writers,
    ['ENVI', writeEnvi],
    ['NumPy .npy', writeNpy],
  ] as const)
    it(`opens with its whole numbers when saved as ${format}, in a byte each`, async () => {
      const saved = write(classes);
      const opened = await openOne(...filesOf(saved));
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect(opened.cube.data).to.deep.equal(classes.data);
      expect([opened.cube.width, opened.cube.height]).to.deep.equal([70, 3]);
      const floats = write({ ...classes, classes: undefined });
      const size = (files: readonly SavedFile[]): number =>
        files.reduce(
          (sum, file) =>
            sum + (typeof file.content === 'string' ? 0 : file.content.length),
          0,
        );
      // Headers differ by a few names.
      expect(size(floats) - size(saved)).to.be.closeTo(3 * 210, 128);
    });

  it('has names and colours in the header of ENVI, none first', () => {
    expect(content(writeEnvi(classes), 'classes.hdr'))
      .to.include('classes = 4\n')
      .and.to.include(
        'class lookup = { 0, 0, 0, 65, 192, 246, 232, 163, 23, 18, 178, 135 }',
      )
      .and.to.include('class names = { None, Protein "α", a b, Wax }');
  });

  it('has names and colours of its labels in OME-Zarr', () => {
    const group: unknown = JSON.parse(
      String(content(writeOmeZarr(classes), 'classes.ome.zarr/zarr.json')),
    );
    expect(group).to.have.nested.property(
      'attributes.ome.image-label.properties[1].name',
      'a, b',
    );
    expect(group)
      .to.have.nested.property('attributes.ome.image-label.colors[2].rgba')
      .that.eqls([18, 178, 135, 255]);
  });
});
