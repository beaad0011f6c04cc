import { expect } from '@open-wc/testing';
import { judgeSpectra } from '../../src/algorithms/spectra-cost.js';

const length = 200;
const peak = (centre: number, width: number) =>
  Float64Array.from(
    { length },
    (_, b) => 1 / (1 + ((b - centre) / width) ** 2),
  );
const line = (from: number, to: number) =>
  Float64Array.from(
    { length },
    (_, b) => from + ((to - from) * b) / (length - 1),
  );
/** Offset and slope. */
const terms = Float64Array.from([...line(1, 1), ...line(-1, 1)]);
const one = Float64Array.of(1);

function cost(spectrum: Float64Array, amounts = new Float64Array(2)): number {
  const problem = { rows: spectrum, length, terms };
  return judgeSpectra(problem, one, 1, amounts, true, new Float64Array(1));
}

describe('judgeSpectra', () => {
  it('costs the mean height of a spectrum that lies above zero on no baseline', () => {
    const spectrum = Float64Array.from({ length }, (_, b) => Number(b === 100));
    // Mean of sqrt(s² + .01²): .01 where s is 0, and about 1 at one of 200 bands.
    expect(cost(spectrum)).to.be.closeTo((199 * 0.01 + 1.00005) / 200, 1e-4);
  });

  it('finds the amounts of baseline that were taken out, to 0.01 of the height', () => {
    const spectrum = peak(60, 3);
    const amounts = new Float64Array(2);
    const sunk = spectrum.map((v, b) => v - 0.15 + 0.1 * terms[length + b]);
    const height = Math.max(...sunk.map(Math.abs));
    cost(sunk, amounts);
    expect(amounts[0] * height).to.be.closeTo(0.15, 0.01);
    expect(amounts[1] * height).to.be.closeTo(-0.1, 0.01);
  });

  it('costs more where a foreign band is subtracted, and less the less of it is mixed in', () => {
    const own = peak(60, 4);
    const foreign = peak(140, 4);
    const mixed = (share: number) =>
      cost(own.map((v, b) => v + share * foreign[b]));
    expect(mixed(-0.3)).to.be.above(3 * mixed(0));
    expect(mixed(0.3)).to.be.above(mixed(0.1));
    expect(mixed(0.1)).to.be.above(mixed(0));
  });

  it('does not depend on the length of a corner', () => {
    const spectrum = peak(30, 5).map((v, b) => v - 0.4 * peak(90, 5)[b]);
    expect(cost(spectrum.map((v) => 7 * v))).to.be.closeTo(
      cost(spectrum),
      1e-9,
    );
  });

  it('its slope matches central differences to 1e-5 once the amounts are settled', () => {
    const rows = Float64Array.from([
      ...peak(50, 6),
      ...peak(120, 9).map((v) => v - 0.2),
    ]);
    const problem = { rows, length, terms };
    const corners = Float64Array.of(0.9, -0.3, 0.2, 0.7);
    const amounts = new Float64Array(4);
    const judge = (at: Float64Array, gradient = new Float64Array(4)) =>
      judgeSpectra(problem, at, 2, amounts, true, gradient);
    for (let round = 0; round < 20; round++) judge(corners);
    const gradient = new Float64Array(4);
    judge(corners, gradient);
    gradient.forEach((slope, i) => {
      const moved = (shift: number) => {
        const at = corners.slice();
        at[i] += shift;
        return judge(at);
      };
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).to.be.closeTo(
        slope,
        1e-5 * (1 + Math.abs(slope)),
      );
    });
  });

  it('costs nothing and stays finite for a spectrum of zeros, and takes no terms', () => {
    const gradient = new Float64Array(1);
    const problem = {
      rows: new Float64Array(length),
      length,
      terms: new Float64Array(0),
    };
    expect(
      judgeSpectra(problem, one, 1, new Float64Array(0), true, gradient),
    ).to.equal(0);
    expect([...gradient]).to.deep.equal([0]);
    const bare = { ...problem, rows: peak(100, 4) };
    expect(
      judgeSpectra(bare, one, 1, new Float64Array(0), true, gradient),
    ).to.be.above(0);
  });
});
