import { expect } from '@open-wc/testing';
import { writeEnvi, writeEnviLibrary } from '../../src/formats/envi/write.js';
import type { SavedFile, SavedImage } from '../../src/formats/saved.js';
import type { Spectra } from '../../src/spectral/cube.js';
import {
  file,
  lines,
  openCube,
  openOne,
  openSpectra,
  refusal,
} from './files.js';

const width = 3;
const height = 2;
const bands = 4;
/** Every value tells its place: 100 y + 10 x + b. */
const at = (x: number, y: number, b: number): number => 100 * y + 10 * x + b;
const expected: number[] = [];
for (let y = 0; y < height; y++)
  for (let x = 0; x < width; x++)
    for (let b = 0; b < bands; b++) expected.push(at(x, y, b));

const header = (...more: string[]): string =>
  lines(
    'ENVI',
    `samples = ${width}`,
    `lines = ${height}`,
    `bands = ${bands}`,
    ...more,
  );

/** Values in the order of the file, by the definition of each interleave. */
function ordered(interleave: string): number[] {
  const values: number[] = [];
  if (interleave === 'bip') return [...expected];
  if (interleave === 'bil')
    for (let y = 0; y < height; y++)
      for (let b = 0; b < bands; b++)
        for (let x = 0; x < width; x++) values.push(at(x, y, b));
  else
    for (let b = 0; b < bands; b++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) values.push(at(x, y, b));
  return values;
}

type Setter = (view: DataView, at: number, v: number, little: boolean) => void;
const types: [number, string, number, Setter][] = [
  [1, 'uint8', 1, (d, i, v) => d.setUint8(i, v)],
  [2, 'int16', 2, (d, i, v, l) => d.setInt16(i, v, l)],
  [3, 'int32', 4, (d, i, v, l) => d.setInt32(i, v, l)],
  [4, 'float32', 4, (d, i, v, l) => d.setFloat32(i, v, l)],
  [5, 'float64', 8, (d, i, v, l) => d.setFloat64(i, v, l)],
  [12, 'uint16', 2, (d, i, v, l) => d.setUint16(i, v, l)],
  [13, 'uint32', 4, (d, i, v, l) => d.setUint32(i, v, l)],
  [14, 'int64', 8, (d, i, v, l) => d.setBigInt64(i, BigInt(v), l)],
  [15, 'uint64', 8, (d, i, v, l) => d.setBigUint64(i, BigInt(v), l)],
];

function encode(
  values: readonly number[],
  [, , bytes, set]: (typeof types)[number],
  little: boolean,
): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  values.forEach((value, i) => set(view, i * bytes, value, little));
  return view.buffer;
}

const float32 = types[3];
const plain = header('data type = 4', 'interleave = bip', 'byte order = 0');
const plainData = (): ArrayBuffer => encode(expected, float32, true);
const withFields = (...fields: string[]): [File, File] => [
  file('scan.hdr', plain, lines(...fields)),
  file('scan.img', plainData()),
];

