import { expect } from '@open-wc/testing';
import { applyChain } from '../../src/preprocess/chain.js';
import type { Pixel, Step } from '../../src/preprocess/steps.js';
import { type Cube, checkCube } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';
import { scene } from '../algorithms/synthetic.js';
import { cubeFrom, line } from './spectra.js';

const run = async (cube: Cube, ...steps: Step[]) => {
  const before = cube.data.slice();
  const result = await applyChain(cube, steps);
  expect(cube.data, 'the cube given').to.deep.equal(before);
  checkCube(result.cube);
  return result;
};

/** Pixel (x, y) of `width` x `height` holds 100 y + 10 x + b. */
const counting = (width: number, height: number, bands: number): Cube =>
  cubeFrom(
    line(width * height, (n) => n).map((n) =>
      line(bands, (b) => 100 * Math.floor(n / width) + 10 * (n % width) + b),
    ),
    { width },
  );

describe('range, cut, crop and bins', () => {
  it('a range and cut windows keep the bands they say, ends included, on a falling axis', async () => {
    const cube = cubeFrom([[0, 1, 2, 3, 4, 5]], {
      positions: [60, 50, 40, 30, 20, 10],
    });
    const { cube: found } = await run(
      cube,
      { kind: 'range', on: true, window: [20, 50] },
      { kind: 'cut', on: true, windows: [[35, 45]] },
    );
    expect([...found.axis.values]).to.deep.equal([50, 30, 20]);
    expect([...found.data]).to.deep.equal([1, 3, 4]);
  });

  it('a range without bands, windows over all, and a rectangle outside are refused by name', async () => {
    const cube = counting(3, 2, 4);
    const refused: [Step, string][] = [
      [
        { kind: 'range', on: true, window: [7, 9] },
        'invalid correction 1 (Band range): window is 7 to 9 (want one that holds a band from 0 to 3)',
      ],
      [
        { kind: 'cut', on: true, windows: [[0, 3]] },
        'invalid correction 1 (Cut windows): windows hold all 4 bands (want at least 1 left)',
      ],
      [
        {
          kind: 'crop',
          on: true,
          rectangle: { x: 3, y: 0, width: 1, height: 1 },
        },
        'invalid correction 1 (Crop): rectangle starts at 3, 0 (want it inside the image of 3 x 2 pixels)',
      ],
    ];
    for (const [step, message] of refused)
      await applyChain(cube, [step]).then(
        () => expect.fail(message),
        (error: unknown) => expect(error).to.include({ tag: 'input', message }),
      );
  });

  it('a crop takes values, mask and the place in the world along, under a turned geometry', async () => {
    const cube: Cube = {
      ...counting(4, 3, 2),
      mask: Uint8Array.from({ length: 12 }, (_, n) => (n === 6 ? 1 : 0)),
      geometry: {
        origin: [5, 7, 0],
        spacing: [2, 3, 1],
        // Columns of the image run along world y, rows along -x.
        direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
        unit: 'µm',
      },
    };
    const { cube: found } = await run(cube, {
      kind: 'crop',
      on: true,
      rectangle: { x: 2, y: 1, width: 9, height: 1 },
    });
    expect([found.width, found.height]).to.deep.equal([2, 1]);
    expect([...found.data]).to.deep.equal([120, 121, 130, 131]);
    expect([...(found.mask ?? [])]).to.deep.equal([1, 0]);
    expect(found.geometry.origin).to.deep.equal([5 - 3, 7 + 4, 0]);
  });

  it('a bin in space is the mean of its unmasked, finite values, at their middle', async () => {
    const cube = {
      ...counting(5, 2, 2),
      mask: Uint8Array.from([0, 1, 1, 1, 0, 0, 0, 1, 1, 0]),
    };
    cube.data[0] = NaN;
    const { cube: found, notes } = await run(cube, {
      kind: 'spatial-bin',
      on: true,
      size: 2,
    });
    expect([found.width, found.height]).to.deep.equal([2, 1]);
    // Pixels (0, 0), (0, 1), (1, 1); the first has no first band.
    expect([...found.data]).to.deep.equal([105, (1 + 101 + 111) / 3, 0, 0]);
    expect([...(found.mask ?? [])]).to.deep.equal([0, 1]);
    expect(found.geometry.origin).to.deep.equal([0.5, 0.5, 0]);
    expect(found.geometry.spacing).to.deep.equal([2, 2, 1]);
    expect(notes).to.deep.equal([
      'Spatial binning: 1 column and 0 rows at the edge fill no bin and are left out.',
    ]);
  });

  it('a bin along the bands is the mean of values and positions; the last may be smaller, a gap stays a gap', async () => {
    const cube = cubeFrom([
      [1, 3, NaN, 5, 9],
      [0, 0, NaN, NaN, 1],
    ]);
    const { cube: found } = await run(cube, {
      kind: 'spectral-bin',
      on: true,
      size: 2,
    });
    expect([...found.axis.values]).to.deep.equal([0.5, 2.5, 4]);
    expect([...found.data]).to.deep.equal([2, 5, 9, 0, NaN, 1]);
  });
});

