import { expect } from '@open-wc/testing';
import { BrokenEngineError } from '../../src/engine/broken.js';
import { EngineClient } from '../../src/engine/client.js';
import type { Progress } from '../../src/engine/protocol.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { size, tinyCube, wasmAssets, workersOf } from './synthetic.js';

const { width, height, bands, endmembers } = size;
const endless = {
  endmembers,
  preset: 'pande2026',
  backend: 'wasm',
  network: { epochs: 100000, batch: 16 },
} as const;

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** A promise and what fulfils it. */
function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((r) => (resolve = r));
  return { promise, resolve };
}

describe('engine client and worker', () => {
  let engine: EngineClient;
  beforeEach(() => {
    engine = new EngineClient({ assets: wasmAssets });
  });
  afterEach(() => {
    engine.dispose();
  });

  it('moves the cube to the worker and tells what it holds', async () => {
    const cube = tinyCube();
    const summary = await engine.load(cube);
    expect(cube.data.byteLength).to.equal(0);
    expect(summary).to.include({ name: 'tiny', width, height });
    expect(summary.reliability).to.have.length(bands);
    expect(summary.mask.some(Boolean)).to.equal(false);
  });

  it('sends the sentence of an error across', async () => {
    const error = await failure(engine.image(null));
    if (!isUnmixingError(error)) throw new Error(String(error));
    expect(error.tag).to.equal('input');
    expect(error.message).to.contain('No image is loaded');
    await engine.load(tinyCube());
    const refused = await failure(engine.unmix({ endmembers: 33 }));
    expect(String(refused)).to.contain(
      'invalid endmembers: 33 (want a whole number from 2 to 32)',
    );
  });

  it('gives the spectrum of a pixel as measured, again and again', async () => {
    const { data } = tinyCube();
    await engine.load(tinyCube());
    const measured = [...data.subarray(17 * bands, 18 * bands)];
    expect([...(await engine.pixel(17))]).to.eql(measured);
    expect([...(await engine.pixel(17))]).to.eql(measured);
  });

  it('answers images and pixels while it trains, then stops with the best so far and resumes', async () => {
    await engine.load(tinyCube());
    const training = later<Progress>();
    let ended = false;
    const run = engine
      .unmix(endless, {
        onProgress: (progress) => {
          if (progress.training) training.resolve(progress);
        },
      })
      .finally(() => (ended = true));
    const { training: told } = await training.promise;
    expect(told).to.include({ epochs: 100000, backend: 'wasm' });
    const image = await engine.image(null);
    expect(image.values).to.have.length(width * height * 3);
    expect(await engine.pixel(3)).to.have.length(bands);
    const second = await failure(engine.unmix(endless));
    expect(String(second)).to.contain('A run is going on');
    expect(ended).to.equal(false);
    await engine.stop();
    const { report, resumable } = await run;
    expect(report.stopped).to.equal(true);
    expect(resumable).to.equal(true);
    const resumed = await engine.resume(1);
    expect(resumed.report.epochs).to.equal(report.epochs + 1);
  });

  it('rejects an aborted run with the reason of the signal, and can start another', async () => {
    await engine.load(tinyCube());
    const abort = new AbortController();
    const reason = new Error('changed my mind');
    const training = later<null>();
    const run = engine.unmix(endless, {
      signal: abort.signal,
      onProgress: ({ stage }) => {
        if (stage === 'training') training.resolve(null);
      },
    });
    await training.promise;
    abort.abort(reason);
    expect(await failure(run)).to.equal(reason);
    const { unmixing } = await engine.unmix({ endmembers });
    expect(unmixing.names).to.have.length(endmembers);
    expect(
      await failure(engine.pixel(0, { signal: AbortSignal.abort(reason) })),
    ).to.equal(reason);
  });

  it('re-arranges a list of spectra and refuses a width that does not fit', async () => {
    await engine.load(tinyCube());
    const summary = await engine.describe({ width: 20, unit: 'nm' });
    expect([summary.width, summary.height]).to.eql([20, 6]);
    expect(summary.axis.unit).to.equal('nm');
    expect(String(await failure(engine.describe({ width: 7 })))).to.contain(
      'invalid width: 7 (want a whole number that divides 120 pixels)',
    );
  });

  it('corrects the cube: everything after rests on what is left of it', async () => {
    const { data } = tinyCube();
    await engine.load(tinyCube());
    await engine.unmix({ endmembers });
    const fractions: number[] = [];
    const summary = await engine.correct(
      [
        {
          kind: 'crop',
          on: true,
          rectangle: { x: 2, y: 1, width: 8, height: 9 },
        },
        { kind: 'range', on: true, window: [5, 30] },
        { kind: 'vector', on: true },
        { kind: 'snv', on: false },
      ],
      { onProgress: (fraction) => fractions.push(fraction) },
    );
    expect(summary).to.include({ width: 8, height: 9 });
    expect(summary.axis.values[0]).to.equal(5);
    expect(summary.geometry.origin).to.deep.equal([2, 1, 0]);
    expect(summary.original).to.include({ width, height });
    expect(summary.original.axis.values).to.have.length(bands);
    expect(fractions.at(-1)).to.equal(1);
    const measured = await engine.pixel(0);
    const at = (width + 2) * bands;
    const kept = data.subarray(at + 4, at + 30);
    const length = Math.hypot(...kept);
    expect(measured).to.have.length(26);
    measured.forEach((value, b) =>
      expect(value).to.be.closeTo(kept[b] / length, 1e-6),
    );
    const image = await engine.image(null);
    expect(image.values).to.have.length(8 * 9 * 3);
    const { unmixing } = await engine.unmix({ endmembers });
    expect(unmixing).to.include({ width: 8, height: 9 });
  });

  it('hands out a copy of the corrected cube, and the cube as it came when all is off', async () => {
    const { data } = tinyCube();
    await engine.load(tinyCube());
    await engine.correct([{ kind: 'min-max', on: true }]);
    const corrected = await engine.cube();
    expect(corrected).to.include({ name: 'tiny', width, height });
    for (let n = 0; n < width * height; n++) {
      const spectrum = corrected.data.subarray(n * bands, (n + 1) * bands);
      expect([Math.min(...spectrum), Math.max(...spectrum)]).to.eql([0, 1]);
    }
    corrected.data.fill(0);
    expect(Math.max(...(await engine.pixel(0)))).to.equal(1);
    await engine.correct([{ kind: 'min-max', on: false }]);
    expect((await engine.cube()).data).to.deep.equal(data);
  });

  it('keeps the chain before when a correction fails or is aborted', async () => {
    await engine.load(tinyCube());
    await engine.correct([{ kind: 'spectral-bin', on: true, size: 2 }]);
    const nowhere = { kind: 'range', on: true, window: [100, 200] } as const;
    const error = await failure(
      engine.correct([{ kind: 'snv', on: true }, nowhere]),
    );
    if (!isUnmixingError(error)) throw new Error(String(error));
    expect(error.tag).to.equal('input');
    expect(error.message).to.match(/^invalid correction 2 \(Band range\): /);
    const reason = new Error('another chain');
    const abort = new AbortController();
    const given = failure(
      engine.correct([{ kind: 'snv', on: true }], { signal: abort.signal }),
    );
    abort.abort(reason);
    expect(await given).to.equal(reason);
    expect(await engine.pixel(3)).to.have.length(bands / 2);
  });

  it('describes the raw cube and corrects it again', async () => {
    await engine.load(tinyCube());
    await engine.correct([
      { kind: 'convert', on: true, to: 'absorbance', full: 1 },
      { kind: 'spatial-bin', on: true, size: 2 },
    ]);
    const summary = await engine.describe({ width: 20, unit: 'nm' });
    expect(summary).to.include({ width: 10, height: 3 });
    expect(summary.axis).to.include({ unit: 'nm', quantity: 'absorbance' });
    expect(summary.original).to.include({ width: 20, height: 6 });
    expect(summary.original.axis.quantity).to.equal('reflectance');
  });

  it('tells mean spectra before and after a chain without taking it', async () => {
    await engine.load(tinyCube());
    const { before, after, axis } = await engine.means([
      { kind: 'range', on: true, window: [11, 20] },
      { kind: 'vector', on: true },
    ]);
    expect(before).to.have.length(bands);
    expect(after).to.have.length(10);
    expect(axis.values[0]).to.equal(11);
    expect(Math.hypot(...after)).to.be.within(0.5, 1.0001);
    expect(await engine.pixel(0)).to.have.length(bands);
  });

  it('takes changes of the cube in turn: the last that was asked for holds', async () => {
    await engine.load(tinyCube());
    const [binned, described, cropped] = await Promise.all([
      engine.correct([{ kind: 'spectral-bin', on: true, size: 4 }]),
      engine.describe({ unit: 'nm' }),
      engine.correct([
        {
          kind: 'crop',
          on: true,
          rectangle: { x: 0, y: 0, width: 3, height: 2 },
        },
      ]),
    ]);
    expect(binned.axis.values).to.have.length(bands / 4);
    expect(described.axis).to.include({ unit: 'nm' });
    expect(described.axis.values).to.have.length(bands / 4);
    expect(cropped).to.include({ width: 3, height: 2 });
    expect(cropped.axis.unit).to.equal('nm');
    expect(cropped.axis.values).to.have.length(bands);
  });

  it('counts endmembers, also while it trains, and gives a count up when told', async () => {
    await engine.load(tinyCube());
    const training = later<null>();
    const abort = new AbortController();
    const run = failure(
      engine.unmix(endless, {
        signal: abort.signal,
        onProgress: ({ stage }) => {
          if (stage === 'training') training.resolve(null);
        },
      }),
    );
    await training.promise;
    const { suggested, curves } = await engine.count([]);
    expect(suggested).to.equal(endmembers);
    expect(curves.residual).to.have.length(curves.singularValues.length - 1);
    const given = new AbortController();
    const second = engine.count([], { signal: given.signal });
    const reason = new Error('not now');
    given.abort(reason);
    expect(await failure(second)).to.equal(reason);
    abort.abort(reason);
    expect(await run).to.equal(reason);
  });

  it('names the backends, wasm and cpu among them', async () => {
    expect(await engine.backends()).to.include.members(['wasm', 'cpu']);
  });

  it('turns a worker that does not load into one sentence', async () => {
    const broken = new EngineClient({ workerUrl: '/no/such/worker.js' });
    const error = await failure(broken.backends());
    if (!isUnmixingError(error)) throw new Error(String(error));
    expect(error.tag).to.equal('gpu');
    expect(error.message).to.match(
      /^The engine broke down .+must start anew with the image\.$/,
    );
  });

  it('notices a worker that was ended without a word, and goes on from its checkpoint in a new one', async function () {
    this.timeout(120_000);
    const impatient = new EngineClient({ assets: wasmAssets, patience: 8000 });
    const workers = workersOf();
    try {
      await impatient.load(tinyCube());
      const trained = later<null>();
      const run = failure(
        impatient.unmix(endless, {
          onProgress: ({ training }) => {
            if (training && training.epoch > 1) trained.resolve(null);
          },
        }),
      );
      await trained.promise;
      workers.made[0].terminate();
      const error = await run;
      if (!(error instanceof BrokenEngineError && error.reached))
        throw new Error(String(error));
      expect(error.message).to.equal(
        'The engine broke down (its worker does not answer) and must start anew with the image.',
      );
      expect(impatient.holdsCube).to.equal(false);
      const { epoch } = error.reached.state;
      expect(epoch).to.be.at.least(1);
      await impatient.load(tinyCube());
      const { report } = await impatient.unmix(
        { ...endless, network: { ...endless.network, epochs: epoch + 1 } },
        {},
        error.reached,
      );
      expect(report.epochs).to.equal(epoch + 1);
      expect(report.backend).not.to.equal('wasm');
      expect(report.warnings.join(' ')).to.match(
        /The engine broke down on WebAssembly after \d+ pass(es)? \(its worker does not answer\): a new one went on from there on .+\./,
      );
    } finally {
      workers.restore();
      impatient.dispose();
    }
  });

  it('rejects open calls when disposed', async () => {
    const open = engine.backends();
    engine.dispose();
    expect(await failure(open)).to.include({ name: 'AbortError' });
  });
});
