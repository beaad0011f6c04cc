import { expect } from '@open-wc/testing';
import { finish } from '../../src/engine/finish.js';
import { type UnmixRequest, resolveOptions } from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { solve } from '../../src/engine/solve.js';
import { pixelOf } from '../../src/engine/views.js';
import { reconstruct } from '../../src/spectral/reconstruct.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { matchSpectra, spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { scene, type Scene } from '../algorithms/synthetic.js';

async function unmix(
  { cube }: Pick<Scene, 'cube'>,
  request: Partial<UnmixRequest>,
): Promise<{ unmixing: Unmixing; warnings: readonly string[] }> {
  const options = resolveOptions({ endmembers: 3, ...request });
  const prepared = await prepare(cube, options, {});
  const solution = await solve(prepared, randomSource(options.seed), {});
  return {
    unmixing: await finish(prepared, solution, keepPace()),
    warnings: solution.warnings,
  };
}

/** The true spectrum r at half its height, from the other end of the axis. */
const library = ({ cube, spectra }: Scene, r: number, name: string) => ({
  name,
  positions: Array.from(cube.axis.values).reverse(),
  values: Array.from(spectra[r], (v) => v / 2).reverse(),
});

const rowsOf = ({ endmembers, names }: Unmixing): Float32Array[] => {
  const bands = endmembers.length / names.length;
  return names.map((_, r) => endmembers.subarray(r * bands, (r + 1) * bands));
};

const meanAngle = (truth: Scene, found: Unmixing): number => {
  const rows = rowsOf(found);
  const match = matchSpectra(truth.spectra, rows);
  return (
    truth.spectra.reduce(
      (sum, s, r) => sum + spectralAngle(s, rows[match[r]]),
      0,
    ) / truth.spectra.length
  );
};

describe('fixed spectra', () => {
  for (const unit of ['cm-1', 'nm'] as const)
    for (const abundances of ['scaled', 'nnls', 'fcls'] as const)
      it(`come back exactly, under their names, with ${abundances} on ${unit}`, async () => {
        const truth = scene(3, {
          unit,
          noise: 2e-3,
          baseline: unit === 'nm' ? 0 : 0.03,
        });
        const { unmixing, warnings } = await unmix(truth, {
          abundances,
          fixed: [library(truth, 2, 'Gypsum'), library(truth, 0, 'Calcite')],
        });
        const { names } = unmixing;
        expect([...names].sort()).to.include.members(['Calcite', 'Gypsum']);
        const rows = rowsOf(unmixing);
        for (const [name, r] of [
          ['Gypsum', 2],
          ['Calcite', 0],
        ] as const)
          expect(
            spectralAngle(truth.spectra[r], rows[names.indexOf(name)]),
          ).to.be.below(5e-7);
        expect(meanAngle(truth, unmixing)).to.be.below(0.05);
        expect(warnings).to.include('Kept as given: Gypsum, Calcite.');
      });

  it('are ordered by area like all endmembers, and their share is that of the truth', async () => {
    const truth = scene(3, { baseline: 0.03 });
    const { unmixing } = await unmix(truth, {
      method: 'mcr-als',
      fixed: [library(truth, 1, 'Known')],
    });
    const { abundances, names } = unmixing;
    const areas = names.map((_, r) =>
      abundances.reduce((sum, v, i) => sum + (i % 3 === r ? v : 0), 0),
    );
    expect(areas).to.eql([...areas].sort((a, b) => b - a));
    const at = names.indexOf('Known');
    let squares = 0;
    for (let n = 0; n < abundances.length / 3; n++)
      squares += (abundances[n * 3 + at] - truth.shares[n * 3 + 1]) ** 2;
    expect(Math.sqrt(squares / (abundances.length / 3))).to.be.below(0.05);
  });

  it('under closure, shares and spectra are those of the truth where strength is steady, in whatever unit', async () => {
    const truth = scene(3, { unit: 'nm', noise: 1e-3 });
    const bands = truth.cube.axis.values.length;
    const data = truth.cube.data.map((v, i) => {
      const n = Math.floor(i / bands);
      // The scene's gain, taken out; then another unit.
      return (v * 700) / (0.5 + 0.1 * Math.sin((n % truth.cube.width) / 9));
    });
    const { unmixing } = await unmix(
      { cube: { ...truth.cube, data } },
      {
        abundances: 'fcls',
        method: 'mcr-als',
        fixed: [library(truth, 1, 'Known')],
      },
    );
    const rows = rowsOf(unmixing);
    const match = matchSpectra(truth.spectra, rows);
    let squares = 0;
    truth.shares.forEach((v, i) => {
      const r = i % 3;
      squares += (v - unmixing.abundances[i - r + match[r]]) ** 2;
    });
    expect(Math.sqrt(squares / truth.shares.length)).to.be.below(0.02);
    expect(meanAngle(truth, unmixing)).to.be.below(0.03);
  });

  it('leave a model that is reconstruction and residual at once', async () => {
    const truth = scene(3, { baseline: 0.03 });
    const { unmixing } = await unmix(truth, {
      abundances: 'nnls',
      fixed: [library(truth, 1, 'Known')],
    });
    const model = reconstruct(unmixing, 77);
    const measured = pixelOf(truth.cube, 77);
    let squares = 0;
    let counted = 0;
    measured.forEach((v, b) => {
      if (unmixing.excludedBands[b] || !model) return;
      squares += (v - model.reconstruction[b]) ** 2;
      counted++;
    });
    expect(model?.rmse).to.be.closeTo(Math.sqrt(squares / counted), 1e-6);
    expect(model?.rmse).to.be.below(0.01);
  });

  it('need no value on excluded bands, and the missing window is named otherwise', async () => {
    const truth = scene(3);
    const whole = library(truth, 0, 'Short');
    const kept = whole.positions.map((v) => v < 3300);
    const short = {
      name: 'Short',
      positions: whole.positions.filter((_, i) => kept[i]),
      values: whole.values.filter((_, i) => kept[i]),
    };
    const { unmixing } = await unmix(truth, {
      exclude: [[3300, 3900]],
      fixed: [short],
    });
    expect(unmixing.names).to.include('Short');
    expect(unmixing.endmembers.every(Number.isFinite)).to.equal(true);
    const caught: unknown = await unmix(truth, { fixed: [short] }).catch(
      (error: unknown) => error,
    );
    if (!isUnmixingError(caught)) throw new Error(String(caught));
    expect(caught.message).to.equal(
      'invalid fixed spectrum "Short": no values from 3304.52 to 3800 cm-1 (want values at every band that counts; exclude the others)',
    );
  });

  it('of nothing but zero at the bands that count are refused', async () => {
    const truth = scene(3);
    const values = Array.from(truth.cube.axis.values, (v) =>
      v > 2300 && v < 2390 ? 1 : 0,
    );
    const caught: unknown = await unmix(truth, {
      fixed: [
        { name: 'Gas', positions: Array.from(truth.cube.axis.values), values },
      ],
    }).catch((error: unknown) => error);
    if (!isUnmixingError(caught)) throw new Error(String(caught));
    expect(caught.message).to.match(/^invalid fixed spectrum "Gas": nowhere/);
  });
});
