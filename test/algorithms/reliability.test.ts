import { expect } from '@open-wc/testing';
import { bandReliability } from '../../src/algorithms/reliability.js';
import type { Cube } from '../../src/spectral/cube.js';
import { cubeOf, scene } from './synthetic.js';

/** The formulas as the paper states them, sorted medians and explicit z-scores. */
function published(cube: Cube): number[] {
  const bands = cube.axis.values.length;
  const pixels = cube.width * cube.height;
  const middle = (values: number[]) => {
    const s = [...values].sort((a, b) => a - b);
    const h = s.length >> 1;
    return s.length % 2 ? s[h] : (s[h - 1] + s[h]) / 2;
  };
  const rz = (v: number[]) => {
    const m = middle(v);
    const mad = middle(v.map((x) => Math.abs(x - m)));
    return v.map((x) => (x - m) / (mad + 1e-8));
  };
  const column = (b: number) =>
    Array.from({ length: pixels }, (_, n) => cube.data[n * bands + b]);
  const z = Array.from({ length: bands }, (_, b) => {
    const robust = rz(column(b));
    const mean = robust.reduce((a, x) => a + x, 0) / pixels;
    const std = Math.sqrt(
      robust.reduce((a, x) => a + (x - mean) ** 2, 0) / pixels,
    );
    return robust.map((x) => (x - mean) / std);
  });
  const c = Array.from({ length: bands - 1 }, (_, b) =>
    Math.max(
      -1,
      Math.min(1, z[b].reduce((a, x, n) => a + x * z[b + 1][n], 0) / pixels),
    ),
  );
  const d = z.map(
    (_, b) => 1 - Math.min(c[Math.max(0, b - 1)], c[Math.min(bands - 2, b)]),
  );
  const m = z.map((_, b) => middle(column(b)));
  const inner = m.slice(1, -1).map((v, i) => Math.abs(m[i + 2] - 2 * v + m[i]));
  const r = [inner[0], ...inner, inner[inner.length - 1]];
  const [dz, rzr] = [rz(d), rz(r)];
  return dz.map((v, b) => {
    const s = Math.max(v, 0) + 0.75 * Math.max(rzr[b], 0);
    return 0.05 + 0.95 / (1 + Math.exp(2 * (s - 3)));
  });
}

describe('bandReliability', () => {
  const { cube } = scene(3, { bands: 90, noise: 0.02, gas: 0.05 });
  const open = new Uint8Array(cube.width * cube.height);

  it('matches a naive computation of the published formulas to 1e-6', () => {
    const weights = bandReliability(cube, open);
    published(cube).forEach((w, b) =>
      expect(weights[b]).to.be.closeTo(w, 1e-6),
    );
    expect(Math.max(...weights) - Math.min(...weights)).to.be.above(0.3);
  });

  it('sets excluded bands to 0 and leaves the others as they were', () => {
    const excludedBands = new Uint8Array(90);
    excludedBands[4] = 1;
    const weights = bandReliability(cube, open, { excludedBands });
    const plain = bandReliability(cube, open);
    expect(weights[4]).to.equal(0);
    expect(weights[5]).to.equal(plain[5]);
  });

  it('lowers bands of little variation only when flatness is asked for', () => {
    const data = cube.data.map((v, i) => (i % 90 === 30 ? v * 1e-6 : v));
    const flat = { ...cube, data };
    const plain = bandReliability(flat, open);
    const strict = bandReliability(flat, open, { flatness: true });
    expect(strict[30]).to.be.below(plain[30] + 1e-9);
    expect(strict.some((w, b) => w < plain[b] - 1e-3)).to.equal(true);
  });

  it('stays finite for one band, one pixel and constant bands', () => {
    for (const spectra of [
      [[1], [2]],
      [[1, 2, 3]],
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
    ]) {
      const weights = bandReliability(
        cubeOf(spectra),
        new Uint8Array(spectra.length),
      );
      expect(weights.every((w) => w >= 0.05 && w <= 1)).to.equal(true);
    }
  });
});
