import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { Draft } from './draft.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

/** A section: its kind and its bytes. */
type Section = readonly [kind: number, body: Draft];

/** A file of sections, with the narrow directory of spectra or the wide one of series. */
function omnic(isSeries: boolean, ...sections: Section[]): Draft {
  const entry = isSeries ? 22 : 16;
  let at = 304 + entry * sections.length;
  const size = sections.reduce((sum, [, { bytes }]) => sum + bytes.length, at);
  const draft = new Draft(size)
    .text(0, isSeries ? 'Spectral Exte File' : 'Spectral Data File')
    .put(294, 'u16', sections.length);
  sections.forEach(([kind, { bytes }], i) => {
    const to = 304 + entry * i;
    draft.put(to, 'u16', kind);
    if (isSeries)
      draft.put(to + 2, 'u64', at).put(to + 10, 'u32', bytes.length);
    else draft.put(to + 2, 'u32', at, bytes.length);
    draft.copy(at, bytes);
    at += bytes.length;
  });
  return draft;
}

/** What a spectrum is: points, ends, and codes of axis and values. */
const head = (
  points: number,
  [first, last]: readonly [number, number],
  x = 1,
  y = 17,
): Draft =>
  new Draft(140).put(4, 'u32', points, x, y).put(16, 'f32', first, last);

const floats = (...values: number[]): Draft =>
  new Draft(4 * values.length).put(0, 'f32', ...values);

const spa = (...sections: Section[]): File =>
  file('a.spa', omnic(false, ...sections).bytes);

/** Spectra of two points after a head, with their names. */
function series(
  spectra: readonly (readonly [string, number, number])[],
  y = 15,
): Draft {
  const draft = new Draft(196 + 108 * spectra.length).copy(
    0,
    head(2, [2000, 1000], 1, y).bytes,
  );
  spectra.forEach(([name, a, b], n) =>
    draft.text(196 + 108 * n + 16, name).put(196 + 108 * n + 100, 'f32', a, b),
  );
  return draft;
}

const label = 'Position (micrometers)';
/** Steps of a map: from, to and step along y, then along x. */
const steps = (...values: number[]): Draft =>
  new Draft(264)
    .put(66, 'f32', ...values)
    .text(156, label)
    .text(222, label);

const map = (...sections: Section[]): File =>
  file('a.map', omnic(true, ...sections).bytes);

/** A bitmap of 3 x 2 pixels in 24 bits, its lower row first: blue, green, red; then black, grey, white. */
const bitmap = new Draft(4 + 54 + 24)
  .put(0, 'u32', 78)
  .text(4, 'BM')
  .put(14, 'u32', 54, 40)
  .put(22, 'i32', 3, 2)
  .put(30, 'u16', 1, 24)
  .put(58, 'u8', 255, 0, 0, 0, 255, 0, 0, 0, 255)
  .put(70, 'u8', 0, 0, 0, 128, 128, 128, 255, 255, 255);

const corners = new Draft(24)
  .put(0, 'u16', 1, 4)
  .put(6, 'f32', 90, -10, 120, 10);

describe('a .spa', () => {
  it('gives its spectrum, stored from the first end of its axis', async () => {
    const spectra = await openSpectra(
      spa([2, head(3, [4000, 2000])], [3, floats(0.5, 1, -2)]),
    );
    expect([...spectra.axis.values]).to.deep.equal([4000, 3000, 2000]);
    expect([spectra.axis.unit, spectra.axis.quantity]).to.deep.equal([
      'cm-1',
      'absorbance',
    ]);
    expect([...spectra.data]).to.deep.equal([0.5, 1, -2]);
    expect(spectra.names).to.deep.equal(['a']);
  });

  it('of a group gives the spectra on the axis of the first, by their titles', async () => {
    const opened = await openOne(
      spa(
        [2, head(2, [10, 20], 4, 16)],
        [3, floats(1, 2)],
        [107, new Draft(260).text(0, 'one')],
        [2, head(2, [10, 30], 4, 16)],
        [3, floats(3, 4)],
        [107, new Draft(260).text(0, 'two')],
        [2, head(2, [10, 20], 4, 16)],
        [3, floats(5, 6)],
        [107, new Draft(260).text(0, 'three')],
        [27, new Draft(8)],
      ),
    );
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    const { axis, names, data } = opened.spectra;
    expect([axis.unit, axis.quantity]).to.deep.equal(['µm', 'transmittance']);
    expect(names).to.deep.equal(['one', 'three']);
    expect([...data]).to.deep.equal([1, 2, 5, 6]);
    expect(opened.warnings).to.deep.equal([
      'Spectra that are left out because their axes differ from the first: 1 of 3.',
      'Sections that were skipped: 27.',
      'The values in a.spa are per cent, and are kept so.',
    ]);
  });

  it('of an interferogram keeps its axis without a unit', async () => {
    const opened = await openOne(
      spa([2, head(2, [0, 1], 2, 99)], [3, floats(1, 2)]),
    );
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    const { unit, quantity } = opened.spectra.axis;
    expect([unit, quantity]).to.deep.equal([null, null]);
    expect(opened.warnings).to.deep.equal([
      'The axis of a.spa counts the points of an interferogram: it is kept without a unit.',
      'a.spa gives its values in a unit that is not known here (code 99).',
    ]);
  });

  for (const [title, made, sentence] of [
    ['without a spectrum', spa([27, new Draft(9)]), 'a.spa holds no spectrum.'],
    [
      'with more points than values',
      spa([2, head(1e9, [4000, 2000])], [3, floats(1, 2)]),
      'a.spa is damaged: spectrum 1 has 1000000000 points in 8 bytes.',
    ],
    [
      'whose directory is cut',
      file('a.spa', omnic(false).put(294, 'u16', 9).bytes),
      'a.spa is cut short or damaged: it points to byte 448, and holds 304.',
    ],
    [
      'whose ends are one place',
      spa([2, head(2, [5, 5])], [3, floats(1, 2)]),
      'a.spa has no usable axis: band 2 lies at 5, after 5',
    ],
    [
      'of no points',
      spa([2, head(0, [5, 6])], [3, floats(1)]),
      'a.spa holds no spectrum.',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(made)).to.contain(sentence);
    });
});

