import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import type { OpenOptions } from '../../src/formats/opened.js';
import { parseLine, styleOf } from '../../src/formats/text/numbers.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

const table = [
  [4000.5, 0.25, -1.5, 3],
  [3000, 1e-3, 2, 4],
  [2000.25, 0.5, 0, 5],
];
/** Spectrum after spectrum, as numbers of 32 bits. */
const spectra = [1, 2, 3].flatMap((column) =>
  table.map((row) => Math.fround(row[column])),
);
const written = (separator: string, decimal = '.', end = '\n'): string =>
  table
    .map((row) =>
      row.map((v) => String(v).replace('.', decimal)).join(separator),
    )
    .join(end) + end;

function numbers(text: string): number[] | number {
  const bytes = new TextEncoder().encode(text);
  const out = new Float64Array(8);
  const found = parseLine(bytes, 0, bytes.length, styleOf(text), out);
  return found < 0 ? found : [...out.subarray(0, found)];
}

describe('numbers of a line', () => {
  it('are those that JavaScript reads, to the last bit', () => {
    for (const text of [
      '0.1',
      '4000.11610',
      '123456789012345',
      '-0.0000523010',
      '1e22',
      '1E-22',
      '9007199254740993',
      '0.30000000000000004',
      '1.7976931348623157e308',
      '5e-324',
      '+.5',
      '3.',
      '1e400',
      '123456789012345678901234567890',
    ])
      expect(numbers(`${text}\t1`), text).to.deep.equal([Number(text), 1]);
  });

  it('may be not a number or infinite', () => {
    expect(numbers('1;NaN;-inf;Infinity')).to.deep.equal([
      1,
      NaN,
      -Infinity,
      Infinity,
    ]);
  });

  it('end where the separator ends them, however it is spaced', () => {
    expect(numbers('  1   2.5\t3 ')).to.equal(-1 - 1);
    expect(numbers('  1   2.5  3 ')).to.deep.equal([1, 2.5, 3]);
    expect(numbers('1, 2.5 ,3')).to.deep.equal([1, 2.5, 3]);
    expect(numbers('1,5;2,5; 3')).to.deep.equal([1.5, 2.5, 3]);
    expect(numbers('1\t2\t')).to.deep.equal([1, 2]);
  });

  it('that are words or missing are told by their column', () => {
    expect(numbers('1;;3')).to.equal(-1 - 1);
    expect(numbers('1;2;x3')).to.equal(-1 - 2);
    expect(numbers('1;2;0x10')).to.equal(-1 - 2);
    expect(numbers('1;1.2.3')).to.equal(-1 - 1);
  });
});

