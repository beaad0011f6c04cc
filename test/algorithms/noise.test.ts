import { expect } from '@open-wc/testing';
import { bandNoise } from '../../src/algorithms/noise.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { cubeOf, scene } from './synthetic.js';

describe('bandNoise', () => {
  it('finds the planted noise of each band within 10 %', async () => {
    const { cube } = scene(3, { noise: 0, width: 60, height: 50, bands: 120 });
    const random = randomSource(2);
    const truth = Float64Array.from(
      { length: 120 },
      (_, b) => 0.003 * (1 + b / 60),
    );
    const data = cube.data.map((v, i) => v + truth[i % 120] * random.normal());
    const noise = await bandNoise(
      { ...cube, data },
      new Uint8Array(3000),
      keepPace(),
    );
    for (let b = 5; b < 115; b++)
      expect(noise[b] / truth[b]).to.be.within(0.9, 1.1);
  });

  it('uses vertical neighbours where rows have one pixel', async () => {
    const { cube } = scene(3, { noise: 0.01 });
    const tall = { ...cube, width: 1, height: 480 };
    const noise = await bandNoise(tall, new Uint8Array(480), keepPace());
    expect(noise[100]).to.be.within(0.008, 0.02);
  });

  it('is positive and finite without noise, with one pixel, and for two bands', async () => {
    const flat = cubeOf([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const one = cubeOf([[1, 2, 3]]);
    const two = cubeOf([
      [1, 2],
      [3, 5],
    ]);
    for (const cube of [flat, one, two, scene(3, { noise: 0 }).cube])
      for (const v of await bandNoise(
        cube,
        new Uint8Array(cube.width * cube.height),
        keepPace(),
      ))
        expect(v).to.be.above(-1e-30).and.below(10);
  });
});
