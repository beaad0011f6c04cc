import { expect } from '@open-wc/testing';
import { candidates, pointsOf } from '../../src/engine/extract.js';
import {
  type Method,
  type Scaling,
  resolveOptions,
} from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import {
  chooseStrength,
  levelled,
  strengthVariation,
} from '../../src/engine/scaling.js';
import { solve } from '../../src/engine/solve.js';
import type { Prepared } from '../../src/engine/steps.js';
import type { Cube } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';
import { cubeOf } from '../algorithms/synthetic.js';

/** Three spectra of 30 bands in random shares, each pixel times 1 + `spread` times a deviate of variance one, and noise. */
function mixed(spread: number, noise: number): Cube {
  const random = randomSource(2);
  const deviate = (): number => Math.sqrt(12) * (random.uniform() - 0.5);
  return cubeOf(
    Array.from({ length: 900 }, () => {
      const raw = [0, 1, 2].map(() => random.uniform() ** 3);
      const sum = raw.reduce((a, b) => a + b);
      const gain = 1 + spread * deviate();
      return Array.from({ length: 30 }, (_, b) =>
        raw.reduce(
          (value, v, r) =>
            value +
            ((gain * v) / sum) * Math.exp(-(((b - 6 - 8 * r) / 5) ** 2)),
          noise * random.normal(),
        ),
      );
    }),
    30,
  );
}

const prepared = (
  cube: Cube,
  scaling: Scaling = 'auto',
  method: Method = 'auto',
): Promise<Prepared> =>
  prepare(cube, resolveOptions({ endmembers: 3, scaling, method }), {});

describe('scaling of pixels', () => {
  it('measures how the strength varies beyond mixing and noise, to a tenth', async () => {
    for (const spread of [0.1, 0.3]) {
      const found = await prepared(mixed(spread, 1e-3));
      // The plane nearest to points of mean 1 and variance v leaves √(v / (1 + v)) of them.
      expect(strengthVariation(found, pointsOf(found))).to.be.closeTo(
        spread / Math.sqrt(1 + spread ** 2),
        0.1 * spread,
      );
    }
    const steady = await prepared(mixed(0, 0.02));
    expect(strengthVariation(steady, pointsOf(steady))).to.be.below(0.03);
  });

  it('takes pixels as measured where strength is steady and alike where it varies, and says so', async () => {
    for (const [spread, strength, sentence] of [
      [0, 'raw', /^Pixels were compared as measured \(scaling raw\)/],
      [
        0.4,
        'l2',
        /^Pixels were compared at equal strength \(scaling l2\), because it varies by 3\d % beyond mixing\.$/,
      ],
    ] as const) {
      const found = await prepared(mixed(spread, 1e-3));
      const warnings: string[] = [];
      expect(chooseStrength(found, pointsOf(found), warnings)).to.equal(
        strength,
      );
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.match(sentence);
    }
  });

  it('does as the options say without a word', async () => {
    const found = await prepared(mixed(0.4, 1e-3), 'raw');
    const warnings: string[] = [];
    expect(chooseStrength(found, pointsOf(found), warnings)).to.equal('raw');
    expect(warnings).to.eql([]);
  });

  it('levels to length one but for what is ten times weaker than usual', () => {
    const points = {
      values: Float64Array.of(3, 4, 0, 5, 0, 0.1),
      count: 3,
      dimensions: 2,
      lengths: Float64Array.of(5, 5, 0.1),
      clear: 0,
    };
    expect([...levelled(points, 'l2').values]).to.eql([
      0.6,
      0.8,
      0,
      1,
      0,
      0.1 / 5 / 0.1,
    ]);
    expect([...levelled(points, 'raw').values]).to.eql([
      0.6,
      0.8,
      0,
      1,
      0,
      0.1 / 5,
    ]);
  });

  it('takes no pixel weaker than a fifth of a strong one for a corner, unless it is clear of the noise and of all that is no mixture', () => {
    const points = {
      values: Float64Array.of(3, 4, 0, 5, 0, 0.5),
      count: 3,
      dimensions: 2,
      lengths: Float64Array.of(5, 5, 0.5),
    };
    expect([...candidates({ ...points, clear: 0.4 })]).to.eql([
      0.6, 0.8, 0, 1, 0, 1,
    ]);
    expect([...candidates({ ...points, clear: Infinity })]).to.eql([
      0.6, 0.8, 0, 1, 0, 0,
    ]);
  });

  it('knows what is clear by the noise, but not where infrared spectra hold more than mixtures', async () => {
    const found = await prepared(mixed(0.3, 1e-3));
    const infrared = {
      ...found,
      nuisance: { names: [], spectra: new Float32Array(0) },
      variability: null,
    };
    const rank = (significantRank: number) =>
      pointsOf({ ...infrared, significantRank }).clear;
    expect(pointsOf({ ...found, significantRank: 9 }).clear).to.be.below(
      Infinity,
    );
    expect(rank(4)).to.equal(pointsOf(found).clear);
    expect(rank(5)).to.equal(Infinity);
  });

  for (const method of [
    'spa',
    'vca',
    'sivm',
    'nfindr',
    'archetypes',
    'nmf',
    'mcr-als',
  ] as const)
    it(`matters to ${method} where strength varies`, async () => {
      const cube = mixed(0.4, 1e-2);
      const [raw, alike] = await Promise.all(
        (['raw', 'l2'] as const).map(async (scaling) =>
          solve(await prepared(cube, scaling, method), randomSource(1), {}),
        ),
      );
      expect(raw.endmembers).not.to.eql(alike.endmembers);
    });
});
