import { expect } from '@open-wc/testing';
import { gasDirections } from '../../src/algorithms/gas.js';
import { dot, orthonormalRows } from '../../src/algorithms/dense.js';
import { wavenumbers } from './synthetic.js';

const positions = wavenumbers(1500);
const bump = (centre: number, half: number) =>
  positions.map((v) => 1 / (1 + ((v - centre) / half) ** 2));
const unit = (v: Float64Array) => v.map((x) => x / Math.sqrt(dot(v, v)));
/** Lines as narrow as the bands, at places that a linear congruence scatters. */
const water = unit(
  positions.map((v, b) =>
    (v > 1350 && v < 1880) || v > 3550 ? ((b * 7919) % 13) / 13 - 0.5 : 0,
  ),
);

function span(rows: Float64Array[]) {
  return orthonormalRows(
    Float64Array.from(rows.flatMap((row) => [...row])),
    rows.length,
    1500,
  );
}

const noAway = new Float64Array(0);

const search = (
  { rows, count }: { rows: Float64Array; count: number },
  away = noAway,
) =>
  gasDirections({
    signal: rows,
    noise: new Float64Array(count).fill(1e-9),
    away,
    positions,
  });

describe('gas directions', () => {
  it('finds planted water lines mixed with broad bands, and nothing else', () => {
    const gas = search(
      span([
        bump(1700, 30).map((v, b) => v + 3 * water[b]),
        bump(1100, 25),
        bump(1700, 30),
        bump(2925, 20),
      ]),
    );
    expect([...gas.names]).to.deep.equal(['Water vapour']);
    expect(Math.abs(dot(gas.rows, water))).to.be.above(0.98);
  });

  it('keeps vapour apart from solids with sharp bands in its windows, to a thousandth', () => {
    const solid = bump(1400, 6).map((v, b) => v + bump(880, 5)[b]);
    const gas = search(
      span([
        solid.map((v, b) => v + 2 * water[b]),
        solid,
        bump(1620, 8).map((v, b) => v + 0.3 * bump(3400, 80)[b]),
        bump(2925, 20),
      ]),
    );
    expect([...gas.names]).to.deep.equal(['Water vapour']);
    expect(1 - Math.abs(dot(gas.rows, water))).to.be.below(1e-3);
  });

  it('finds vapour whose baseline was projected out with that of the solids', () => {
    const flat = unit(positions.map(() => 1));
    const solids = [
      water.map((v, b) => v + 0.01 * flat[b] + bump(1700, 30)[b]),
      bump(1700, 30),
      bump(1100, 25),
    ].map((row) => {
      const along = dot(row, flat);
      return row.map((v, b) => v - along * flat[b]);
    });
    const gas = search(span(solids), flat);
    expect([...gas.names]).to.deep.equal(['Water vapour']);
    const level = dot(water, flat);
    const left = unit(water.map((v, b) => v - level * flat[b]));
    expect(1 - Math.abs(dot(gas.rows, left))).to.be.below(1e-6);
  });

  it('finds the wings of carbon dioxide', () => {
    const gas = search(span([bump(2420, 15), bump(1030, 30), bump(2925, 30)]));
    expect([...gas.names]).to.deep.equal(['Carbon dioxide']);
  });

  it('finds no gas among bands of solids', () => {
    const gas = search(
      span([bump(1030, 25), bump(1640, 34), bump(1538, 14), bump(2918, 14)]),
    );
    expect(gas.names).to.have.length(0);
  });

  it('finds none in a single direction', () => {
    expect(search(span([water])).names).to.have.length(0);
  });
});
