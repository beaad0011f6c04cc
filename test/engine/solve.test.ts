import { expect } from '@open-wc/testing';
import { solve } from '../../src/engine/solve.js';
import { finish } from '../../src/engine/finish.js';
import {
  resolveOptions,
  type Method,
  type UnmixRequest,
} from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import type { Preview } from '../../src/engine/protocol.js';
import { matchSpectra, spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { cubeOf, scene, type Scene } from '../algorithms/synthetic.js';

async function unmix(
  { cube }: Pick<Scene, 'cube'>,
  request: Partial<UnmixRequest> = {},
): Promise<Unmixing> {
  const options = resolveOptions({ endmembers: 3, ...request });
  const prepared = await prepare(cube, options, {});
  return finish(
    prepared,
    await solve(prepared, randomSource(options.seed), {}),
    keepPace(),
  );
}

function score(truth: Scene, found: Unmixing): { angle: number; rmse: number } {
  const bands = found.axis.values.length;
  const order = truth.spectra.length;
  const rows = truth.spectra.map((_, r) =>
    found.endmembers.subarray(r * bands, (r + 1) * bands),
  );
  const match = matchSpectra(truth.spectra, rows);
  let squares = 0;
  for (let i = 0; i < truth.shares.length; i++) {
    const r = i % order;
    squares += (truth.shares[i] - found.abundances[i - r + match[r]]) ** 2;
  }
  return {
    angle:
      truth.spectra.reduce(
        (sum, s, r) => sum + spectralAngle(s, rows[match[r]]),
        0,
      ) / order,
    rmse: Math.sqrt(squares / truth.shares.length),
  };
}

describe('solve', () => {
  // SPA and VCA trust single noisy pixels, N-FINDR weighs them against each other.
  const methods: [Method, number, number][] = [
    ['auto', 0.08, 0.05],
    ['nfindr', 0.08, 0.05],
    ['spa', 0.1, 0.07],
    ['vca', 0.2, 0.16],
    ['sivm', 0.2, 0.16],
    ['minimum-volume', 0.1, 0.07],
    ['nmf', 0.08, 0.05],
    ['mcr-als', 0.08, 0.05],
  ];
  for (const [method, most, mostShare] of methods)
    it(`recovers planted spectra and shares under a baseline with ${method}`, async () => {
      const truth = scene(3, { baseline: 0.05 });
      const { angle, rmse } = score(truth, await unmix(truth, { method }));
      expect(angle).to.be.below(most);
      expect(rmse).to.be.below(mostShare);
    });

  it('finds the same materials when asked for one too many, which is hardly anywhere', async () => {
    const truth = scene(3);
    const found = await unmix(truth, { endmembers: 4 });
    const bands = found.axis.values.length;
    const angles = truth.spectra.map((spectrum) =>
      Math.min(
        ...[0, 1, 2].map((r) =>
          spectralAngle(
            spectrum,
            found.endmembers.subarray(r * bands, (r + 1) * bands),
          ),
        ),
      ),
    );
    expect(Math.max(...angles)).to.be.below(0.08);
    let fourth = 0;
    for (let i = 3; i < found.abundances.length; i += 4)
      fourth += found.abundances[i] / (found.abundances.length / 4);
    expect(fourth).to.be.below(0.02);
  });

  it('goes on smoothly in the bands that do not count when all spectra lie far below zero', async () => {
    const { cube, spectra } = scene(3);
    const sunk = { ...cube, data: cube.data.map((v) => v - 0.4) };
    const found = await unmix({ cube: sunk });
    const bands = found.axis.values.length;
    const height = Math.max(...found.endmembers);
    for (let b = 0; b < bands; b++)
      if (found.excludedBands[b])
        for (let r = 0; r < 3; r++)
          expect(found.endmembers[r * bands + b] / height).to.be.closeTo(
            Math.max(...spectra.map((s) => s[b])),
            0.06,
          );
  });

  it('recovers them by archetypes on a wavelength axis', async () => {
    const truth = scene(3, { unit: 'nm', noise: 2e-3 });
    const { angle, rmse } = score(
      truth,
      await unmix(truth, { method: 'archetypes' }),
    );
    expect(angle).to.be.below(0.06);
    expect(rmse).to.be.below(0.06);
  });

  it('takes the smallest simplex where the noise tells the rank without a wavenumber axis', async () => {
    const truth = scene(3, { unit: 'nm', noise: 2e-3 });
    const auto = await unmix(truth);
    const asked = await unmix(truth, { method: 'minimum-volume' });
    expect(auto.endmembers).to.deep.equal(asked.endmembers);
    const { angle, rmse } = score(truth, auto);
    expect(angle).to.be.below(0.05);
    expect(rmse).to.be.below(0.05);
  });

  it('equal seeds give equal results', async () => {
    const { cube } = scene(3, { unit: 'nm' });
    const request = { method: 'archetypes', seed: 7 } as const;
    const [a, b] = [
      await unmix({ cube }, request),
      await unmix({ cube }, request),
    ];
    expect(a.endmembers).to.deep.equal(b.endmembers);
    expect(a.abundances).to.deep.equal(b.abundances);
  });

  it('shows a preview whose shares sum to one, and reports rising progress to 1', async () => {
    const { cube } = scene(3);
    const prepared = await prepare(cube, resolveOptions({ endmembers: 3 }), {});
    const previews: Preview[] = [];
    const fractions: number[] = [];
    await solve(prepared, randomSource(1), {
      onPreview: (preview) => previews.push(preview),
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(previews).to.have.length.above(0);
    const [a, b, c] = previews[0].abundances;
    expect(a + b + c).to.be.closeTo(1, 1e-5);
    expect(fractions).to.deep.equal([...fractions].sort((x, y) => x - y));
    expect(fractions[fractions.length - 1]).to.equal(1);
  });

  it('ends with a whole result when stopped at once', async () => {
    const { cube } = scene(3, { unit: 'nm' });
    const options = resolveOptions({ endmembers: 3, method: 'archetypes' });
    const prepared = await prepare(cube, options, {});
    const solution = await solve(prepared, randomSource(1), {
      stop: AbortSignal.abort(),
    });
    expect(solution.endmembers.every(Number.isFinite)).to.equal(true);
    expect(Math.max(...solution.weights)).to.be.above(0);
  });

  it('stays finite on tiny images and with more endmembers than bands', async () => {
    const tiny = cubeOf([
      [1, 2],
      [2, 1],
      [3, 3],
      [1, 4],
    ]);
    for (const endmembers of [2, 3, 4]) {
      const found = await unmix({ cube: tiny }, { endmembers });
      expect(found.endmembers.every(Number.isFinite)).to.equal(true);
      expect(found.abundances.every((v) => v >= 0 && v <= 1)).to.equal(true);
      expect(Number.isFinite(found.residual.rmse)).to.equal(true);
    }
  });
});
