import { expect } from '@open-wc/testing';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { unmix } from '../../src/engine/run.js';
import { size, tinyCube, wasmAssets } from './synthetic.js';

describe('runs in a row', function () {
  this.timeout(120_000);

  it('leave no tensor behind, and no more memory of WebAssembly than the first', async () => {
    const heaps: number[] = [];
    for (let seed = 1; seed <= 4; seed++)
      for (const preset of ['network', 'pande2026'] as const) {
        await unmix(
          tinyCube(),
          {
            endmembers: size.endmembers,
            preset,
            seed,
            backend: 'wasm',
            network: { epochs: 1, patch: 12, stride: 12, features: 4 },
          },
          {},
          { assets: wasmAssets },
        );
        const { numTensors, numBytes } = tf.memory();
        expect([numTensors, numBytes]).to.eql([0, 0]);
        const backend = tf.backend();
        if (!(backend instanceof BackendWasm)) throw new Error('not wasm');
        heaps.push(backend.wasm.HEAPU8.length);
      }
    expect(heaps.at(-1)).to.equal(heaps[1]);
  });
});
