import { expect } from '@open-wc/testing';
import {
  matchEndmembers,
  orderAfter,
} from '../../src/algorithms/match-endmembers.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import {
  type EndmemberSet,
  endmemberName,
} from '../../src/spectral/unmixing.js';

/** A bell about a position. */
const bell = (position: number, centre: number): number =>
  0.02 + Math.exp(-(((position - centre) / 60) ** 2));

interface Made {
  readonly from?: number;
  readonly step?: number;
  readonly bands?: number;
  readonly excluded?: (position: number) => boolean;
  readonly unit?: EndmemberSet['axis']['unit'];
}

/** Bells about the centres given, on an axis in cm-1 that falls. */
function made(
  centres: readonly number[],
  {
    from = 2000,
    step = -5,
    bands = 200,
    excluded = () => false,
    unit = 'cm-1',
  }: Made = {},
): EndmemberSet {
  const values = Float64Array.from(
    { length: bands },
    (_, b) => from + b * step,
  );
  return {
    axis: { values, unit, quantity: 'absorbance' },
    names: centres.map((_, r) => endmemberName(r)),
    endmembers: Float32Array.from({ length: centres.length * bands }, (_, i) =>
      bell(values[i % bands], centres[Math.floor(i / bands)]),
    ),
    excludedBands: Uint8Array.from(values, (v) => Number(excluded(v))),
  };
}

const indices = (match: ReturnType<typeof matchEndmembers>) =>
  match.pairs.map(({ first, second }) => [first, second]);

describe('matching endmembers of two results', () => {
  it('pairs the same spectra in another order, at angle zero', () => {
    const match = matchEndmembers(
      made([1200, 1500, 1800]),
      made([1800, 1200, 1500]),
    );
    expect(indices(match)).to.eql([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    for (const { angle } of match.pairs) expect(angle).to.be.closeTo(0, 1e-6);
    expect(match.alone).to.eql({ first: [], second: [] });
  });

  it('leaves alone what has no match, on either side', () => {
    const more = matchEndmembers(made([1200, 1500]), made([1800, 1500, 1205]));
    expect(indices(more)).to.eql([
      [0, 2],
      [1, 1],
    ]);
    expect(more.alone).to.eql({ first: [], second: [0] });
    const fewer = matchEndmembers(made([1800, 1500, 1205]), made([1200, 1650]));
    expect(indices(fewer)).to.eql([[2, 0]]);
    expect(fewer.alone).to.eql({ first: [0, 1], second: [1] });
  });

  it('tells the angle over the bands that both include', () => {
    const out = (v: number) => v > 1700;
    const first = made([1200]);
    const second = made([1206], { excluded: out });
    const [{ angle }] = matchEndmembers(first, second).pairs;
    const inside = Array.from(first.axis.values.keys()).filter(
      (b) => !out(first.axis.values[b]),
    );
    expect(angle).to.be.closeTo(
      spectralAngle(
        inside.map((b) => first.endmembers[b]),
        inside.map((b) => second.endmembers[b]),
      ),
      1e-9,
    );
  });

  it('is not misled by what lies in bands that one of them leaves out', () => {
    const first = made([1200, 1500], { excluded: (v) => v >= 1750 });
    const spoilt = {
      ...first,
      endmembers: first.endmembers.map((v, i) =>
        first.excludedBands[i % 200] ? 1e6 : v,
      ),
    };
    expect(indices(matchEndmembers(spoilt, made([1500, 1200])))).to.eql([
      [0, 1],
      [1, 0],
    ]);
    const finer = made([1500, 1200], { step: -2.5, bands: 400 });
    expect(indices(matchEndmembers(spoilt, finer))).to.eql([
      [0, 1],
      [1, 0],
    ]);
    expect(indices(matchEndmembers(finer, spoilt))).to.eql([
      [0, 1],
      [1, 0],
    ]);
  });

  it('pairs over the part of the axes that is common, also from low to high and in nm', () => {
    const first = made([1200, 1400]);
    const window = made([1400, 1200], { from: 1100, step: 4, bands: 100 });
    expect(indices(matchEndmembers(first, window))).to.eql([
      [0, 1],
      [1, 0],
    ]);
    const inNm = {
      ...first,
      axis: {
        ...first.axis,
        unit: 'nm' as const,
        values: first.axis.values.map((v) => 1e7 / v),
      },
    };
    const { pairs } = matchEndmembers(inNm, window);
    expect(pairs.map(({ second }) => second)).to.eql([1, 0]);
    for (const { angle } of pairs) expect(angle).to.be.below(0.01);
  });

  it('pairs nothing where the axes have no unit or too few bands in common', () => {
    const first = made([1200]);
    expect(matchEndmembers(first, made([1200], { unit: 'band' })).pairs).to.eql(
      [],
    );
    const beside = made([1200], { from: 3000, bands: 200 });
    expect(matchEndmembers(first, beside).pairs).to.eql([]);
    expect(matchEndmembers(first, beside).alone).to.eql({
      first: [0],
      second: [0],
    });
  });

  it('takes the pairing that is best for all within the limit, not the nearest for each', () => {
    // The first of one lies between both of the other; the second can only go with the nearer of them.
    const match = matchEndmembers(made([1500, 1490]), made([1495, 1508]), 0.4);
    expect(indices(match)).to.eql([
      [0, 1],
      [1, 0],
    ]);
  });

  it('lets what is found again keep its place, and others fill the places left in their order', () => {
    const before = made([1200, 1500, 1800]);
    expect(orderAfter(before, made([1650, 1800, 1350, 1200]))).to.eql([
      3, 0, 1, 2,
    ]);
    expect(orderAfter(before, made([1350, 1800]))).to.eql([1, 0]);
    expect(orderAfter(before, made([1650, 1350]))).to.eql([0, 1]);
  });
});
