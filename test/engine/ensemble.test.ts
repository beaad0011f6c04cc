import { expect } from '@open-wc/testing';
import { compareRuns, type Run, seedOf } from '../../src/engine/ensemble.js';
import { resolveOptions } from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { unmix } from '../../src/engine/run.js';
import type { Prepared, Solution } from '../../src/engine/steps.js';
import type { Cube } from '../../src/spectral/cube.js';
import { matchSpectra } from '../../src/spectral/metrics.js';
import { randomSource } from '../../src/spectral/random.js';
import {
  size,
  tinyCube,
  trueShares,
  trueSpectra,
  wasmAssets,
} from './synthetic.js';

const { width, height, bands, endmembers } = size;
const context = { assets: wasmAssets };

const preparedFor = (runs: number): Promise<Prepared> =>
  prepare(tinyCube(), resolveOptions({ endmembers, runs }), {});

/** The truth, its endmembers lifted by a floor of this height. */
const solved = (floor: number): Solution => ({
  endmembers: trueSpectra().map((v) => v + floor),
  weights: trueShares(),
  nuisance: null,
  negativeShare: { endmembers: 0, abundances: 0 },
  warnings: [],
});

/** Runs with these floors and misfits. */
const runsOf =
  (...all: [floor: number, misfit: number][]) =>
  (run: number): Promise<Run> =>
    Promise.resolve({
      solution: solved(all[run][0]),
      misfit: all[run][1],
      seed: run,
    });

describe('compareRuns', () => {
  it('shows the first run where the one that leaves least is far from all others', async () => {
    const { best, compared } = await compareRuns(
      await preparedFor(4),
      {},
      runsOf([0.1, 1], [0.11, 1.1], [0.5, 0.98], [0.09, 1]),
    );
    expect(best.seed).to.equal(0);
    expect(compared?.own).to.equal(0);
    expect(compared?.members.count).to.equal(4);
  });

  it('shows the one that leaves least where the first is far from all others', async () => {
    const { best, compared } = await compareRuns(
      await preparedFor(4),
      {},
      runsOf([0.5, 1], [0.11, 1.1], [0.1, 0.98], [0.09, 1]),
    );
    expect(best.seed).to.equal(2);
    expect(compared?.own).to.equal(2);
  });

  it('leaves out runs that came to nothing, the first as well', async () => {
    const { best, compared, lost } = await compareRuns(
      await preparedFor(3),
      {},
      runsOf([0.1, Infinity], [0.1, 2], [0.2, Infinity]),
    );
    expect([best.seed, lost]).to.eql([1, 2]);
    expect(compared?.own).to.equal(0);
    expect(compared?.members.count).to.equal(1);
  });

  it('compares nothing where one run is asked for', async () => {
    const { best, compared } = await compareRuns(
      await preparedFor(1),
      {},
      runsOf([0.1, 1]),
    );
    expect([best.seed, compared]).to.eql([0, null]);
  });

  it('drops the run in which it is stopped, and keeps those before', async () => {
    const stop = new AbortController();
    const seek = runsOf([0.1, 1], [0.1, 0.9], [0.1, 0.5], [0.1, 0.4]);
    const { compared, lost } = await compareRuns(
      await preparedFor(4),
      { stop: stop.signal },
      (run) => {
        if (run === 2) stop.abort();
        return seek(run);
      },
    );
    expect([compared?.members.count, lost]).to.eql([2, 0]);
  });

  it('counts seeds on from the first, and round the end of their range', () => {
    expect([seedOf(1, 0), seedOf(1, 4)]).to.eql([1, 5]);
    expect(seedOf(2 ** 32 - 1, 1)).to.equal(0);
  });
});

/** Every pixel holds one of the spectra alone, with noise. */
function pureCube(noise: number): Cube {
  const random = randomSource(3);
  const pure = trueSpectra();
  return {
    ...tinyCube(),
    data: Float32Array.from({ length: width * height * bands }, (_, i) => {
      const r = Math.floor(i / bands) % endmembers;
      return pure[r * bands + (i % bands)] + noise * random.normal();
    }),
  };
}

