// Runs in the page of the benchmark: the package's own client in front of the built worker.
import { EngineClient } from '../../src/engine/client.js';
import { findPlaces } from '../../src/engine/machine.js';
import type { UnmixRequest } from '../../src/engine/options.js';
import type { SpectralAxis } from '../../src/spectral/axis.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { timedRun } from './timed-run.js';

const client = new EngineClient({
  workerUrl: '/stratigraph/worker.js',
  assets: '/stratigraph/',
});

/** What a page is told of a cube; its values are fetched. */
export interface CubeAddress {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly axis: Omit<SpectralAxis, 'values'> & {
    readonly values: readonly number[];
  };
}

const driver = {
  places: findPlaces,
  async load({ url, width, height, axis }: CubeAddress): Promise<void> {
    const response = await fetch(url);
    await client.load({
      name: url,
      width,
      height,
      axis: { ...axis, values: Float64Array.from(axis.values) },
      data: new Float32Array(await response.arrayBuffer()),
      geometry: unitGeometry,
    });
  },
  run: (request: UnmixRequest, trainingSeconds: number) =>
    timedRun(trainingSeconds, ({ stop, ...task }) => {
      stop.addEventListener('abort', () => void client.stop());
      return client.unmix(request, task);
    }),
};

export type Driver = typeof driver;
Object.assign(globalThis, { driver });
