import { resolve } from 'node:path';
import { chooseBackend } from '../../src/engine/backend.js';
import { findPlaces } from '../../src/engine/machine.js';
import { backends } from '../../src/engine/options.js';
import { unmix } from '../../src/engine/run.js';
import type { Cube } from '../../src/spectral/cube.js';
import { readPhantom } from '../phantoms.js';
import { type Place, inSoftware } from './place.js';
import { processMemory } from './process-memory.js';
import { timedRun } from './timed-run.js';

export const wasmFolder =
  resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/';

/** Runs in this process. */
export async function nodePlace(all: boolean): Promise<Place> {
  const passed = new Map<string, string>();
  for (const backend of backends)
    await chooseBackend(backend, wasmFolder).catch((error: unknown) =>
      passed.set(backend, error instanceof Error ? error.message : ''),
    );
  if (!all)
    for (const place of await findPlaces())
      if (place.software) passed.set(place.backend, inSoftware(place.software));
  let cube: Cube | null = null;
  return {
    name: 'Node',
    backends: backends.map((backend) => ({
      backend,
      passedOver: passed.get(backend) ?? null,
    })),
    load: (folder) => {
      cube = null;
      cube = readPhantom(folder);
      return Promise.resolve();
    },
    run: (request, trainingSeconds) =>
      timedRun(trainingSeconds, async (task) => {
        if (!cube) throw new Error('no cube was loaded');
        const { result } = await unmix(cube, request, task, {
          assets: wasmFolder,
        });
        return result;
      }),
    processorSeconds: () => {
      const { user, system } = process.cpuUsage();
      return Promise.resolve((user + system) / 1e6);
    },
    memory: () => Promise.resolve(processMemory('self')),
    close: () => Promise.resolve(),
  };
}