describe('bad pixels', () => {
  const planted = (): Cube => {
    const { cube } = scene(3, { width: 8, height: 8, bands: 60 });
    const data = cube.data.slice();
    data.fill(0.2, 9 * 60, 10 * 60); // (1, 1) dead
    data.fill(3, 20 * 60, 20 * 60 + 12); // (4, 2) saturated
    data[63 * 60 + 5] = Infinity; // (7, 7)
    return { ...cube, data };
  };
  const rule = {
    kind: 'bad-pixels',
    on: true,
    flatness: 1e-3,
    pinned: 0.1,
    ceiling: 0,
  } as const;

  it('are masked, each counted under its reason', async () => {
    const { cube, notes } = await run(planted(), { ...rule, fate: 'mask' });
    expect([...(cube.mask ?? []).keys()].filter((n) => cube.mask?.[n]))
      .to //
      .deep.equal([9, 20, 63]);
    expect(notes).to.deep.equal([
      'Bad pixels: 1 dead pixel, 1 saturated pixel, 1 incomplete pixel were masked.',
    ]);
  });

  it('by a ceiling, or without looking for saturation, follow the thresholds', async () => {
    const masked = async (more: object) => {
      const { cube } = await run(planted(), { ...rule, fate: 'mask', ...more });
      return [...(cube.mask ?? []).keys()].filter((n) => cube.mask?.[n]);
    };
    expect(await masked({ ceiling: 2.5 })).to.deep.equal([9, 20, 63]);
    expect(await masked({ ceiling: 3.5 })).to.deep.equal([9, 63]);
    expect(await masked({ pinned: 0 })).to.deep.equal([9, 63]);
    expect(await masked({ pinned: 0.3 })).to.deep.equal([9, 63]);
  });

  it('are filled with the mean of their neighbours', async () => {
    const before = planted();
    const { cube } = await run(before, { ...rule, fate: 'fill' });
    expect(cube.mask).to.equal(undefined);
    const at = (x: number, y: number, b: number) =>
      before.data[(y * 8 + x) * 60 + b];
    expect(cube.data[63 * 60 + 5]).to.be.closeTo(
      (at(6, 6, 5) + at(7, 6, 5) + at(6, 7, 5)) / 3,
      1e-6,
    );
  });

  it('chosen by hand are filled ring by ring, from what is good alone', async () => {
    const cube = {
      ...counting(5, 5, 2),
      mask: Uint8Array.from({ length: 25 }, (_, n) => (n === 0 ? 1 : 0)),
    };
    cube.data[0] = 1e9;
    const pixels: Pixel[] = [1, 2, 3].flatMap((y) =>
      [1, 2, 3].map((x): Pixel => [x, y]),
    );
    const { cube: found } = await run(cube, {
      kind: 'chosen-pixels',
      on: true,
      pixels: [...pixels, [9, 9]],
      fate: 'fill',
    });
    expect([...(found.mask ?? [])].indexOf(1)).to.equal(0);
    // By symmetry the middle of a plane, but for the corner that is masked.
    expect(found.data[12 * 2]).to.be.within(215, 225);
    expect(found.data[18 * 2]).to.equal((240 + 340 + 420 + 430 + 440) / 5);
  });

  it('without any good neighbour stay masked', async () => {
    const { cube } = await run(counting(1, 1, 3), {
      kind: 'chosen-pixels',
      on: true,
      pixels: [[0, 0]],
      fate: 'fill',
    });
    expect([...(cube.mask ?? [])]).to.deep.equal([1]);
  });
});

