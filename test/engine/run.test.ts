import { expect } from '@open-wc/testing';
import { DivergedError } from '../../src/engine/diverged.js';
import type { Preset } from '../../src/engine/options.js';
import {
  type Preview,
  type Progress,
  stagesOf,
} from '../../src/engine/protocol.js';
import { unmix } from '../../src/engine/run.js';
import { version } from '../../src/engine/version.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { matchSpectra, spectralAngle } from '../../src/spectral/metrics.js';
import { reordered } from '../../src/spectral/reorder.js';
import type { EndmemberSet, Unmixing } from '../../src/spectral/unmixing.js';
import { size, tinyCube, trueSpectra, wasmAssets } from './synthetic.js';

const { width, height, bands, endmembers } = size;
const context = { assets: wasmAssets };
const published = {
  endmembers,
  preset: 'pande2026',
  backend: 'wasm',
  network: { epochs: 2, batch: 16 },
} as const;

const rows = (spectra: Float32Array): Float32Array[] =>
  Array.from({ length: endmembers }, (_, r) =>
    spectra.subarray(r * bands, (r + 1) * bands),
  );

function meanAngleToTruth(unmixing: Unmixing): number {
  const truth = rows(trueSpectra());
  const found = rows(unmixing.endmembers);
  const match = matchSpectra(truth, found);
  return (
    truth.reduce((sum, t, r) => sum + spectralAngle(t, found[match[r]]), 0) /
    endmembers
  );
}

