import { expect } from '@open-wc/testing';
import { Draft } from './draft.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

const multi = 4;
const short = 1;
const listed = 128;
const own = 64;
const labelled = 32;

interface Head {
  readonly flags?: number;
  readonly exponent?: number;
  readonly points?: number;
  readonly ends?: readonly [number, number];
  readonly spectra?: number;
  /** Codes of the axis and of the values. */
  readonly x?: number;
  readonly y?: number;
}

/** The header of spc.h, and room for what follows it. */
function newFile(
  {
    flags = 0,
    exponent = -128,
    points = 3,
    ends = [1000, 1200],
    spectra = 1,
    x = 1,
    y = 2,
  }: Head,
  room: number,
  littleEndian = true,
): Draft {
  return new Draft(512 + room, littleEndian)
    .put(0, 'u8', flags, littleEndian ? 0x4b : 0x4c, 0, exponent)
    .put(4, 'u32', points)
    .put(8, 'f64', ...ends)
    .put(24, 'u32', spectra)
    .put(28, 'u8', x, y);
}

/** LabCalc's header of 224 bytes. */
const oldFile = (flags: number, points: number, room: number): Draft =>
  new Draft(224 + room)
    .put(0, 'u8', flags, 0x4d)
    .put(2, 'i16', 4)
    .put(4, 'f32', points, 4000, 3998)
    .put(16, 'u8', 1, 2);

const spc = ({ bytes }: Draft, name = 'a.spc'): File => file(name, bytes);