describe('gas', () => {
  const inside = (v: number) => v > 1350 && v < 1900;
  const water: Step = {
    kind: 'water-vapour',
    on: true,
    windows: [
      [1300, 2000],
      [3450, 3950],
    ],
  };
  const distance = (a: Cube, b: Cube): number => {
    const { values } = a.axis;
    let squares = 0;
    let count = 0;
    a.data.forEach((v, i) => {
      if (!inside(values[i % values.length])) return;
      squares += (v - b.data[i]) ** 2;
      count++;
    });
    return Math.sqrt(squares / count);
  };

  it('water vapour that varies over the image is found in it and taken away, to a tenth', async () => {
    const size = { width: 40, height: 30, bands: 500, noise: 5e-4 };
    const dry = scene(3, size).cube;
    const wet = scene(3, { ...size, gas: 0.05 }).cube;
    const { cube: found, notes } = await run(wet, water);
    expect(notes).to.deep.equal([]);
    expect(distance(wet, dry)).to.be.above(0.01);
    expect(distance(found, dry) / distance(wet, dry)).to.be.below(0.1);
  });

  it('where there is none, nothing changes and it says so', async () => {
    const dry = scene(3, { width: 40, height: 30, bands: 500 }).cube;
    const { cube: found, notes } = await run(dry, water);
    expect(found.data).to.deep.equal(dry.data);
    expect(notes).to.deep.equal([
      'Water vapour: none was found that stands above the noise.',
    ]);
  });

  it('carbon dioxide that varies over the image is fitted and taken away, and the noise under it stays', async () => {
    const size = { width: 40, height: 30, bands: 500, noise: 5e-4 };
    const dry = scene(3, size).cube;
    const { values } = dry.axis;
    const gas = values.map(
      (v) =>
        Math.exp(-(((v - 2362) / 9) ** 2)) +
        0.8 * Math.exp(-(((v - 2336) / 11) ** 2)),
    );
    const data = dry.data.map((v, i) => {
      const n = Math.floor(i / 500);
      return v + 0.1 * (1 + Math.cos((n % 40) / 6 + n / 300)) * gas[i % 500];
    });
    const wet = { ...dry, data };
    const { cube: found } = await run(wet, {
      kind: 'carbon-dioxide',
      on: true,
      window: [2280, 2400],
      how: 'fit',
    });
    let before = 0;
    let after = 0;
    data.forEach((v, i) => {
      if (gas[i % 500] < 1e-3) return;
      before += (v - dry.data[i]) ** 2;
      after += (found.data[i] - dry.data[i]) ** 2;
    });
    expect(Math.sqrt(after / before)).to.be.below(0.03);
  });

  it('carbon dioxide is a straight line between the means beside its window, level at the end of the axis', async () => {
    const positions = line(30, (b) => 2500 - 10 * b);
    const cube = cubeFrom(
      [
        positions.map(
          (v) => 0.001 * v + (v >= 2280 && v <= 2400 ? Math.sin(v) : 0),
        ),
      ],
      { positions },
    );
    const step: Step = {
      kind: 'carbon-dioxide',
      on: true,
      window: [2400, 2280],
      how: 'line',
    };
    const { cube: found } = await run(cube, step);
    positions.forEach((v, b) =>
      expect(found.data[b]).to.be.closeTo(0.001 * v, 1e-6),
    );
    const short = await run(cube, { ...step, window: [2280, 9999] });
    const level = (2.27 + 2.26 + 2.25 + 2.24 + 2.23) / 5;
    expect(short.cube.data[0]).to.be.closeTo(level, 1e-6);
    expect(short.cube.data[22]).to.be.closeTo(level, 1e-6);
  });

  it('is skipped with a sentence where the axis has no wavenumbers', async () => {
    const cube = cubeFrom([[1, 2, 3]], { unit: 'nm' });
    const { cube: found, notes } = await run(cube, water);
    expect(found).to.equal(cube);
    expect(notes).to.deep.equal([
      'Water vapour: skipped, as it needs a wavenumber axis (cm-1).',
    ]);
  });
});

