import { expect } from '@open-wc/testing';
import { countEndmembers } from '../../src/engine/count.js';
import { cubeOf, scene } from '../algorithms/synthetic.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { randomSource } from '../../src/spectral/random.js';

describe('countEndmembers', () => {
  it('suggests the planted number under baseline, gas and fringe, and says what else was found', async () => {
    for (const materials of [3, 4]) {
      const { cube } = scene(materials, {
        baseline: 0.1,
        fringe: 0.03,
        noise: 2e-3,
        width: 60,
        height: 50,
      });
      const { suggested, reason, methods } = await countEndmembers(cube, []);
      expect(suggested).to.equal(materials);
      expect(methods.hysime).to.equal(materials);
      expect(methods.hfc).to.be.within(1, materials);
      expect(methods.gap).to.equal(materials);
      expect(reason).to.contain(
        `${materials} dimensions stand above the noise. HySime ${materials}, HFC ${methods.hfc}, last wide gap between singular values after ${materials}, `,
      );
    }
  });

  it('gives singular values above 1 for signal, near 1 for noise, and angles that level off after the last endmember', async () => {
    const { curves } = await countEndmembers(
      scene(4, { noise: 2e-3 }).cube,
      [],
    );
    const { singularValues, residual } = curves;
    expect(singularValues[3]).to.be.above(2);
    expect(singularValues[4]).to.be.within(0.8, 1.05);
    expect(residual[2] / residual[3]).to.be.above(3);
    expect(residual[3] / residual[5]).to.be.below(1.2);
  });

  it('finds the planted number stable over halves of the pixels, one more not', async () => {
    const random = randomSource(6);
    for (const materials of [3, 4]) {
      const { spectra } = scene(materials);
      const cube = cubeOf(
        Array.from({ length: 600 }, (_, n) =>
          Array.from(spectra[n % materials], (v) => v + 5e-3 * random.normal()),
        ),
        30,
      );
      const { methods, curves, reason } = await countEndmembers(cube, []);
      expect(methods.stable).to.equal(materials);
      expect(curves.stability).to.have.length(materials + 1);
      expect(curves.stability[materials - 1]).to.be.above(
        3 * curves.stability[materials - 2],
      );
      expect(reason).to.contain(
        `, ${materials} endmembers stable over halves of the pixels (within 0.05 rad).`,
      );
    }
  });

  it('says when not even two are stable', async () => {
    const random = randomSource(6);
    const cube = cubeOf(
      Array.from({ length: 200 }, () =>
        Array.from({ length: 30 }, () => random.normal()),
      ),
      20,
    );
    const { methods, reason } = await countEndmembers(cube, []);
    expect(methods.stable).to.equal(null);
    expect(reason).to.match(
      /not even two endmembers stable over halves of the pixels\.$/,
    );
  });

  it('doubts HySime where it counts noise, with few pixels a band', async () => {
    const { suggested, methods, reason } = await countEndmembers(
      scene(3, { noise: 2e-3 }).cube,
      [],
    );
    expect(suggested).to.equal(3);
    expect(methods.hysime).to.be.above(3);
    expect(reason).to.contain(
      `HySime ${methods.hysime} (too high, for so few pixels)`,
    );
  });

  it('suggests nothing where noise is not what ends the signal', async () => {
    const random = randomSource(2);
    // independent bands of falling strength: no step anywhere
    const cube = cubeOf(
      Array.from({ length: 300 }, () =>
        Array.from({ length: 60 }, (_, b) => random.normal() * 0.9 ** b + 5),
      ),
      20,
    );
    const { suggested, reason } = await countEndmembers(cube, []);
    expect(suggested).to.equal(null);
    expect(reason).to.match(/^Not determined by the noise: /);
  });

  it('does not count what only excluded windows hold', async () => {
    const { cube } = scene(3, { noise: 2e-3 });
    const data = cube.data.map((v, i) => {
      const x = cube.axis.values[i % 200];
      const n = Math.floor(i / 200);
      return v + (n % 5) * 0.1 * Math.exp(-(((x - 2600) / 40) ** 2));
    });
    const more = { ...cube, data };
    expect((await countEndmembers(more, [])).suggested).to.equal(4);
    const without = await countEndmembers(more, [[2400, 2800]]);
    expect(without.suggested).to.equal(3);
  });

  it('refuses what cannot be unmixed, and rejects with the reason of its signal', async () => {
    let refused: unknown;
    await countEndmembers(cubeOf([[1, 2, 3]]), []).catch(
      (error: unknown) => (refused = error),
    );
    expect(isUnmixingError(refused) && refused.message).to.contain('1 pixel');
    const reason = new Error('enough');
    let caught: unknown;
    await countEndmembers(scene(3).cube, [], {
      signal: AbortSignal.abort(reason),
    }).catch((error: unknown) => (caught = error));
    expect(caught).to.equal(reason);
  });
});