describe('an SPC file', () => {
  it('of floats gives its spectrum on an even axis', async () => {
    const spectra = await openSpectra(
      spc(newFile({}, 32 + 12).put(544, 'f32', 0.5, -1.25, 3)),
    );
    expect([...spectra.axis.values]).to.deep.equal([1000, 1100, 1200]);
    expect(spectra.axis.unit).to.equal('cm-1');
    expect(spectra.axis.quantity).to.equal('absorbance');
    expect([...spectra.data]).to.deep.equal([0.5, -1.25, 3]);
    expect(spectra.names).to.deep.equal(['a']);
  });

  it('of whole numbers gives them times 2^(exponent - 32), or 2^(exponent - 16) when they are short', async () => {
    const long = newFile({ exponent: 3 }, 44).put(
      544,
      'i32',
      2 ** 29,
      -(2 ** 28),
      1,
    );
    expect([...(await openSpectra(spc(long))).data]).to.deep.equal([
      1,
      -0.5,
      2 ** -29,
    ]);
    const brief = newFile({ flags: short, exponent: 3 }, 38).put(
      544,
      'i16',
      8192,
      -4096,
      1,
    );
    expect([...(await openSpectra(spc(brief))).data]).to.deep.equal([
      1,
      -0.5,
      2 ** -13,
    ]);
  });

  it('of several spectra scales each by its own exponent, be it 0', async () => {
    const draft = newFile({ flags: multi, exponent: 4, spectra: 2 }, 88)
      .put(513, 'u8', 2)
      .put(544, 'i32', 2 ** 30, 0, 0)
      .put(557, 'u8', 0)
      .put(588, 'i32', 2 ** 30, 0, 0);
    const opened = await openOne(spc(draft));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.data]).to.deep.equal([1, 0, 0, 0.25, 0, 0]);
    expect(opened.missing).to.deep.equal(['width']);
  });

  it('with the bytes the other way round is the same', async () => {
    const draft = newFile({}, 44, false).put(544, 'f32', 0.5, -1.25, 3);
    const { axis, data } = await openSpectra(spc(draft));
    expect([...axis.values]).to.deep.equal([1000, 1100, 1200]);
    expect([...data]).to.deep.equal([0.5, -1.25, 3]);
  });

  it('of LabCalc has the words of its numbers the other way round', async () => {
    const swapped = (draft: Draft, at: number, value: number): Draft =>
      draft.put(at, 'u16', (value >> 16) & 0xffff, value & 0xffff);
    const draft = oldFile(multi, 2, 2 * 40)
      .put(225, 'u8', 4)
      .put(265, 'u8', 3);
    swapped(draft, 256, 3 * 2 ** 16 + 5);
    swapped(draft, 260, -(2 ** 28));
    swapped(draft, 296, 2 ** 28);
    const cube = await openCube(spc(draft));
    expect([...cube.axis.values]).to.deep.equal([4000, 3998]);
    expect([...cube.data]).to.deep.equal(
      [(3 * 2 ** 16 + 5) * 2 ** -28, -1, 0.5, 0].map(Math.fround),
    );
  });

  it('of LabCalc that ends within a spectrum gives the whole ones and says so', async () => {
    const { warnings } = await openOne(spc(oldFile(multi, 2, 2 * 40 + 7)));
    expect(warnings).to.deep.equal([
      'a.spc is cut short or damaged: after its last whole spectrum it holds 7 bytes more.',
    ]);
  });

  it('with listed positions has an uneven axis', async () => {
    const draft = newFile({ flags: listed, x: 3 }, 12 + 44)
      .put(512, 'f32', 400, 401.5, 410)
      .put(556, 'f32', 1, 2, 3);
    const { axis, data } = await openSpectra(spc(draft));
    expect([...axis.values]).to.deep.equal([400, 401.5, 410]);
    expect(axis.unit).to.equal('nm');
    expect([...data]).to.deep.equal([1, 2, 3]);
  });

  it('whose spectra have axes of their own gives those that share the first', async () => {
    const draft = newFile(
      { flags: multi | listed | own, spectra: 3, points: 0 },
      3 * 48,
    );
    [200, 300, 200].forEach((left, n) =>
      draft
        .put(513 + 48 * n, 'u8', -128)
        .put(528 + 48 * n, 'u32', 2)
        .put(544 + 48 * n, 'f32', left, left + 5, n, n + 0.5),
    );
    const opened = await openOne(spc(draft));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.axis.values]).to.deep.equal([200, 205]);
    expect([...opened.cube.data]).to.deep.equal([0, 0.5, 2, 2.5]);
    expect(opened.warnings).to.deep.equal([
      'Spectra that are left out because their axes differ from the first: 1 of 3.',
    ]);
  });

  it('of a map has its planes as rows, at the places of z and w', async () => {
    const draft = newFile({ flags: multi, spectra: 6, points: 2 }, 6 * 40)
      .put(30, 'u8', 2)
      .put(324, 'u8', 29)
      .put(312, 'f32', 5)
      .put(316, 'u32', 2)
      .put(320, 'f32', 0.5)
      .put(516, 'f32', 100);
    for (let n = 0; n < 6; n++)
      draft.put(513 + 40 * n, 'u8', -128).put(544 + 40 * n, 'f32', n, -n);
    const opened = await openOne(spc(draft));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    const { width, height, geometry, data } = opened.cube;
    expect([width, height]).to.deep.equal([3, 2]);
    expect([...data].filter((_, i) => i % 2 === 0)).to.deep.equal([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(geometry.origin).to.deep.equal([100, 0, 0]);
    expect(geometry.spacing).to.deep.equal([5, 500, 1]);
    expect(opened.missing).to.deep.equal([]);
  });

  it('whose axis is time keeps it without a unit, and says so', async () => {
    const opened = await openOne(spc(newFile({ x: 4, y: 0 }, 44)));
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    expect(opened.spectra.axis.unit).to.equal(null);
    expect(opened.warnings).to.deep.equal([
      'The axis of a.spc is in seconds, which is no unit of spectra: it is kept without a unit.',
      'a.spc does not say what its values are.',
    ]);
  });

  it('is named by its own labels where it has them', async () => {
    const draft = newFile({ flags: labelled, x: 0, y: 0 }, 44).text(
      218,
      'Wavelength (nm)\0Reflectance',
    );
    const { axis } = await openSpectra(spc(draft));
    expect([axis.unit, axis.quantity]).to.deep.equal(['nm', 'reflectance']);
  });

  it('is told by its reserved bytes when its name says nothing', async () => {
    const spectra = await openSpectra(spc(newFile({}, 44), 'noname'));
    expect(spectra.data).to.have.length(3);
  });

  for (const [title, draft, sentence] of [
    [
      'that is cut short',
      newFile({}, 40),
      'a.spc is cut short or damaged: it points to byte 556, and holds 552.',
    ],
    [
      'with more points than bytes',
      newFile({ points: 2 ** 31 }, 44),
      'a.spc is cut short or damaged: it points to byte 8589935136, and holds 556.',
    ],
    [
      'with more spectra than bytes',
      newFile({ flags: multi, spectra: 2 ** 31, points: 0 }, 44),
      'a.spc is cut short or damaged',
    ],
    [
      'whose ends are one place',
      newFile({ ends: [500, 500] }, 44),
      'a.spc has no usable axis: band 2 lies at 500, after 500 (want positions that only rise or only fall).',
    ],
    [
      'of LabCalc with half a point',
      oldFile(0, 2.5, 44),
      'a.spc is damaged: it declares 2.5 points a spectrum.',
    ],
    ['without points', newFile({ points: 0 }, 44), 'a.spc holds no spectrum.'],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(spc(draft))).to.contain(sentence);
    });
});