describe('ENVI data', () => {
  for (const type of types)
    for (const interleave of ['bip', 'bil', 'bsq'])
      it(`${type[1]}, ${interleave}, in both byte orders give the value of every place`, async () => {
        for (const order of [0, 1]) {
          const cube = await openCube(
            file(
              'scan.hdr',
              header(
                `data type = ${type[0]}`,
                `interleave = ${interleave.toUpperCase()}`,
                `byte order = ${order}`,
              ),
            ),
            file('scan.dat', encode(ordered(interleave), type, order === 0)),
          );
          expect(cube.width).to.equal(width);
          expect(cube.height).to.equal(height);
          expect([...cube.data]).to.deep.equal(expected);
        }
      });

  it('negative integers keep their sign', async () => {
    const [, , bytes, set] = types[1];
    const view = new DataView(new ArrayBuffer(2 * bytes));
    set(view, 0, -5, true);
    set(view, bytes, -32768, true);
    const cube = await openCube(
      file(
        'n.hdr',
        'ENVI\nsamples=2\nlines=1\nbands=1\ndata type=2\nbyte order=0\n',
      ),
      file('n.img', view.buffer),
    );
    expect([...cube.data]).to.deep.equal([-5, -32768]);
  });

  it('bands larger than one read are turned over as small ones are', async () => {
    const side = 1200;
    const data = Float32Array.from(
      { length: 2 * side * side },
      (_, i) => i % 1000003,
    );
    const cube = await openCube(
      file(
        'big.hdr',
        `ENVI\nsamples = ${side}\nlines = ${side}\nbands = 2\ndata type = 4\ninterleave = bsq\nbyte order = 0\n`,
      ),
      file('big.img', data),
    );
    const pixels = side * side;
    const wrong = cube.data.findIndex(
      (value, i) => value !== data[(i % 2) * pixels + (i >> 1)],
    );
    expect(wrong).to.equal(-1);
  });

  it('a header offset is skipped', async () => {
    const cube = await openCube(
      file('scan.hdr', plain, 'header offset = 1020\n'),
      file('scan.dat', new Uint8Array(1020).fill(7), plainData()),
    );
    expect([...cube.data]).to.deep.equal(expected);
  });

  it('finds its partner under any of the endings, after the ending, and in any case', async () => {
    for (const name of [
      'scan',
      'SCAN.IMG',
      'scan.dat',
      'scan.raw',
      'scan.bip',
      'scan.bil',
      'scan.bsq',
    ])
      expect(
        (await openCube(file(name, plainData()), file('scan.hdr', plain))).name,
      ).to.equal(name.replace(/\..*/, ''));
    const cube = await openCube(
      file('scan.dat.hdr', plain),
      file('scan.dat', plainData()),
    );
    expect(cube.width).to.equal(width);
  });

  it('without a byte order takes the one in which floats make sense, and says so', async () => {
    for (const little of [true, false]) {
      const opened = await openOne(
        file('s.hdr', header('data type = 4', 'interleave = bip')),
        file('s.img', encode(expected, float32, little)),
      );
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect([...opened.cube.data]).to.deep.equal(expected);
      expect(opened.warnings[0]).to.contain(
        little ? 'little-endian' : 'big-endian',
      );
    }
  });
});