describe('denoising', () => {
  const size = { width: 40, height: 30, bands: 120 };
  const clean = scene(3, { ...size, noise: 0 }).cube;
  const random = randomSource(9);
  const noisy: Cube = {
    ...clean,
    data: clean.data.map(
      (v, i) => v + 0.01 * (1 + (i % 120) / 40) * random.normal(),
    ),
  };
  const rms = (a: Cube, b: Cube): number =>
    Math.sqrt(
      a.data.reduce((sum, v, i) => sum + (v - b.data[i]) ** 2, 0) /
        a.data.length,
    );

  for (const kind of ['pca', 'mnf'] as const) {
    it(`${kind} finds the components above the noise and takes most of the noise away`, async () => {
      const { cube, notes } = await run(noisy, {
        kind,
        on: true,
        components: 0,
      });
      // Three materials at two strengths: two directions of shares and one of strength.
      expect(notes.join()).to.match(/: [23] components stood above the noise/);
      expect(rms(cube, clean) / rms(noisy, clean)).to.be.below(0.3);
    });

    it(`${kind} with all components gives the image back, with few its mean`, async () => {
      const small = scene(2, { width: 5, height: 4, bands: 12 }).cube;
      const all = await run(small, { kind, on: true, components: 12 });
      expect(rms(all.cube, small)).to.be.below(1e-6);
      const one = await run(small, { kind, on: true, components: 1 });
      for (let b = 0; b < 12; b++) {
        const mean = (cube: Cube) =>
          line(20, (n) => cube.data[n * 12 + b]).reduce((s, v) => s + v) / 20;
        expect(mean(one.cube)).to.be.closeTo(mean(small), 1e-6);
      }
    });

    it(`${kind} bears one pixel, one band and a masked image`, async () => {
      const step: Step = { kind, on: true, components: 0 };
      for (const cube of [
        cubeFrom([[1, 2, 3]]),
        cubeFrom([[1], [2]]),
        cubeFrom([[1, 2]], { mask: [1] }),
      ]) {
        const { cube: found } = await run(cube, step);
        for (const value of found.data) expect(value).to.be.finite;
      }
    });
  }

  it('MNF keeps a weak component in quiet bands that PCA gives up for loud noise', async () => {
    const loud = scene(3, { ...size, noise: 0 }).cube;
    const chance = randomSource(4);
    const data = loud.data.map((v, i) =>
      i % 120 < 20 ? v + chance.normal() : v + 1e-4 * chance.normal(),
    );
    const left = async (kind: 'pca' | 'mnf') => {
      const { cube } = await run(
        { ...loud, data },
        { kind, on: true, components: 3 },
      );
      let squares = 0;
      cube.data.forEach((v, i) => {
        if (i % 120 >= 20) squares += (v - loud.data[i]) ** 2;
      });
      return squares;
    };
    expect(await left('mnf')).to.be.below(0.01 * (await left('pca')));
  });
});