describe('unmix', () => {
  it('runs fast through its stages in order, without training', async () => {
    const seen: Progress[] = [];
    const { result, checkpoint } = await unmix(
      tinyCube(),
      { endmembers },
      { onProgress: (progress) => seen.push(progress) },
      context,
    );
    expect([...new Set(seen.map(({ stage }) => stage))]).to.eql([
      'preparing',
      'subspace',
      'extracting',
      'fitting',
    ]);
    expect(seen.at(-1)).to.include({ stage: 'fitting', fraction: 1 });
    expect(seen.every(({ fraction: f }) => f >= 0 && f <= 1)).to.equal(true);
    expect(checkpoint).to.equal(null);
    const { report, resumable, unmixing } = result;
    expect(resumable).to.equal(false);
    expect(report).to.include({ backend: null, loss: null, epochs: 0 });
    expect(report.versions).to.eql({ stratigraph: version });
    expect(meanAngleToTruth(unmixing)).to.be.below(0.1);
  });

  it('puts endmembers that the result before had in the places they had there, and says so by their numbers', async () => {
    const ask = async (before?: EndmemberSet, preset: Preset = 'auto') => {
      const previews: Preview[] = [];
      const { result } = await unmix(
        tinyCube(),
        { endmembers, preset, backend: 'wasm', network: { epochs: 2 } },
        { onPreview: (preview) => previews.push(preview) },
        { ...context, before },
      );
      return { ...result, previews };
    };
    const { unmixing } = await ask();
    const turned = reordered(unmixing, [1, 2, 0]);
    const again = await ask(turned);
    expect(again.unmixing.names).to.eql(unmixing.names);
    expect(again.unmixing.endmembers).to.eql(turned.endmembers);
    expect(again.unmixing.abundances).to.eql(turned.abundances);
    const trained = await ask(turned, 'network');
    for (const found of [trained.unmixing, ...trained.previews])
      expect(
        matchSpectra(rows(turned.endmembers), rows(found.endmembers)),
      ).to.eql([0, 1, 2]);
    expect(trained.previews).not.to.be.empty;
    const strange = { ...turned, endmembers: new Float32Array(120).fill(1) };
    expect((await ask(strange)).unmixing.endmembers).to.eql(
      unmixing.endmembers,
    );
  });

  it('trains the network preset from fast and fits no worse', async () => {
    const cube = tinyCube();
    const fast = await unmix(cube, { endmembers }, {}, context);
    const previews: Preview[] = [];
    const { result } = await unmix(
      cube,
      {
        endmembers,
        preset: 'network',
        backend: 'wasm',
        network: { epochs: 20 },
      },
      { onPreview: (preview) => previews.push(preview) },
      context,
    );
    expect(result.report).to.include({ backend: 'wasm', stopped: false });
    expect(result.report.versions.tfjs).to.match(/^\d+\.\d+/);
    expect(result.report.stages.map(({ stage }) => stage)).to.eql([
      'preparing',
      'subspace',
      'extracting',
      'training',
      'fitting',
    ]);
    expect(result.resumable).to.equal(true);
    expect(previews[0].endmembers).to.have.length(endmembers * bands);
    expect(previews[0].abundances).to.have.length(width * height * endmembers);
    expect(meanAngleToTruth(result.unmixing)).to.be.below(
      meanAngleToTruth(fast.result.unmixing) + 0.01,
    );
  });

  it('gives nearly the same result for the network on all bands', async () => {
    const request = {
      endmembers,
      preset: 'network',
      backend: 'wasm',
      network: { epochs: 3 },
    } as const;
    const near = await unmix(tinyCube(), request, {}, context);
    const full = await unmix(
      tinyCube(),
      { ...request, network: { epochs: 3, space: 'full' } },
      {},
      context,
    );
    const a = near.result.unmixing.abundances;
    const b = full.result.unmixing.abundances;
    expect(Math.max(...a.map((v, i) => Math.abs(v - b[i])))).to.be.below(0.05);
  });

  it('trains the published preset, re-fitted in the unit of the data', async () => {
    const seen: Progress[] = [];
    const cube = tinyCube();
    const { result } = await unmix(
      cube,
      published,
      { onProgress: (progress) => seen.push(progress) },
      context,
    );
    const told = seen.filter(({ training }) => training);
    expect(told.at(-1)?.training).to.include({ epoch: 2, epochs: 2 });
    expect(told.at(-1)?.secondsLeft).to.be.a('number');
    const { unmixing, report } = result;
    expect(report.epochs).to.equal(2);
    expect(report.loss).to.be.within(0.05, 1.5);
    expect(report.rmse).to.be.below(0.3);
    expect(Math.min(...unmixing.endmembers)).to.be.at.least(0);
  });

  it('trains cnnaeu from chance on an image smaller than its patches, equal seeds alike', async () => {
    const request = {
      endmembers,
      preset: 'cnnaeu',
      backend: 'wasm',
      network: { epochs: 3 },
    } as const;
    const [a, b] = [
      await unmix(tinyCube(), request, {}, context),
      await unmix(tinyCube(), request, {}, context),
    ];
    const { report, unmixing } = a.result;
    expect(report.stages.map(({ stage }) => stage)).to.eql(stagesOf('cnnaeu'));
    expect(report.epochs).to.equal(3);
    expect(report.loss).to.be.within(0.05, 1.5);
    expect(Math.min(...unmixing.endmembers)).to.be.at.least(0);
    expect(b.result.unmixing.abundances).to.eql(unmixing.abundances);
  });

  it('counts passes on when training is resumed, and keeps everything else', async () => {
    const { checkpoint } = await unmix(tinyCube(), published, {}, context);
    if (!checkpoint) throw new Error('no checkpoint');
    const seen: Progress[] = [];
    const { result } = await unmix(
      tinyCube(),
      { endmembers: 2, network: { epochs: 3 } },
      { onProgress: (progress) => seen.push(progress) },
      { ...context, checkpoint },
    );
    expect(result.report.epochs).to.equal(5);
    expect(result.report.options).to.deep.include({
      endmembers,
      preset: 'pande2026',
    });
    const last = seen.findLast(({ training }) => training)?.training;
    expect(last).to.include({ epoch: 5, epochs: 5 });
  });

  it('keeps the best so far when stopped, and says so', async () => {
    const stop = new AbortController();
    const { result } = await unmix(
      tinyCube(),
      { ...published, network: { epochs: 1000, batch: 16 } },
      {
        stop: stop.signal,
        onProgress: ({ training }) => {
          if (training?.epoch === 2) stop.abort();
        },
      },
      context,
    );
    expect(result.report.stopped).to.equal(true);
    expect(result.report.epochs).to.be.within(2, 3);
    expect(result.resumable).to.equal(true);
  });

  it('fails as diverged with a result in hand when the loss is no number', async () => {
    const cube = tinyCube();
    cube.data.forEach((v, i) => {
      cube.data[i] = v * 2e38;
    });
    const caught: unknown = await unmix(
      cube,
      {
        ...published,
        network: { epochs: 2, batch: 16, scaleBands: false, space: 'full' },
      },
      {},
      context,
    ).catch((error: unknown) => error);
    if (!(caught instanceof DivergedError)) throw new Error(String(caught));
    expect(caught.message).to.equal(
      'Training diverged after 0 passes: the loss is not a number any more (try a learningRate below 0.001).',
    );
    expect(caught.best.unmixing.endmembers.every(Number.isFinite)).to.equal(
      true,
    );
  });

  it('refuses more endmembers than pixels with one sentence', async () => {
    const cube = { ...tinyCube(), width: 2, height: 1 };
    const caught: unknown = await unmix(
      { ...cube, data: cube.data.slice(0, 2 * bands) },
      { endmembers: 3 },
      {},
      context,
    ).catch((error: unknown) => error);
    if (!isUnmixingError(caught)) throw new Error(String(caught));
    expect(caught.message).to.match(/^invalid endmembers: 3 \(want at most 2/);
  });
});