describe('ENVI header', () => {
  it('with comments, odd spacing, lists over lines and DOS line ends reads like a plain one', async () => {
    const odd = [
      'ENVI ',
      '; made by hand',
      'description = {two',
      '; inside a list',
      ' lines = 99, samples = 98}',
      `  Samples=${width}`,
      `lines   =   ${height}  `,
      `bands =${bands}`,
      'data  type = 4',
      'interleave=bip',
      'byte order = 0',
      'wavelength units = Wavenumber',
      'wavelength = {',
      '4000.5, 3000,',
      ';2500,',
      '  2000 , 1000',
      '}',
      'z plot titles = { Wavenumbers (cm-1), Absorbance }',
    ].join('\r\n');
    const cube = await openCube(file('s.hdr', odd), file('s', plainData()));
    expect([...cube.axis.values]).to.deep.equal([4000.5, 3000, 2000, 1000]);
    expect(cube.axis.unit).to.equal('cm-1');
    expect(cube.axis.quantity).to.equal('absorbance');
    expect([...cube.data]).to.deep.equal(expected);
  });

  it('with blanks as long as a book, alone in a line or between words, reads like a plain one', async () => {
    const blank = ' '.repeat(300_000);
    const text = header('data type = 4', 'interleave = bip', 'byte order = 0');
    const cube = await openCube(
      file(
        's.hdr',
        text,
        `${blank}\nwavelength units = cm${blank}x\ndata units = log${blank}x\n`,
      ),
      file('s', plainData()),
    );
    expect([...cube.data]).to.deep.equal(expected);
  });

  it('gives unit and quantity found only in the plot titles', async () => {
    const opened = await openOne(
      ...withFields(
        'wavelength = {717.42, 725.13, 732.85, 740.56}',
        'z plot titles = {Wavenumbers (cm-1), Absorbance}',
        'pixel size = {0.000025000, 0.000025000}',
      ),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.missing).to.deep.equal([]);
    expect(opened.warnings).to.deep.equal([]);
    expect(opened.cube.axis.unit).to.equal('cm-1');
    expect(opened.cube.axis.quantity).to.equal('absorbance');
    expect(opened.cube.geometry.spacing).to.deep.equal([25, 25, 1]);
    expect(opened.cube.geometry.unit).to.equal('µm');
  });

  for (const [said, unit, factor] of [
    ['Wavenumber', 'cm-1', 1],
    ['cm-1', 'cm-1', 1],
    ['1/cm', 'cm-1', 1],
    ['Nanometers', 'nm', 1],
    ['nm', 'nm', 1],
    ['Micrometers', 'µm', 1],
    ['um', 'µm', 1],
    ['microns', 'µm', 1],
    ['Angstroms', 'nm', 0.1],
    ['Millimeters', 'µm', 1000],
    ['Meters', 'nm', 1e9],
    ['GHz', 'cm-1', 1 / 29.9792458],
    ['Index', 'band', 1],
  ] as const)
    it(`reads wavelengths in "${said}" as ${unit}`, async () => {
      const { axis } = await openCube(
        ...withFields(
          `wavelength units = ${said}`,
          'wavelength = {1, 2, 3, 4}',
        ),
      );
      expect(axis.unit).to.equal(unit);
      expect(axis.values[3]).to.be.closeTo(4 * factor, 4e-12 * factor);
    });

  it('that says neither unit nor quantity leaves both to be asked for', async () => {
    const opened = await openOne(
      ...withFields('wavelength units = Unknown', 'wavelength = {1, 2, 3, 4}'),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.missing).to.deep.equal(['unit', 'quantity']);
  });

  it('whose list of wavelengths has the wrong length numbers the bands and says so', async () => {
    const opened = await openOne(
      ...withFields('wavelength units = nm', 'wavelength = {500, 600, 700}'),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.axis.values]).to.deep.equal([1, 2, 3, 4]);
    expect(opened.cube.axis.unit).to.equal(null);
    expect(opened.warnings[0]).to.contain('3 wavelengths for 4 bands');
  });

  it('whose wavelengths go back sorts the bands, data and all, and says so', async () => {
    const opened = await openOne(
      ...withFields(
        'wavelength units = nm',
        'wavelength = {500, 700, 600, 800}',
      ),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.axis.values]).to.deep.equal([500, 600, 700, 800]);
    expect([...opened.cube.data.subarray(4, 8)]).to.deep.equal([
      10, 12, 11, 13,
    ]);
    expect(opened.warnings[0]).to.contain('sorted by wavelength');
  });

  it('whose wavelengths repeat numbers the bands and says so', async () => {
    const opened = await openOne(
      ...withFields(
        'wavelength units = nm',
        'wavelength = {500, 600, 600, 800}',
      ),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.axis.values]).to.deep.equal([1, 2, 3, 4]);
    expect(opened.warnings[0]).to.contain('repeat');
  });

  it('marks bad bands as windows to exclude', async () => {
    const opened = await openOne(
      ...withFields(
        'wavelength units = nm',
        'wavelength = {500, 600, 700, 800}',
        'bbl = {1, 0, 0, 1}',
      ),
    );
    expect(opened.warnings).to.deep.equal([
      'The header marks 2 bands as bad: exclude 600-700 nm.',
    ]);
  });

  it('divides by its reflectance scale factor, which names the quantity', async () => {
    const cube = await openCube(...withFields('reflectance scale factor = 10'));
    expect(cube.axis.quantity).to.equal('reflectance');
    expect(cube.data[5]).to.be.closeTo(at(1, 0, 1) / 10, 1e-6);
  });

  it('masks pixels of the ignored value and counts values that are no numbers', async () => {
    const values = [...expected];
    values.fill(-9999, 4, 8);
    values[0] = -9999;
    values[9] = NaN;
    values[10] = Infinity;
    const opened = await openOne(
      file('s.hdr', plain, 'data ignore value = -9999\n'),
      file('s.img', encode(values, float32, true)),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...(opened.cube.mask ?? [])]).to.deep.equal([0, 1, 0, 0, 0, 0]);
    expect(opened.cube.data[0]).to.be.NaN;
    expect(opened.warnings).to.deep.equal([
      '1 pixel of 6 without a measured value is left out.',
      '2 values of 24 are not a number.',
      '1 value of 24 is infinite.',
    ]);
  });

  it('of a spectral library gives named spectra', async () => {
    const spectra = await openSpectra(
      file(
        'lib.hdr',
        'ENVI\nsamples = 3\nlines = 2\nbands = 1\nfile type = ENVI Spectral Library\ndata type = 4\ninterleave = bsq\nbyte order = 0\nwavelength units = nm\nwavelength = {1, 2, 3}\nspectra names = {azurite,\n lead white}\n',
      ),
      file('lib.sli', new Float32Array([1, 2, 3, 4, 5, 6])),
    );
    expect(spectra.names).to.deep.equal(['azurite', 'lead white']);
    expect([...spectra.data]).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(spectra.axis.unit).to.equal('nm');
  });

  it('map info with its unit gives the pixel size', async () => {
    const { geometry } = await openCube(
      ...withFields(
        'map info = {UTM, 1, 1, 500000, 4000000, 30, 20, 11, North, WGS-84, units=Meters}',
      ),
    );
    expect(geometry.spacing).to.deep.equal([30000, 20000, 1]);
    expect(geometry.unit).to.equal('mm');
    // The corner of the first pixel is at the reference; its centre half a pixel right and south, and our y runs down.
    expect(geometry.origin).to.deep.equal([500015e3, -3999990e3, 0]);
  });

  it('band names stand for bands that have no wavelengths', async () => {
    const opened = await openOne(
      ...withFields('band names = {lead white, azurite, gap, other}'),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.bandNames).to.deep.equal([
      'lead white',
      'azurite',
      'gap',
      'other',
    ]);
    expect(opened.cube.axis.unit).to.equal('band');
    expect(opened.missing).to.deep.equal(['quantity']);
  });

  it('band names that only count leave the positions to be asked for', async () => {
    const opened = await openOne(
      ...withFields('band names = {Band 1, Band 2, Band 3, Band 4}'),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.bandNames).to.equal(undefined);
    expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
  });

  it('that says more than is used tells what is not', async () => {
    const { warnings } = await openOne(
      ...withFields('fwhm = {1, 1, 1, 1}', 'data gain values = {2, 2, 2, 2}'),
    );
    expect(warnings).to.deep.equal([
      'Not used of the header: data gain values, fwhm; values are as they are stored.',
    ]);
  });
});

