import { expect } from '@open-wc/testing';
import type { Opened } from '../../src/formats/opened.js';
import {
  file,
  lines,
  openCube,
  openOne,
  openSpectra,
  refusal,
} from './files.js';

type OpenedCube = Extract<Opened, { kind: 'cube' }>;

async function opening(...files: File[]): Promise<OpenedCube> {
  const opened = await openOne(...files);
  if (opened.kind !== 'cube') throw new Error(opened.kind);
  return opened;
}

/** A map of 3 x 2 places, µm, with y running up: value = 100 x + 10 y + band. */
const xs = [10, 12, 14];
const ys = [5, 8];
const positions = [1800.5, 1700, 1600.25];
const value = (x: number, y: number, b: number): number => 100 * x + 10 * y + b;
/** Row by row from the top: the highest y first. */
const expected = [8, 5].flatMap((y) =>
  xs.flatMap((x) => positions.map((_, b) => value(x, y, b))),
);

it('a text of words and dates is no table', async () => {
  for (const text of [
    '12 May 2020',
    'In 2010, 11 of 12; then 13',
    'a,b\nc,1\n',
  ])
    expect(await refusal(file('notes', text)), text).not.to.contain('columns');
});

it('a line of signs that are not for reading above the numbers is no title', async () => {
  const { axis, data } = await openSpectra(
    file('one.txt', '\u0001\u0002\n1 2\n3 4\n5 6\n'),
  );
  expect([...axis.values]).to.deep.equal([1, 3, 5]);
  expect([...data]).to.deep.equal([2, 4, 6]);
});

describe('columns with titles', () => {
  it('that are names are spectra under them, in the unit of the first title', async () => {
    const spectra = await openSpectra(
      file(
        'lib.csv',
        lines(
          'Wavelength (nm),azurite,"lead white, old"',
          '400,1,2',
          '500,3,4',
        ),
      ),
    );
    expect(spectra.names).to.deep.equal(['azurite', 'lead white, old']);
    expect(spectra.axis.unit).to.equal('nm');
    expect([...spectra.data]).to.deep.equal([1, 3, 2, 4]);
  });

  it('that are a quantity and unit in a row of their own give both', async () => {
    const { axis, names } = await openSpectra(
      file(
        'one.txt',
        lines('Wavenumber\tAbsorbance', 'cm-1\ta.u.', '4000\t1', '3999\t2'),
      ),
    );
    expect([axis.unit, axis.quantity]).to.deep.equal(['cm-1', 'absorbance']);
    expect(names).to.deep.equal(['one']);
  });

  it('in a unit that is a multiple of ours are converted, and it is said', async () => {
    const opened = await openOne(
      file('a.csv', lines('Angstrom,Reflectance', '4000,1', '5000,2')),
    );
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    const { values, unit, quantity } = opened.spectra.axis;
    expect([...values, unit, quantity]).to.deep.equal([
      400,
      500,
      'nm',
      'reflectance',
    ]);
    expect(opened.warnings).to.deep.equal([
      'Positions were converted from "Angstrom" to nm.',
    ]);
  });

  it('whose titles are numbers are columns still, since their first column is an axis', async () => {
    const { names, data } = await openSpectra(
      file(
        'n.csv',
        lines('wavenumber (cm-1),1,2,3', '4000,1,2,3', '3999,4,5,6'),
      ),
    );
    expect(names).to.deep.equal(['1', '2', '3']);
    expect([...data]).to.deep.equal([1, 4, 2, 5, 3, 6]);
  });

  it('more than a thousand of them are the pixels of an image', async () => {
    const names = Array.from({ length: 20_000 }, (_, n) => `pixel ${n}`);
    const row = (at: number): string =>
      [at, ...names.map((_, n) => n % 7)].join(',');
    const { cube, missing, warnings } = await opening(
      file('px.csv', lines(['cm-1', ...names].join(','), row(2), row(1))),
    );
    expect(cube.width).to.equal(20_000);
    expect(missing).to.deep.equal(['quantity', 'width']);
    expect(warnings[0]).to.contain('names of 20000 spectra are not kept');
  });
});

