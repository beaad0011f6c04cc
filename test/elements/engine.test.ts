import { expect } from '@open-wc/testing';
import { Engine } from '../../src/elements/engine.js';
import { size, tinyCube, wasmAssets, workersOf } from '../engine/synthetic.js';

const training = {
  endmembers: size.endmembers,
  preset: 'pande2026',
  backend: 'wasm',
  network: { epochs: 12, stride: 5, decoder: 1, features: 4 },
} as const;

describe('the engine of a session', function () {
  this.timeout(120_000);
  let engine: Engine;
  let workers: ReturnType<typeof workersOf>;
  let reads: number;
  beforeEach(async () => {
    workers = workersOf();
    engine = new Engine({ assets: wasmAssets, patience: 8000 });
    reads = 0;
    engine.keep(async (client) => {
      reads += 1;
      await client.load(tinyCube());
    });
    await engine.restored();
  });
  afterEach(() => {
    workers.restore();
    engine.release();
  });

  it('reads the image again and goes on training when its worker is ended', async () => {
    const { report } = await engine.unmix(training, {
      onProgress: ({ training: told }) => {
        if (told?.backend === 'wasm' && told.epoch > 1)
          workers.made[0].terminate();
      },
    });
    expect(workers.made).to.have.length(2);
    expect(reads).to.equal(2);
    expect(report.epochs).to.equal(training.network.epochs);
    expect(report.warnings.join(' ')).to.contain('The engine broke down on');
    expect(engine.lost).to.equal(false);
  });

  it('has the image back for the next call when its worker is gone', async () => {
    engine.client.dispose();
    expect(engine.lost).to.equal(true);
    const { unmixing } = await engine.unmix(
      { endmembers: size.endmembers },
      {},
    );
    expect(unmixing.names).to.have.length(size.endmembers);
    expect(reads).to.equal(2);
  });
});