describe('a bad ENVI file is refused with a sentence', () => {
  const data = file('scan.img', new Float32Array(24));
  const cases: [string, File[], string][] = [
    [
      'truncated data give both sizes',
      [file('scan.hdr', plain), file('scan.img', new Uint8Array(50))],
      'scan.img holds 50 bytes but its header declares 96 bytes (2 lines x 3 samples x 4 bands x 4 bytes).',
    ],
    [
      'data twice as long as declared',
      [file('scan.hdr', plain), file('scan.img', new Uint8Array(192))],
      'scan.img holds 192 bytes but its header declares 96 bytes',
    ],
    [
      'a size that no machine holds, before anything is allocated',
      [
        file(
          'scan.hdr',
          'ENVI\nsamples = 1000000\nlines = 1000000\nbands = 1000\ndata type = 5\ninterleave = bsq\nbyte order = 0\n',
        ),
        data,
      ],
      'scan.img holds 96 bytes but its header declares 8.0 PB',
    ],
    [
      'zero bytes',
      [file('scan.hdr', plain), file('scan.img')],
      'scan.img is empty (0 bytes).',
    ],
    [
      'a header alone',
      [file('scan.hdr', plain)],
      'scan.hdr is a header without its data: open it together with scan.img, .dat, .raw',
    ],
    [
      'data alone',
      [data],
      'scan.img holds values without their description: open it together with its header, such as scan.hdr.',
    ],
    [
      'a header of something else',
      [file('scan.hdr', 'hello'), data],
      'scan.hdr is not an ENVI header',
    ],
    [
      'no number of samples',
      [file('scan.hdr', 'ENVI\nlines = 2\nbands = 1\ndata type = 4\n'), data],
      'scan.hdr does not say "samples".',
    ],
    [
      'samples that are no number',
      [
        file(
          'scan.hdr',
          'ENVI\nsamples = many\nlines = 2\nbands = 1\ndata type = 4\n',
        ),
        data,
      ],
      'scan.hdr says "samples = many" (want a whole number, at least 1).',
    ],
    [
      'zero bands',
      [
        file(
          'scan.hdr',
          'ENVI\nsamples = 2\nlines = 2\nbands = 0\ndata type = 4\n',
        ),
        data,
      ],
      'scan.hdr says "bands = 0"',
    ],
    [
      'complex numbers',
      [file('scan.hdr', header('data type = 6', 'interleave = bip')), data],
      'scan.hdr holds complex numbers ("data type = 6"): save their magnitude or real part, as "data type = 4".',
    ],
    [
      'an unknown type',
      [file('scan.hdr', header('data type = 7', 'interleave = bip')), data],
      'scan.hdr says "data type = 7" (want 1, 2, 3, 4, 5, 12, 13, 14, 15).',
    ],
    [
      'no interleave',
      [file('scan.hdr', header('data type = 4')), data],
      'scan.hdr does not say "interleave" (want bip, bil or bsq).',
    ],
    [
      'an unknown interleave',
      [file('scan.hdr', header('data type = 4', 'interleave = zip')), data],
      '"interleave = zip"',
    ],
    [
      'a list that is never closed',
      [file('scan.hdr', plain, 'wavelength = {1, 2,\n3'), data],
      'The list "wavelength" in scan.hdr is never closed',
    ],
    [
      'compressed data',
      [file('scan.hdr', plain, 'file compression = 1\n'), data],
      'compressed',
    ],
  ];
  for (const [title, files, sentence] of cases)
    it(title, async () => {
      expect(await refusal(...files)).to.contain(sentence);
    });
});

