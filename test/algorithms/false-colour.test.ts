import { expect } from '@open-wc/testing';
import {
  bandImage,
  falseColourImage,
} from '../../src/algorithms/false-colour.js';
import { cubeOf, scene } from './synthetic.js';

describe('images of a cube', () => {
  it('a band image holds the band and limits that most pixels lie between', () => {
    const { cube } = scene(3);
    const image = bandImage(cube, 30, new Uint8Array(480));
    expect(image.values[7]).to.equal(cube.data[7 * 200 + 30]);
    const [low, high] = image.limits[0];
    const seen = image.values.filter((v) => v >= low && v <= high).length;
    expect(seen / 480).to.be.within(0.94, 0.98);
  });

  it('limits differ and are finite for a constant band, and masked pixels are dark', () => {
    const cube = cubeOf([
      [3, 1],
      [3, 2],
      [3, NaN],
    ]);
    const [[low, high]] = bandImage(cube, 0, new Uint8Array(3)).limits;
    expect(low).to.be.below(3);
    expect(high).to.be.above(3);
    const masked = bandImage(cube, 1, Uint8Array.of(0, 0, 1));
    expect(masked.values[2]).to.be.closeTo(masked.limits[0][0], 1e-6);
  });

  it('false colour separates the materials', () => {
    const { cube, shares } = scene(3);
    const image = falseColourImage(cube, new Uint8Array(480));
    const mean = (r: number) =>
      [0, 1, 2].map((c) => {
        let sum = 0;
        let count = 0;
        for (let n = 0; n < 480; n++)
          if (shares[n * 3 + r] > 0.9) {
            const [low, high] = image.limits[c];
            sum += (image.values[n * 3 + c] - low) / (high - low);
            count++;
          }
        return sum / count;
      });
    const [a, b, c] = [mean(0), mean(1), mean(2)];
    for (const [p, q] of [
      [a, b],
      [a, c],
      [b, c],
    ])
      expect(Math.hypot(...p.map((v, i) => v - q[i]))).to.be.above(0.3);
  });

  it('false colour is never black: finite limits around the values of flat and tiny cubes', () => {
    for (const spectra of [
      [[5, 5, 5]],
      [[2], [2]],
      [
        [0, 1],
        [1, 0],
      ],
    ]) {
      const image = falseColourImage(
        cubeOf(spectra),
        new Uint8Array(spectra.length),
      );
      image.limits.forEach(([low, high], c) => {
        expect(Number.isFinite(low) && Number.isFinite(high)).to.equal(true);
        const brightest = Math.max(
          ...spectra.map((_, n) => image.values[n * 3 + c]),
        );
        expect((brightest - low) / (high - low)).to.be.above(0.3);
      });
    }
  });
});