describe('a .dpt', () => {
  for (const [title, text] of [
    ['tabs', written('\t')],
    ['commas', written(',')],
    ['commas and blanks', written(', ')],
    ['semicolons', written(';')],
    ['blanks', written('   ')],
    ['tabs and decimal commas', written('\t', ',')],
    ['semicolons and decimal commas', written(';', ',')],
    ['blanks and decimal commas', written(' ', ',')],
    ['DOS line ends and blank lines', `\r\n${written('\t', '.', '\r\n')}\r\n`],
    ['no line end after the last line', written('\t').trimEnd()],
    ['comments', `${written('\t')}# a comment\n; another`],
    ['lines of words first', `Date: today\nby\tus\n${written('\t')}`],
    ['a byte-order mark', `\uFEFF${written('\t')}`],
    [
      'a line of one quantity',
      `Wavenumber\tAbsorbance\tAbsorbance\tAbsorbance\n${written('\t')}`,
    ],
  ])
    it(`with ${title} gives a spectrum a column`, async () => {
      const cube = await openCube(file('map.dpt', text));
      expect([...cube.axis.values]).to.deep.equal([4000.5, 3000, 2000.25]);
      expect([...cube.data]).to.deep.equal(spectra);
      expect([cube.width, cube.height]).to.deep.equal([3, 1]);
    });

  it('of many columns is a list whose width and quantity are to be asked for', async () => {
    const opened = await openOne(file('map.dpt', written('\t')));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.missing).to.deep.equal(['quantity', 'width']);
    expect(opened.cube.axis.unit).to.equal('cm-1');
    expect(opened.warnings).to.deep.equal([
      'map.dpt does not say the unit of its axis: cm-1 is taken, as Bruker writes it.',
    ]);
  });

  it('of an interferogram gets no unit: its axis is no wavenumber', async () => {
    const { axis } = await openSpectra(file('i.dpt', '0,1.5\n1,2.5\n2,3.5\n'));
    expect(axis.unit).to.equal(null);
  });

  it('of two columns is one spectrum, named for the file', async () => {
    const one = await openSpectra(file('resin.dpt', '4000\t1\n3999\t2\n'));
    expect(one.names).to.deep.equal(['resin']);
    expect([...one.data]).to.deep.equal([1, 2]);
  });

  it('longer than one read, with rows across reads, gives every value', async () => {
    const columns = 301;
    const rows = 900;
    const value = (row: number, column: number): number =>
      ((row * 7919 + column * 104729) % 100000) / 64;
    const text = Array.from({ length: rows }, (_, row) =>
      [
        4000 - row,
        ...Array.from({ length: columns }, (_, n) => value(row, n)),
      ].join('\t'),
    ).join('\n');
    expect(text.length).to.be.greaterThan(2 ** 20);
    const cube = await openCube(file('long.dpt', text));
    expect(cube.width).to.equal(columns);
    const wrong = cube.data.findIndex(
      (v, i) => v !== Math.fround(value(i % rows, Math.floor(i / rows))),
    );
    expect(wrong).to.equal(-1);
  });

  it('counts values that are no numbers', async () => {
    const { warnings } = await openOne(file('n.txt', '1 2 nan\n2 inf 3\n'));
    expect(warnings).to.deep.equal([
      '1 value of 4 is not a number.',
      '1 value of 4 is infinite.',
    ]);
  });

  for (const [title, text, sentence] of [
    [
      'cut within its last line',
      `${written('\t')}1000\t5`,
      'bad.dpt is cut short: its last line (4) has 2 of 4 numbers.',
    ],
    [
      'with a longer line',
      `${written('\t')}1000\t1\t2\t3\t4\n900\t1\t2\t3\n`,
      'Line 4 of bad.dpt has 5 numbers (want 4, as in the first).',
    ],
    [
      'with a word among the numbers',
      `${written('\t')}1000\t1\toops\t3\n`,
      'Line 4 of bad.dpt has no number in column 3.',
    ],
    [
      'with an empty cell',
      `${written('\t')}1000\t1\t\t3\n`,
      'Line 4 of bad.dpt has no number in column 3.',
    ],
    ['of one column', '1\n2\n3\n', 'bad.dpt holds one column of numbers'],
    ['of words', 'hello\nworld\n', 'bad.dpt holds no columns of numbers.'],
    [
      'whose axis turns back',
      '1\t2\n3\t4\n2\t5\n',
      'bad.dpt has no usable axis: band 3 lies at 2, after 3',
    ],
    ['of zero bytes', '', 'bad.dpt is empty (0 bytes).'],
  ])
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(file('bad.dpt', text))).to.contain(sentence);
    });
});

describe('a long read', () => {
  const long = (): File =>
    file(
      'long.dpt',
      Array.from(
        { length: 40000 },
        (_, i) => `${40000 - i}\t1\t2\t3\t4\n`,
      ).join(''),
    );
  const opening = (options: OpenOptions): Promise<unknown> =>
    openFiles([long()], options).then(
      () => null,
      (error: unknown) => error,
    );

  it('tells its progress from near 0 to 1, never backwards', async () => {
    const told: number[] = [];
    await opening({ onProgress: (fraction) => told.push(fraction) });
    expect(told.at(-1)).to.equal(1);
    expect(told).to.deep.equal([...told].sort((a, b) => a - b));
  });

  it('rejects with the reason of its signal', async () => {
    const aborter = new AbortController();
    const reason = new Error('enough');
    const caught = opening({
      signal: aborter.signal,
      onProgress: () => aborter.abort(reason),
    });
    expect(await caught).to.equal(reason);
  });
});
