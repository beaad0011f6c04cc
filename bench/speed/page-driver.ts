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

/** As the plugin's readers do: `Response.arrayBuffer` holds everything twice on its way. */
async function fill(bytes: Uint8Array, url: string): Promise<void> {
  const { body } = await fetch(url);
  if (!body) throw new Error(`nothing came from ${url}`);
  const reader = body.getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.set(value, at);
    at += value.length;
  }
}

const driver = {
  places: findPlaces,
  async load({ url, width, height, axis }: CubeAddress): Promise<void> {
    const values = new Float32Array(width * height * axis.values.length);
    await fill(new Uint8Array(values.buffer), url);
    await client.load({
      name: url,
      width,
      height,
      axis: { ...axis, values: Float64Array.from(axis.values) },
      data: values,
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
