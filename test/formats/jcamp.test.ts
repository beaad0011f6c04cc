import { expect } from '@open-wc/testing';
import { writeJcamp } from '../../src/formats/jcamp/write.js';
import type { Spectra } from '../../src/spectral/cube.js';
import { openFiles } from '../../src/formats/open.js';
import { file, lines, openOne, openSpectra, refusal } from './files.js';

/** The example of McDonald and Wilks 1988, and its ordinates in each of their forms. */
const ordinates = [
  0, 0, 0, 0, 2, 4, 4, 4, 7, 5, 4, 4, 5, 5, 7, 10, 11, 11, 6, 5, 7, 6, 9, 9, 7,
  10, 10, 9, 10, 11, 12, 15, 16, 16, 14, 17, 38, 38, 35, 38, 42, 47, 54, 59, 66,
  75, 78, 88, 96, 104, 110, 121, 128,
];
const forms = {
  AFFN: `599.86 ${ordinates.join(' ')}`,
  PAC: `599.86${ordinates.map((y) => `+${y}`).join('')}`,
  SQZ: `599.86@@@@BDDDGEDDEEGA0A1A1FEGFIIGA0A0IA0A1A2A5A6A6A4A7C8C8C5C8D2D7E4E9F6G5G8H8I6A04A10A21A28`,
  DIF: `599.86@%%%KK%%Lkj%J%KLJ%njKjL%kL%jJJJLJ%kLK1%lLMNPNPRLJ0QQOJ1P`,
  DIFDUP: `599.86@VKT%TLkj%J%KLJ%njKjL%kL%jJULJ%kLK1%lLMNPNPRLJ0QTOJ1P`,
};

const block = (
  form: string,
  data: readonly string[],
  ...more: string[]
): string =>
  lines(
    '##TITLE=a spectrum $$ a comment',
    '##JCAMP-DX=4.24',
    '##DATA TYPE=INFRARED SPECTRUM',
    '##XUNITS=1/CM',
    '##YUNITS=ABSORBANCE',
    ...more,
    `##${form}`,
    ...data,
    '##END=',
  );
const even = (
  data: readonly string[],
  points: number,
  ...more: string[]
): string =>
  block(
    'XYDATA=(X++(Y..Y))',
    data,
    '##XFACTOR=1.0',
    '##YFACTOR=0.5',
    '##FIRSTX=100',
    `##LASTX=${100 + 2 * (points - 1)}`,
    `##NPOINTS=${points}`,
    ...more,
  );

