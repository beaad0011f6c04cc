import { expect } from '@open-wc/testing';
import { prepare } from '../../src/engine/prepare.js';
import { resolveOptions, type UnmixRequest } from '../../src/engine/options.js';
import type { Cube } from '../../src/spectral/cube.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { cubeOf, scene } from '../algorithms/synthetic.js';

const run = (cube: Cube, request: Partial<UnmixRequest> = {}) =>
  prepare(cube, resolveOptions({ endmembers: 3, ...request }), {});

async function refusal(
  cube: Cube,
  request: Partial<UnmixRequest> = {},
): Promise<string> {
  try {
    await run(cube, request);
  } catch (error) {
    if (isUnmixingError(error)) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('prepare', () => {
  it('finds the planted rank with a baseline, not counting it', async () => {
    const { cube } = scene(3, { baseline: 0.1, noise: 2e-3 });
    const prepared = await run(cube);
    expect(prepared.significantRank).to.equal(3);
    expect(prepared.dimensions).to.equal(3);
    expect(prepared.nuisance?.names).to.have.length(3);
  });

  it('scores are the whitened spectra along the basis, which is orthonormal and free of the baseline', async () => {
    const { cube } = scene(4, { baseline: 0.1 });
    const { basis, scores, weights, kept, dimensions, nuisance } = await run(
      cube,
      { endmembers: 4 },
    );
    for (const i of [0, 100, 479])
      for (let k = 0; k < dimensions; k++) {
        let sum = 0;
        for (let b = 0; b < 200; b++)
          sum += basis[k * 200 + b] * weights[b] * cube.data[kept[i] * 200 + b];
        expect(scores[i * dimensions + k]).to.be.closeTo(sum, 1e-4);
      }
    for (let k = 0; k < dimensions; k++)
      for (let m = 0; m < 3; m++) {
        let along = 0;
        for (let b = 0; b < 200; b++)
          along +=
            basis[k * 200 + b] *
            weights[b] *
            (nuisance?.spectra[m * 200 + b] ?? NaN);
        expect(along).to.be.closeTo(0, 1e-4);
      }
  });

  it('takes fringes out, names them and says so, and finds none elsewhere', async () => {
    const { cube } = scene(3, { baseline: 0.1, fringe: 0.03, noise: 2e-3 });
    const { significantRank, nuisance, warnings } = await run(cube);
    expect(significantRank).to.equal(3);
    expect(nuisance?.names.slice(3)).to.deep.equal([
      'Fringe of 290 cm-1, cosine',
      'Fringe of 290 cm-1, sine',
    ]);
    expect(warnings.join()).to.contain(
      'Removed interference fringes with a period of 290 cm-1.',
    );
    const cosine = nuisance?.spectra.subarray(3 * 200, 4 * 200) ?? [];
    cube.axis.values.forEach((v, b) =>
      expect(cosine[b]).to.be.closeTo(
        Math.cos((2 * Math.PI * (v - 3800)) / 290),
        0.05,
      ),
    );
    const without = await run(scene(3, { baseline: 0.1, noise: 2e-3 }).cube);
    expect(without.nuisance?.names).to.have.length(3);
  });

  it('leaves out the carbon dioxide window and the windows of the user, and says so', async () => {
    const { cube } = scene(3);
    const { excludedBands, weights, warnings } = await run(cube, {
      exclude: [[1000, 900]],
    });
    cube.axis.values.forEach((v, b) => {
      const out = v <= 1000 || (v >= 2280 && v <= 2400);
      expect(excludedBands[b]).to.equal(Number(out));
      expect(weights[b] === 0).to.equal(out);
    });
    expect(warnings.join()).to.contain('2280 to 2400 cm-1');
  });

  it('leaves out nothing by itself for the published recipe', async () => {
    const { excludedBands, warnings } = await run(scene(3).cube, {
      preset: 'pande2026',
    });
    expect(excludedBands.some(Boolean)).to.equal(false);
    expect(warnings.join()).not.to.contain('carbon');
  });

  it('masks and counts dead pixels', async () => {
    const { cube } = scene(3);
    const data = cube.data.slice();
    data.fill(0, 200 * 9, 200 * 10);
    const prepared = await run({ ...cube, data });
    expect(prepared.mask[9]).to.equal(1);
    expect(prepared.kept.length).to.equal(479);
    expect(prepared.warnings.join()).to.contain('Left out 1 pixel: 1 dead');
  });

  it('gives constant bands no weight', async () => {
    const { cube } = scene(3, { unit: 'nm' });
    const data = cube.data.map((v, i) => (i % 200 === 50 ? 1 : v));
    const { excludedBands, warnings } = await run({ ...cube, data });
    expect(excludedBands[50]).to.equal(1);
    expect(warnings.join()).to.contain('1 band with the same value');
  });

  it('refuses what cannot be unmixed in a sentence that names it', async () => {
    const small = cubeOf([
      [1, 2, 3],
      [3, 1, 2],
    ]);
    expect(await refusal(small)).to.contain(
      'invalid endmembers: 3 (want at most 2',
    );
    expect(await refusal(cubeOf([[1, 2, 3]]))).to.contain('1 pixel');
    expect(await refusal(cubeOf([[1], [2]]))).to.contain('1 band');
    expect(await refusal({ ...small, mask: Uint8Array.of(1, 1) })).to.contain(
      'none of 2 pixels is usable (2 masked',
    );
    expect(
      await refusal(
        cubeOf([
          [NaN, 1, 2],
          [1, NaN, 2],
        ]),
      ),
    ).to.contain('2 not finite');
    expect(
      await refusal(scene(3, { unit: 'nm' }).cube, { exclude: [[0, 9000]] }),
    ).to.contain('all 200 bands lie in the excluded windows');
    expect(
      await refusal(
        cubeOf([
          [1, 2, 3],
          [1, 2, 3],
        ]),
        { endmembers: 2 },
      ),
    ).to.contain('0 of 3 bands differ');
  });

  it('never changes the cube and rejects with the reason of its signal', async () => {
    const { cube } = scene(3);
    const before = cube.data.slice();
    await run(cube);
    expect(cube.data).to.deep.equal(before);
    const reason = new Error('enough');
    let caught: unknown;
    await prepare(cube, resolveOptions({ endmembers: 3 }), {
      signal: AbortSignal.abort(reason),
    }).catch((error: unknown) => (caught = error));
    expect(caught).to.equal(reason);
  });
});