describe('unmix with several runs', () => {
  it('shows what one run shows, with a spread that tells the doubt of noise', async () => {
    const cube = tinyCube();
    const method = 'nfindr';
    const once = await unmix(cube, { endmembers, method }, {}, context);
    expect(once.result.unmixing.spread).to.equal(null);
    const spreadAt = async (noise: number) => {
      const { result } = await unmix(
        pureCube(noise),
        { endmembers, method, runs: 5 },
        {},
        context,
      );
      const { spread } = result.unmixing;
      if (!spread) throw new Error('no spread');
      expect(spread.runs).to.equal(5);
      expect(spread.endmembers).to.have.length(endmembers * bands);
      expect(spread.abundances).to.have.length(width * height * endmembers);
      return spread.angles.reduce((sum, v) => sum + v, 0) / endmembers;
    };
    const ratio = (await spreadAt(0.03)) / (await spreadAt(0.003));
    expect(ratio).to.be.within(4, 25);
    const often = await unmix(
      cube,
      { endmembers, method, runs: 3 },
      {},
      context,
    );
    expect(often.result.unmixing.abundances).to.eql(
      once.result.unmixing.abundances,
    );
  });

  it('gives equal results for equal seeds, and rising progress over all runs', async () => {
    const request = { endmembers, runs: 3, seed: 4 };
    const seen: number[] = [];
    const [a, b] = [
      await unmix(
        tinyCube(),
        request,
        {
          onProgress: ({ stage, fraction }) => {
            if (stage === 'extracting' || stage === 'fitting')
              seen.push(Number(stage === 'fitting') + fraction);
          },
        },
        context,
      ),
      await unmix(tinyCube(), request, {}, context),
    ];
    expect(a.result.unmixing.spread).to.eql(b.result.unmixing.spread);
    expect(seen).to.eql(seen.toSorted((x, y) => x - y));
    expect(seen.at(-1)).to.equal(2);
  });

  it('keeps what is done when it is stopped after the first run', async () => {
    const stop = new AbortController();
    const { result } = await unmix(
      tinyCube(),
      { endmembers, runs: 50 },
      {
        stop: stop.signal,
        onProgress: ({ stage, fraction }) => {
          if (stage === 'extracting' && fraction > 0.1) stop.abort();
        },
      },
      context,
    );
    expect(result.report.stopped).to.equal(true);
    const runs = result.unmixing.spread?.runs ?? 0;
    expect(runs).to.be.within(2, 10);
  });

  it('rejects with the reason of its signal between runs', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const caught: unknown = await unmix(
      tinyCube(),
      { endmembers, runs: 50 },
      {
        signal: abort.signal,
        onProgress: ({ stage, fraction }) => {
          if (stage === 'extracting' && fraction > 0.1) abort.abort(reason);
        },
      },
      context,
    ).catch((error: unknown) => error);
    expect(caught).to.equal(reason);
  });

  it('has no spread of an endmember that is held fixed', async () => {
    const values = [...trueSpectra().subarray(0, bands)];
    const positions = values.map((_, b) => b + 1);
    const { result } = await unmix(
      tinyCube(),
      { endmembers, runs: 3, fixed: [{ name: 'known', positions, values }] },
      {},
      context,
    );
    const { names, spread } = result.unmixing;
    const known = names.indexOf('known');
    expect(spread?.angles[known]).to.be.below(1e-3);
    expect(
      spread?.endmembers
        .subarray(known * bands, (known + 1) * bands)
        .every((v) => v < 1e-5),
    ).to.equal(true);
  });

  it('trains a network once, from the best of the runs, and shows their spread in its order', async () => {
    const { result, checkpoint } = await unmix(
      tinyCube(),
      {
        endmembers,
        preset: 'network',
        runs: 3,
        backend: 'wasm',
        network: { epochs: 2 },
      },
      {},
      context,
    );
    expect(result.report.epochs).to.equal(2);
    expect(result.unmixing.spread?.runs).to.equal(3);
    expect(checkpoint?.compared?.members.count).to.equal(3);
    const row = (spectra: Float32Array, r: number) =>
      spectra.subarray(r * bands, (r + 1) * bands);
    const match = matchSpectra(
      [0, 1, 2].map((r) => row(result.unmixing.endmembers, r)),
      [0, 1, 2].map((r) => row(trueSpectra(), r)),
    );
    expect(match.toSorted()).to.eql([0, 1, 2]);
    for (const angle of result.unmixing.spread?.angles ?? [])
      expect(angle).to.be.below(0.1);
  });

  it('trains the published network from as many seeds, and goes on with the one that is shown', async () => {
    const epochs: number[] = [];
    const request = {
      endmembers,
      preset: 'pande2026',
      runs: 2,
      backend: 'wasm',
      network: { epochs: 2, batch: 16 },
    } as const;
    const first = await unmix(
      tinyCube(),
      request,
      {
        onProgress: ({ training }) => {
          if (training) epochs.push(training.epochs);
        },
      },
      context,
    );
    expect(new Set(epochs)).to.eql(new Set([4]));
    expect(first.result.unmixing.spread?.runs).to.equal(2);
    expect(first.result.report.epochs).to.equal(2);
    if (!first.checkpoint) throw new Error('no checkpoint');
    expect([1, 2]).to.contain(first.checkpoint.seed);
    const more = await unmix(
      tinyCube(),
      { ...request, network: { epochs: 1, batch: 16 } },
      {},
      { ...context, checkpoint: first.checkpoint },
    );
    expect(more.result.report.epochs).to.equal(3);
    expect(more.result.report.options).to.include({ seed: 1, runs: 2 });
    expect(more.result.unmixing.spread?.runs).to.equal(2);
  });
});
