import { expect } from '@open-wc/testing';
import type { Opened } from '../../src/formats/opened.js';
import { identifier } from '../../src/session/identify.js';
import { librarySpectra } from '../../src/session/library.js';
import type { SpectralAxis } from '../../src/spectral/axis.js';
import { unitGeometry } from '../../src/spectral/cube.js';

const axisOf = (
  values: readonly number[],
  unit: SpectralAxis['unit'],
  quantity: SpectralAxis['quantity'] = null,
): SpectralAxis => ({ values: Float64Array.from(values), unit, quantity });

const list = (
  axis: SpectralAxis,
  data: readonly number[],
  names = ['one'],
): Opened => ({
  kind: 'spectra',
  type: 'CSV',
  warnings: [],
  spectra: { name: 'shelf', axis, names, data: Float32Array.from(data) },
});

describe('library of reference spectra', () => {
  const infrared = axisOf([1000, 2000], 'cm-1', 'absorbance');

  it('holds each spectrum under its name and that of its file, positions in the unit of the axis', () => {
    const nanometres = axisOf([5000, 10000], 'nm', 'absorbance');
    const opened = list(nanometres, [1, 2, 3, 4], ['chalk', 'oil']);
    const [chalk, oil] = librarySpectra([opened], infrared, 'shelf.csv');
    expect([chalk.name, chalk.source, oil.name]).to.deep.equal([
      'chalk',
      'shelf',
      'oil',
    ]);
    expect([...Array.from(chalk.positions)]).to.deep.equal([2000, 1000]);
    expect([...Array.from(oil.values)]).to.deep.equal([3, 4]);
  });

  it('turns per cent and fractions of transmittance into absorbance', () => {
    for (const [data, wanted] of [
      [
        [100, 10, 1],
        [0, 1, 2],
      ],
      [
        [1, 0.1, 0.01],
        [0, 1, 2],
      ],
    ]) {
      const axis = axisOf([1000, 1500, 2000], 'cm-1', 'transmittance');
      const [{ values }] = librarySpectra([list(axis, data)], infrared, 'a');
      wanted.forEach((value, b) =>
        expect(values[b]).to.be.closeTo(value, 1e-6),
      );
    }
  });

  it('multiplies by the penetration depth, as the wavelength, and leaves what was opened alone', () => {
    const opened = list(infrared, [3, 3]);
    const [{ values }] = librarySpectra([opened], infrared, 'a', {
      penetration: true,
    });
    expect([...Array.from(values)]).to.deep.equal([3, 1.5]);
    expect(opened.kind === 'spectra' && [...opened.spectra.data]).to.deep.equal(
      [3, 3],
    );
  });

  it('refuses what holds no spectra, and positions that cannot be compared', () => {
    const picture: Opened = {
      kind: 'picture',
      type: 'PNG',
      warnings: [],
      picture: {
        name: 'p',
        width: 1,
        height: 1,
        data: new Uint8ClampedArray(4),
        geometry: unitGeometry,
      },
    };
    expect(() => librarySpectra([picture], infrared, 'p.png')).to.throw(
      'p.png holds no spectra for a library',
    );
    expect(() =>
      librarySpectra([list(axisOf([1, 2], 'band'), [1, 2])], infrared, 'b'),
    ).to.throw('shelf has positions in band, and what is sought in cm-1');
  });
});

describe('identification', () => {
  const bands = 200;
  const axis = axisOf(
    Array.from({ length: bands }, (_, b) => 3000 - 10 * b),
    'cm-1',
    'absorbance',
  );
  const peak = (...centres: readonly number[]): Float64Array =>
    axis.values.map((v) =>
      centres.reduce((sum, at) => sum + Math.exp(-(((v - at) / 40) ** 2)), 0),
    );
  const named = (name: string, ...centres: readonly number[]) => ({
    name,
    source: 'shelf',
    positions: axis.values,
    values: peak(...centres),
  });
  const library = [
    named('chalk', 1400, 2500),
    named('chalk too', 1402, 2501),
    named('oil', 1740, 2900),
    named('glue', 1650, 1540),
  ];
  const ones = new Float64Array(bands).fill(1);
  const identify = identifier(library, axis, ones);

  it('puts the true reference first by every measure, and says which can hardly be told from it', () => {
    for (const measure of [
      'angle',
      'correlation',
      'derivative',
      'distance',
    ] as const) {
      const found = identify(peak(1400, 2500), { measure, most: 3 });
      expect(found.measure).to.equal(measure);
      expect(
        found.candidates.map(({ name }) => name).slice(0, 2),
      ).to.deep.equal(['chalk', 'chalk too']);
      expect(found.candidates).to.have.length(3);
      expect(found.candidates[0].range).to.deep.equal([3000, 1010]);
      expect(found.candidates[0].covered).to.equal(1);
    }
    const near = identify(peak(1401, 2500.5));
    expect(near.close).to.equal(2);
    expect(near.cautions).to.deep.equal([
      'chalk, chalk too can hardly be told apart here.',
    ]);
    expect(identify(peak(1740, 2900)).cautions).to.deep.equal([]);
  });

  it('says when nothing is like the spectrum, and when nothing can be compared', () => {
    expect(identify(peak(2200)).cautions).to.deep.equal([
      'No reference is much like this spectrum.',
    ]);
    const elsewhere = identifier(
      [{ ...library[0], positions: axis.values.map((v) => v + 5000) }],
      axis,
      ones,
    );
    expect(elsewhere(peak(1400))).to.deep.include({
      candidates: [],
      close: 0,
      cautions: ['No reference covers enough of what is compared.'],
      mixtures: [],
    });
  });

  it('finds a sum of two references, and no sum where one is enough', () => {
    const [oil, glue] = [library[2].values, library[3].values];
    const both = oil.map((v, b) => 2 * v + glue[b]);
    const { mixtures } = identify(both);
    expect(mixtures).to.have.length(1);
    const [{ members, angle }] = mixtures;
    expect(members.map(({ name }) => name).sort()).to.deep.equal([
      'glue',
      'oil',
    ]);
    expect(angle).to.be.lessThan(0.01);
    const share = members.find(({ name }) => name === 'oil')!.share;
    const length = (x: Float64Array): number => Math.hypot(...x);
    expect(share).to.be.closeTo(
      (2 * length(oil)) / (2 * length(oil) + length(glue)),
      0.01,
    );
    expect(identify(oil).mixtures).to.deep.equal([]);
  });

  it('compares only the bands that have weight, and tells their ends', () => {
    const weights = axis.values.map((v) => Number(v > 2200));
    const found = identifier(
      library,
      axis,
      weights,
    )(peak(2500), {
      measure: 'correlation',
    });
    expect(found.candidates[0].name).to.equal('chalk');
    expect(found.candidates[0].correlation).to.be.closeTo(1, 1e-6);
    expect(found.candidates[0].range).to.deep.equal([3000, 2210]);
  });
});