describe('a spectrum a row', () => {
  /** Rows in an order of their own, as instruments scan. */
  const rows = xs.flatMap((x) => ys.map((y) => [x, y] as const));
  const cells = (x: number, y: number): number[] =>
    positions.map((_, b) => value(x, y, b));

  for (const [title, text] of [
    [
      'x and y without titles (LabSpec)',
      lines(
        ` \t \t${positions.join('\t')}`,
        ...rows.map(([x, y]) => [x, y, ...cells(x, y)].join('\t')),
      ),
    ],
    [
      'map_x and map_y behind, and rows of types between (Orange)',
      lines(
        [...positions, 'map_x', 'map_y'].join(','),
        'continuous,continuous,continuous,continuous,continuous',
        ',,,meta,meta',
        ...rows.map(([x, y]) => [...cells(x, y), x, y].join(',')),
      ),
    ],
    [
      'a word on either side, quoted',
      lines(
        ['who', 'x (µm)', 'y (µm)', ...positions, 'what'].join(';'),
        ...rows.map(([x, y]) =>
          ['"me; us"', x, y, ...cells(x, y), 'z'].join(';'),
        ),
      ),
    ],
    [
      'blanks between cells',
      lines(
        `      ${positions.join('  ')}`,
        ...rows.map(([x, y]) => [x, y, ...cells(x, y)].join('  ')),
      ),
    ],
    [
      'decimal commas',
      lines(
        ['x', 'y', ...positions].join(';').replaceAll('.', ','),
        ...rows.map(([x, y]) => [x, `${y},0`, ...cells(x, y)].join(';')),
      ),
    ],
  ] as const)
    it(`with ${title} is an image where its places say, first row at the highest y`, async () => {
      const { cube, missing } = await opening(file('map.csv', text));
      expect([cube.width, cube.height]).to.deep.equal([3, 2]);
      expect([...cube.data]).to.deep.equal(expected);
      expect([...cube.axis.values]).to.deep.equal(positions);
      expect(cube.geometry.origin).to.deep.equal([10, -8, 0]);
      expect(cube.geometry.spacing).to.deep.equal([2, 3, 1]);
      expect(cube.geometry.unit).to.equal('µm');
      expect(missing).to.deep.equal(['unit', 'quantity']);
    });

  it('in millimetres is converted to µm', async () => {
    const { geometry } = await openCube(
      file('m.csv', lines('x (mm),y (mm),400,500', '1,1,0,0', '2,1,0,0')),
    );
    expect(geometry.spacing).to.deep.equal([1000, 1000, 1]);
    expect(geometry.origin).to.deep.equal([1000, -1000, 0]);
  });

  it('whose places leave a hole is a list, and it is said', async () => {
    const { cube, missing, warnings } = await opening(
      file('m.csv', lines('x,y,400,500', '0,0,1,2', '1,0,3,4', '0,1,5,6')),
    );
    expect([cube.width, cube.height]).to.deep.equal([3, 1]);
    expect(missing).to.include('width');
    expect(warnings[0]).to.contain('do not fill a rectangle exactly once');
  });

  it('with names is a list of them', async () => {
    const spectra = await openSpectra(
      file(
        'lib.csv',
        lines('sample,400,500,600', 'azure blue,1,2,3', '"white, lead",4,5,6'),
      ),
    );
    expect(spectra.names).to.deep.equal(['azure blue', 'white, lead']);
    expect([...spectra.data]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('below a row of nothing but positions is a list of pixels', async () => {
    const row = (of: (b: number) => number): string =>
      Array.from({ length: 12 }, (_, b) => of(b)).join(' ');
    const { cube, missing } = await opening(
      file(
        'r.txt',
        lines(
          row((b) => 4000 - b),
          row((b) => b),
          row((b) => 2 * b),
          row((b) => b),
        ),
      ),
    );
    expect([cube.width, cube.axis.values[11], cube.data[12 + 3]]).to.deep.equal(
      [3, 3989, 6],
    );
    expect(missing).to.deep.equal(['unit', 'quantity', 'width']);
  });

  for (const [title, text, sentence] of [
    [
      'cut short',
      lines('x,y,400,500', '0,0,1,2', '1,0,3'),
      'is cut short: its last line (3) has 1 of 2 numbers.',
    ],
    [
      'with a word among the numbers',
      lines('x,y,400,500', '0,0,1,2', '1,0,no,4'),
      'Line 3 of bad.csv has no number in column 3.',
    ],
    [
      'with a longer row',
      lines('x,y,400,500', '0,0,1,2', '1,0,3,4,5'),
      'Line 3 of bad.csv has 3 numbers (want 2',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(file('bad.csv', text))).to.contain(sentence);
    });
});

describe('a point a line', () => {
  const points = (
    write: (x: number, y: number, position: number, v: number) => string,
  ): string[] =>
    ys.flatMap((y) =>
      xs.flatMap((x) =>
        positions.map((position, b) => write(x, y, position, value(x, y, b))),
      ),
    );

  for (const [title, text, quantity] of [
    [
      'titles with a sign each (Renishaw)',
      lines(
        '#X\t\t#Y\t\t#Wave\t\t#Intensity',
        ...points((...all) => all.join('\t')),
      ),
      'intensity',
    ],
    ['no titles', lines(...points((...all) => all.join(' '))), null],
    [
      'columns in another order',
      lines(
        'y,x,absorbance,Wavenumber (cm-1)',
        ...points((x, y, p, v) => [y, x, v, p].join(',')),
      ),
      'absorbance',
    ],
  ] as const)
    it(`with ${title} is an image where its places say`, async () => {
      const { cube } = await opening(file('map.xyz', text));
      expect([cube.width, cube.height]).to.deep.equal([3, 2]);
      expect([...cube.data]).to.deep.equal(expected);
      expect([...cube.axis.values]).to.deep.equal(positions);
      expect(cube.axis.quantity).to.equal(quantity);
      expect(cube.geometry.origin).to.deep.equal([10, -8, 0]);
    });

  it('with one coordinate is a row along it', async () => {
    const { cube } = await opening(
      file(
        'line.txt',
        lines(
          '#X #Wave #Intensity',
          '0 500 1',
          '0 501 2',
          '3 500 3',
          '3 501 4',
        ),
      ),
    );
    expect([cube.width, cube.height]).to.deep.equal([2, 1]);
    expect(cube.geometry.spacing).to.deep.equal([3, 3, 1]);
    expect([...cube.data]).to.deep.equal([1, 2, 3, 4]);
  });

  it('at one place is a spectrum', async () => {
    const spectra = await openSpectra(
      file(
        'p.txt',
        lines('#X\t#Y\t#Wave\t#Intensity', '1\t1\t500\t7', '1\t1\t501\t8'),
      ),
    );
    expect(spectra.names).to.deep.equal(['p']);
    expect([...spectra.data]).to.deep.equal([7, 8]);
  });

  for (const [title, text, sentence] of [
    [
      'whose last spectrum is short',
      lines('0 0 5 1', '0 0 6 1', '1 0 5 1'),
      'has a spectrum of 1 points',
    ],
    [
      'whose second spectrum stands elsewhere on the axis',
      lines('0 0 5 1', '0 0 6 1', '1 0 5 1', '1 0 7 1'),
      'Line 4 of bad.txt is at position 7 (want 6',
    ],
    [
      'with a word',
      lines('0 0 5 1', '0 0 6 1', '1 0 x 1'),
      'Line 3 of bad.txt is not 4 numbers',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(file('bad.txt', text))).to.contain(sentence);
    });
});
