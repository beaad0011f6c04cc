import { expect } from '@open-wc/testing';
import { endmemberFill } from '../../src/imaging/colour.js';
import { takenOver, usualColours } from '../../src/session/take-over.js';
import { bandAxis } from '../../src/spectral/axis.js';
import {
  type EndmemberSet,
  endmemberName,
} from '../../src/spectral/unmixing.js';

const bands = 60;
const bells = (
  centres: readonly number[],
  names: Readonly<Record<number, string>> = {},
): EndmemberSet => ({
  axis: bandAxis(bands, null),
  names: centres.map((_, r) => names[r] ?? endmemberName(r)),
  endmembers: Float32Array.from({ length: centres.length * bands }, (_, i) =>
    Math.exp(-((((i % bands) - centres[Math.floor(i / bands)]) / 5) ** 2)),
  ),
  excludedBands: new Uint8Array(bands),
});
const fills = (...endmembers: readonly number[]): string[] =>
  endmembers.map(endmemberFill);

describe('a result after another', () => {
  it('takes over the colours of what it has again, wherever that stood', () => {
    const before = { unmixing: bells([10, 30, 50]), colours: fills(4, 5, 6) };
    expect(takenOver(bells([50, 10, 30]), before).colours).to.eql(
      fills(6, 4, 5),
    );
  });

  it('takes over names that the user gave, not those of places', () => {
    const unmixing = bells([10, 30], { 1: 'Chalk' });
    const { names } = takenOver(bells([30, 10]), {
      unmixing,
      colours: fills(0, 1),
    });
    expect(names).to.eql(['Chalk', 'Endmember 2']);
  });

  it('keeps names of its own, and gives none twice', () => {
    const unmixing = bells([10, 30], { 0: 'Chalk', 1: 'Oil' });
    const before = { unmixing, colours: fills(0, 1) };
    expect(takenOver(bells([10, 30], { 0: 'Calcite' }), before).names).to.eql([
      'Calcite',
      'Oil',
    ]);
    expect(takenOver(bells([10, 30, 50], { 2: 'Chalk' }), before).names).to.eql(
      ['Endmember 1', 'Oil', 'Chalk'],
    );
  });

  it('gives what is new a colour that neither has, as long as there are any', () => {
    const before = { unmixing: bells([10, 30]), colours: fills(0, 2) };
    expect(takenOver(bells([10, 50, 30]), before).colours).to.eql(
      fills(0, 1, 2),
    );
    expect(takenOver(bells([10, 50]), before).colours).to.eql(fills(0, 1));
    const all = { unmixing: bells([10]), colours: fills(0) };
    const many = bells([10, 1, 5, 15, 20, 25, 30, 35, 40, 45]);
    const { colours } = takenOver(many, all);
    expect(new Set(colours.slice(0, 8)).size).to.equal(8);
    expect(colours.slice(8)).to.eql(fills(8, 9));
  });

  it('begins with the palette in order where nothing matches', () => {
    const before = { unmixing: bells([10, 30]), colours: fills(6, 7) };
    expect(takenOver(bells([20, 50]), before)).to.eql({
      names: ['Endmember 1', 'Endmember 2'],
      colours: fills(0, 1),
    });
    expect(usualColours(bells([10, 30]), ['#123456'])).to.eql([
      '#123456',
      endmemberFill(1),
    ]);
  });
});
