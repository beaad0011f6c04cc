import { expect } from '@open-wc/testing';
import { baselines, gasDirections } from '../../src/algorithms/nuisance.js';
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

describe('nuisance terms', () => {
  it('baselines are 1, t and t² from -1 to 1', () => {
    const axis = {
      values: Float64Array.of(300, 200, 100),
      unit: 'cm-1',
      quantity: null,
    } as const;
    const { rows, names } = baselines(axis, Uint32Array.of(0, 1, 2));
    expect(names).to.have.length(3);
    expect([...rows]).to.deep.equal([1, 1, 1, -1, 0, 1, 1, 0, 1]);
  });

  it('finds planted water lines mixed with broad bands, and nothing else', () => {
    const { rows, count } = span([
      bump(1700, 30).map((v, b) => v + 3 * water[b]),
      bump(1100, 25),
      bump(1700, 30),
      bump(2925, 20),
    ]);
    const gas = gasDirections(rows, count, positions);
    expect([...gas.names]).to.deep.equal(['Water vapour']);
    expect(Math.abs(dot(gas.rows, water))).to.be.above(0.98);
  });

  it('finds the wings of carbon dioxide', () => {
    const { rows, count } = span([
      bump(2420, 15),
      bump(1030, 30),
      bump(2925, 30),
    ]);
    expect([...gasDirections(rows, count, positions).names]).to.deep.equal([
      'Carbon dioxide',
    ]);
  });

  it('finds no gas among bands of solids', () => {
    const { rows, count } = span([
      bump(1030, 25),
      bump(1640, 34),
      bump(1538, 14),
      bump(2918, 14),
    ]);
    expect(gasDirections(rows, count, positions).names).to.have.length(0);
  });
});