describe('JCAMP-DX', () => {
  for (const [form, line] of Object.entries(forms))
    it(`in ${form} form gives the ordinates of the standard's example`, async () => {
      const check = form.startsWith('DIF') ? ['650 A28'] : [];
      const { axis, data, names } = await openSpectra(
        file('s.jdx', even([line, ...check], ordinates.length)),
      );
      expect([...data]).to.deep.equal(ordinates.map((y) => 0.5 * y));
      expect(axis.values[0]).to.equal(100);
      expect(axis.values[1]).to.equal(102);
      expect([axis.unit, axis.quantity]).to.deep.equal(['cm-1', 'absorbance']);
      expect(names).to.deep.equal(['a spectrum']);
    });

  it('repeats the last value of a line of differences at the head of the next as a check', async () => {
    const { data } = await openSpectra(
      file('s.dx', even(['100A0J%', '106A1J1k', '110 B0'], 5)),
    );
    expect([...data]).to.deep.equal([5, 5.5, 5.5, 11, 10]);
  });

  it('reads exponents, and points that were not measured', async () => {
    const { data } = await openSpectra(
      file('s.dx', even(['100 1.5E-03 ? 2e+01', '106 -3'], 4)),
    );
    expect(data[0]).to.equal(Math.fround(0.75e-3));
    expect(data[1]).to.be.NaN;
    expect([data[2], data[3]]).to.deep.equal([10, -1.5]);
  });

  for (const [title, end] of [
    ['DOS', '\r\n'],
    ['old Macintosh', '\r'],
  ])
    it(`with the line ends of ${title} reads the same`, async () => {
      const text = even(['100 1 2', '104 3'], 3).replaceAll('\n', end);
      const { data } = await openSpectra(file('s.dx', text));
      expect([...data]).to.deep.equal([0.5, 1, 1.5]);
    });

  it('of pairs gives uneven positions', async () => {
    const { axis, data } = await openSpectra(
      file(
        's.dx',
        block('XYPOINTS=(XY..XY)', ['1,2; 3,4', '7.5, 5e-1'], '##NPOINTS=3'),
      ),
    );
    expect([...axis.values]).to.deep.equal([1, 3, 7.5]);
    expect([...data]).to.deep.equal([2, 4, 0.5]);
  });

  it('of percent keeps its values and says so', async () => {
    const { warnings } = await openOne(
      file(
        'p.dx',
        even(['100 50 60'], 2).replace('ABSORBANCE', '% TRANSMITTANCE'),
      ),
    );
    expect(warnings[0]).to.contain('in percent');
  });

  it('of several blocks gives those on one axis together and lists what is no spectrum', async () => {
    const text = lines(
      '##TITLE=all',
      '##DATA TYPE=LINK',
      '##BLOCKS=5',
      even(['100 1 2'], 2).replace('a spectrum', 'one').trim(),
      even(['100 5 6 7'], 3).replace('a spectrum', 'longer').trim(),
      even(['100 3 4'], 2).replace('a spectrum', 'two').trim(),
      '##TITLE=peaks',
      '##DATA TYPE=INFRARED PEAK TABLE',
      '##PEAK TABLE=(XY..XY)',
      '1,2',
      '##END=',
      '##END=',
    );
    const opened = await openFiles([file('l.jdx', text)]);
    const spectra = opened.map((one) =>
      one.kind === 'spectra' ? one.spectra : null,
    );
    expect(spectra.map((one) => one?.names)).to.deep.equal([
      ['one', 'two'],
      ['longer'],
    ]);
    expect([...(spectra[0]?.data ?? [])]).to.deep.equal([0.5, 1, 1.5, 2]);
    expect(opened[0].warnings).to.deep.equal([
      'Skipped, no spectra: peaks (INFRARED PEAK TABLE).',
    ]);
  });

  for (const [title, text, sentence] of [
    ['with too few points', even(['100 1 2'], 3), 'holds 2 of 3 points'],
    ['with too many', even(['100 1 2 3 4'], 3), 'goes beyond the 3 points'],
    [
      'that repeats a value beyond all memory',
      even(['100 1S99999999999'], 2).replace('##NPOINTS=2\n', ''),
      'goes beyond the',
    ],
    [
      'whose check fails',
      even(['100A0J', '104A5J'], 3),
      'does not repeat the value 11',
    ],
    ['with a word in its data', even(['100 1 x2'], 2), 'is no line of numbers'],
    [
      'without an end',
      even(['100 1 2'], 2).replace('##END=\n', ''),
      'has no ##END=',
    ],
    [
      'without its ends',
      even(['100 1 2'], 2).replace('##LASTX=102\n', ''),
      'does not say FIRSTX and LASTX',
    ],
    [
      'of no spectrum',
      lines(
        '##TITLE=x',
        '##DATA TYPE=INFRARED PEAK TABLE',
        '##PEAK TABLE=(XY..XY)',
        '1,2',
        '##END=',
      ),
      'holds no spectrum',
    ],
    [
      'of a line alone',
      block('XYPOINTS=(XY..XY)', ['1,2,3']),
      'is no pair of numbers',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(file('bad.jdx', text))).to.contain(sentence);
    });
});

describe('JCAMP-DX that was written', () => {
  const make = (values: number[], ...spectra: number[][]): Spectra => ({
    name: 'lib',
    axis: {
      values: Float64Array.from(values),
      unit: 'cm-1',
      quantity: 'absorbance',
    },
    names: spectra.map((_, n) => `name ${n}, "ä"`),
    data: Float32Array.from(spectra.flat()),
  });
  const again = async (spectra: Spectra): Promise<Spectra> =>
    openSpectra(
      ...writeJcamp(spectra).map(({ name, content }) => file(name, content)),
    );
  const evenAxis = [4000.1 + 0.2, 3990.3, 3980.3];

  for (const [title, spectra] of [
    ['one spectrum on an even axis', make(evenAxis, [0.1, 1e-30, -3.25e20])],
    ['an uneven axis', make([1, 2, 1000 / 3], [0.1, NaN, 7e-12])],
    ['several spectra', make(evenAxis, [1, 2, 3], [4, 5, 1 / 3])],
    ['one band', make([5], [7])],
  ] as const)
    it(`with ${title} opens again the same, to the last bit`, async () => {
      expect(await again(spectra)).to.deep.equal(spectra);
    });

  for (const unit of ['nm', 'µm', 'band', null] as const)
    for (const quantity of [
      'transmittance',
      'reflectance',
      'intensity',
      null,
    ] as const)
      it(`in ${unit} and ${quantity} says both`, async () => {
        const spectra = make(evenAxis, [1, 2, 3]);
        const axis = { ...spectra.axis, unit, quantity };
        expect((await again({ ...spectra, axis })).axis).to.deep.equal(axis);
      });

  it('has no exponent, which readers of the compressed forms take for digits', () => {
    const [{ content }] = writeJcamp(make(evenAxis, [1e-30, 1e30, 2]));
    expect(String(content)).to.match(/ 0\.0{29}1\n/);
    expect(String(content)).to.match(/ 10{30}\n/);
  });
});
