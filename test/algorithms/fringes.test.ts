import { expect } from '@open-wc/testing';
import {
  findFringe,
  fringePair,
  fringePeriod,
} from '../../src/algorithms/fringes.js';
import { orthonormalRows } from '../../src/algorithms/dense.js';
import { keepPace } from '../../src/spectral/pace.js';
import { wavenumbers } from './synthetic.js';

const count = 700;
const axis = {
  values: wavenumbers(count),
  unit: 'cm-1',
  quantity: 'absorbance',
} as const;
const bands = Uint32Array.from({ length: count }, (_, b) => b);
const weights = Float64Array.from(bands, (b) => 1 + 0.3 * Math.sin(b / 90));
const flat = orthonormalRows(weights, 1, count).rows;
const bump = (centre: number, half: number) =>
  axis.values.map((v, b) => weights[b] / (1 + ((v - centre) / half) ** 2));

function find(rows: readonly Float64Array[]): Promise<number | null> {
  const all = orthonormalRows(
    Float64Array.from([flat, ...rows].flatMap((row) => [...row])),
    rows.length + 1,
    count,
  );
  return findFringe(
    { axis, bands, weights, signal: all.rows.slice(count), away: flat },
    keepPace(),
  );
}

describe('fringes', () => {
  it('a pair is one wave, a quarter of a period apart', () => {
    const { rows, names } = fringePair(axis, bands, 10);
    expect(fringePeriod(axis, 10)).to.equal(290);
    expect(names.join()).to.contain('290 cm-1');
    for (const b of [0, 17, 699]) {
      const phase = (2 * Math.PI * (axis.values[b] - 3800)) / -290;
      expect(rows[b]).to.be.closeTo(Math.cos(phase), 1e-9);
      expect(rows[count + b]).to.be.closeTo(Math.sin(phase), 1e-9);
    }
  });

  it('finds the cycles of a planted wave to 0.002 among bands of solids', async () => {
    const { rows } = fringePair(axis, bands, 8.237);
    const wave = (k: number) => weights.map((w, b) => w * rows[k * count + b]);
    const cycles = await find([
      bump(1030, 40).map((v, b) => v + wave(0)[b]),
      bump(2920, 30).map((v, b) => v - 2 * wave(1)[b]),
      bump(1030, 40),
      bump(2920, 30),
    ]);
    expect(cycles).to.be.closeTo(8.237, 2e-3);
  });

  it('finds none among bands of solids, nor in half a wave', async () => {
    const solids = [
      bump(1030, 25),
      bump(1430, 60),
      bump(1640, 34),
      bump(2918, 14),
      bump(3350, 180),
    ];
    expect(await find(solids)).to.equal(null);
    const { rows } = fringePair(axis, bands, 8.237);
    const cosine = weights.map((w, b) => w * rows[b]);
    expect(await find([...solids, cosine])).to.equal(null);
  });
});