const toFile = ({ name, content }: SavedFile): File => file(name, content);

describe('an ENVI image that was written', () => {
  const image: SavedImage = {
    name: 'w',
    description: 'a {test} = of, commas',
    width,
    height,
    bands,
    data: Float32Array.from(expected),
    axis: {
      values: new Float64Array([4000, 3000.1 + 0.2, 2000, 1000 / 3]),
      unit: 'cm-1',
      quantity: 'absorbance',
    },
    geometry: {
      origin: [100.1, -20.3, 5],
      spacing: [6.25, 6.1, 1],
      direction: [0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1],
      unit: 'µm',
    },
  };
  const bandNames = ['lead white', 'gap, {odd} = 100 %', ' c;', 'äö'];
  const { axis, ...withoutAxis } = image;
  const maps: SavedImage = { ...withoutAxis, bandNames };

  it('opens again with the same values, axis and geometry, and no warning', async () => {
    const opened = await openOne(...writeEnvi(image).map(toFile));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.warnings).to.deep.equal([]);
    expect(opened.missing).to.deep.equal([]);
    expect([...opened.cube.data]).to.deep.equal(expected);
    expect(opened.cube.axis).to.deep.equal(axis);
    expect(opened.cube.geometry).to.deep.equal(image.geometry);
  });

  it('says the pixel size where others look for it, in metres', () => {
    expect(writeEnvi(image)[0].content).to.contain(
      'pixel size = { 0.00000625, 0.0000061, units=Meters }',
    );
  });

  it('keeps names of bands exactly, and apart for others whatever signs they hold', async () => {
    const written = writeEnvi(maps);
    expect(written[0].content).to.contain(
      'band names = { lead white, gap odd 100 %, c;, äö }',
    );
    const cube = await openCube(...written.map(toFile));
    expect(cube.bandNames).to.deep.equal(bandNames);
    expect(cube.axis.unit).to.equal('band');
  });

  it('leaves out pixels that hold no number, and opens them as left out', async () => {
    const data = Float32Array.from(expected).fill(NaN, 4, 8);
    const { mask } = await openCube(
      ...writeEnvi({ ...image, data }).map(toFile),
    );
    expect([...(mask ?? [])]).to.deep.equal([0, 1, 0, 0, 0, 0]);
  });

  for (const unit of ['cm-1', 'nm', 'µm', 'band', null] as const)
    for (const quantity of ['intensity', null] as const)
      it(`as a library in ${unit}, ${quantity}, opens again with its names and axis`, async () => {
        const spectra: Spectra = {
          name: 'lib',
          axis: { values: new Float64Array([1, 2.5, 1e3]), unit, quantity },
          names: ['azurite', 'white, "lead"'],
          data: new Float32Array([1, 2, 3, 4, 5, 0.1]),
        };
        const written = writeEnviLibrary(spectra);
        expect(written.map(({ name }) => name)).to.deep.equal([
          'lib.hdr',
          'lib.sli',
        ]);
        expect(await openSpectra(...written.map(toFile))).to.deep.equal(
          spectra,
        );
      });
});