describe('an OMNIC .map', () => {
  const four = [
    ['Spectrum 1 of 4', 1, 1.5],
    ['Spectrum 2 of 4', 2, 2.5],
    ['Spectrum 3 of 4', 3, 3.5],
    ['Spectrum 4 of 4', 4, 4.5],
  ] as const;

  it('gives its cube, whose values run up the axis and whose rows run up the stage', async () => {
    const cube = await openCube(
      map([301, series(four)], [325, steps(5, 7, 2, 100, 110, 10)]),
    );
    expect([...cube.axis.values]).to.deep.equal([1000, 2000]);
    expect(cube.axis.quantity).to.equal('intensity');
    expect([cube.width, cube.height]).to.deep.equal([2, 2]);
    expect([...cube.data]).to.deep.equal([3, 3.5, 4, 4.5, 1, 1.5, 2, 2.5]);
    expect(cube.geometry.origin).to.deep.equal([100, -7, 0]);
    expect(cube.geometry.spacing).to.deep.equal([10, 2, 1]);
  });

  it('of one row has square pixels', async () => {
    const cube = await openCube(
      map([301, series(four)], [325, steps(5, 5, 0, 100, 130, 10)]),
    );
    expect([cube.width, cube.height]).to.deep.equal([4, 1]);
    expect(cube.geometry.spacing).to.deep.equal([10, 10, 1]);
  });

  it('whose spectra tell their positions is placed by them', async () => {
    const at = (x: string, y: string): string =>
      `Spectrum position 1 of 4, X = ${x}, Y = ${y}`;
    const cube = await openCube(
      map([
        301,
        series([
          [at('-10.50', '20.00'), 1, 0],
          [at('-10.50', '18.00'), 2, 0],
          [at('-8.50', '20.00'), 3, 0],
          [at('-8.50', '18.00'), 4, 0],
        ]),
      ]),
    );
    expect([cube.width, cube.height]).to.deep.equal([2, 2]);
    expect([...cube.data].filter((_, i) => i % 2 === 0)).to.deep.equal([
      1, 3, 2, 4,
    ]);
    expect(cube.geometry.origin).to.deep.equal([-10.5, -20, 0]);
  });

  it('without positions is a list, as a series is', async () => {
    const opened = await openOne(
      map([301, series(four)], [325, new Draft(264)]),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.width).to.equal(4);
    expect(opened.missing).to.deep.equal(['width']);
  });

  it('gives its picture, placed between its corners on the stage', async () => {
    const [, picture] = await openFiles([
      map([301, series(four)], [6, corners], [147, bitmap]),
    ]);
    if (picture.kind !== 'picture') throw new Error(picture.kind);
    const { width, height, data, geometry } = picture.picture;
    expect([width, height]).to.deep.equal([3, 2]);
    expect([...data]).to.deep.equal([
      ...[0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255],
      ...[0, 0, 255, 255, 0, 255, 0, 255, 255, 0, 0, 255],
    ]);
    expect(geometry.spacing).to.deep.equal([10, 10, 1]);
    expect(geometry.origin).to.deep.equal([95, -5, 0]);
  });

  it('with a damaged picture gives its spectra', async () => {
    const { warnings } = await openOne(
      map(
        [301, series(four)],
        [147, new Draft(82).copy(0, bitmap.bytes).put(32, 'u16', 4)],
      ),
    );
    expect(warnings).to.deep.equal([
      'The picture was skipped: The bitmap in a.map has 4 bits a pixel and compression 0 (want 8, 24 or 32 bits, uncompressed).',
    ]);
  });

  for (const [title, made, sentence] of [
    [
      'without spectra',
      map([325, steps(0, 0, 0, 0, 0, 0)]),
      'a.map holds no series of spectra (section 301).',
    ],
    [
      'whose spectra are cut',
      map([301, new Draft(300).copy(0, head(2, [2, 1]).bytes)]),
      'a.map is damaged: its 300 bytes of spectra are no whole number of spectra with 2 points.',
    ],
    [
      'with lying points',
      map([301, new Draft(304).copy(0, head(2 ** 31, [2, 1]).bytes)]),
      'a.map is damaged: its 304 bytes of spectra are no whole number of spectra with 2147483648 points.',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(made)).to.contain(sentence);
    });
});
