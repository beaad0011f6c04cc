import { expect } from '@open-wc/testing';
import { finish } from '../../src/engine/finish.js';
import {
  resolveOptions,
  type AbundanceRule,
} from '../../src/engine/options.js';
import type { Prepared, Solution } from '../../src/engine/steps.js';
import { keepPace } from '../../src/spectral/pace.js';
import { cubeOf } from '../algorithms/synthetic.js';

/** Two pixels are mixtures, the third is masked; band 3 is excluded. */
function given(rule: AbundanceRule = 'scaled'): [Prepared, Solution] {
  const cube = cubeOf([
    [2, 4, 1, 9],
    [6, 3, 2, 9],
    [0, 0, 0, 0],
  ]);
  const prepared: Prepared = {
    cube,
    options: resolveOptions({ endmembers: 2, abundances: rule }),
    mask: Uint8Array.of(0, 0, 1),
    kept: Uint32Array.of(0, 1),
    excludedBands: Uint8Array.of(0, 0, 0, 1),
    noise: new Float32Array(4).fill(0.1),
    weights: Float32Array.of(1, 1, 1, 0),
    nuisance: null,
    significantRank: 2,
    variability: null,
    singularValues: Float32Array.of(2, 1),
    basis: new Float32Array(8),
    scores: new Float32Array(4),
    dimensions: 2,
    warnings: [],
  };
  const solution: Solution = {
    endmembers: Float32Array.of(0, 2, 0, 50, 4, 0, 1, 50),
    weights: Float32Array.of(2, 0.5, 1, 1.5, 0, 0),
    nuisance: null,
    negativeShare: { endmembers: 0, abundances: 0.25 },
    warnings: [],
  };
  return [prepared, solution];
}

describe('finish', () => {
  it('gives all endmembers one maximum over the included bands, largest area first', async () => {
    const { endmembers, names } = await finish(...given(), keepPace());
    // Strengths 2·2 + .5·4 = 6 and 1·2 + 1.5·4 = 8, mean 7; shares of the second: 1/3 and 3/4.
    expect([...names]).to.deep.equal(['Endmember 1', 'Endmember 2']);
    [7, 0, 1.75, 87.5, 0, 7, 0, 175].forEach((v, i) =>
      expect(endmembers[i]).to.be.closeTo(v, 1e-5),
    );
  });

  it('shares sum to one and gain times shares times endmembers is the model', async () => {
    const { abundances, gain, endmembers } = await finish(
      ...given(),
      keepPace(),
    );
    [1 / 3, 2 / 3, 3 / 4, 1 / 4, 0, 0].forEach((v, i) =>
      expect(abundances[i]).to.be.closeTo(v, 1e-6),
    );
    expect(gain[0]).to.be.closeTo(6 / 7, 1e-6);
    expect(gain[2]).to.equal(0);
    const value =
      gain[1] * (abundances[2] * endmembers[0] + abundances[3] * endmembers[4]);
    expect(value).to.be.closeTo(1 * 0 + 1.5 * 4, 1e-5);
  });

  it('residual figures leave out masked pixels and excluded bands', async () => {
    const { residual } = await finish(...given(), keepPace());
    // Models (2, 4, .5) and (6, 2, 1.5): misfits .5 on band 2; 1 and .5 on bands 1 and 2.
    expect(residual.rmse).to.be.closeTo(Math.sqrt(1.5 / 6), 1e-6);
    expect(residual.rmseMap[0]).to.be.closeTo(Math.sqrt(0.25 / 3), 1e-6);
    expect(residual.rmseMap[2]).to.equal(0);
    expect(residual.angleMap[2]).to.equal(0);
    const first = Math.acos(20.5 / Math.sqrt(21 * 20.25));
    const second = Math.acos(45 / Math.sqrt(49 * 42.25));
    expect(residual.meanAngle).to.be.closeTo((first + second) / 2, 1e-6);
    expect(residual.spectrum[1]).to.be.closeTo(Math.sqrt(1 / 2), 1e-6);
  });

  it('adds the nuisance to the model', async () => {
    const [prepared, solution] = given();
    const { residual } = await finish(
      prepared,
      {
        ...solution,
        nuisance: {
          names: ['Baseline offset'],
          spectra: Float32Array.of(0, 1, 0.5, 0),
          coefficients: Float32Array.of(0, 1, 0),
        },
      },
      keepPace(),
    );
    expect(residual.rmseMap[1]).to.be.closeTo(0, 1e-6);
  });

  it('fcls fits shares that sum to one with gain 1', async () => {
    const { abundances, gain, residual } = await finish(
      ...given('fcls'),
      keepPace(),
    );
    expect([...gain]).to.deep.equal([1, 1, 0]);
    expect(abundances[0] + abundances[1]).to.be.closeTo(1, 1e-6);
    const free = await finish(...given(), keepPace());
    expect(residual.rmse).to.be.above(free.residual.rmse);
  });

  it('nnls gives strengths with gain 1, and the same model as scaled shares with their gain', async () => {
    const { abundances, gain, residual, endmembers } = await finish(
      ...given('nnls'),
      keepPace(),
    );
    // Weights 2, .5 and 1, 1.5 of heights 2 and 4, over the mean strength 7; the second endmember comes first.
    [2 / 7, 4 / 7, 6 / 7, 2 / 7, 0, 0].forEach((v, i) =>
      expect(abundances[i]).to.be.closeTo(v, 1e-6),
    );
    expect([...gain]).to.deep.equal([1, 1, 0]);
    expect(abundances[2] * endmembers[0]).to.be.closeTo(1.5 * 4, 1e-5);
    const free = await finish(...given(), keepPace());
    expect(residual.rmse).to.be.closeTo(free.residual.rmse, 1e-6);
  });

  it('names the endmembers that were known, where their area puts them', async () => {
    const [prepared, solution] = given();
    const { names } = await finish(
      prepared,
      { ...solution, names: ['Gypsum', null] },
      keepPace(),
    );
    expect([...names]).to.deep.equal(['Endmember 1', 'Gypsum']);
  });

  it('rejects with the reason of its signal', async () => {
    const reason = new Error('enough');
    let caught: unknown;
    await finish(...given(), keepPace(AbortSignal.abort(reason))).catch(
      (error: unknown) => (caught = error),
    );
    expect(caught).to.equal(reason);
  });

  it('an endmember without weight stays, last and finite', async () => {
    const [prepared, solution] = given();
    const { abundances, endmembers } = await finish(
      prepared,
      {
        ...solution,
        endmembers: Float32Array.of(0, 2, 0, 50, 0, 0, 0, 0),
        weights: Float32Array.of(2, 0, 1, 0, 0, 0),
      },
      keepPace(),
    );
    expect([...abundances]).to.deep.equal([1, 0, 1, 0, 0, 0]);
    expect(endmembers.every(Number.isFinite)).to.equal(true);
  });
});
