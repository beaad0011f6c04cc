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

/** Fetches so many values into one buffer: `Response.arrayBuffer` holds everything twice on its way, and pieces wait for the collector. */
async function fetchValues(url: string, count: number): Promise<Float32Array> {
  const { body } = await fetch(url);
  if (!body) throw new Error(`nothing came from ${url}`);
  const reader = body.getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(4 * count);
  for (let at = 0; at < buffer.byteLength;) {
    const { value } = await reader.read(new Uint8Array(buffer, at));
    if (!value?.byteLength) throw new Error(`${url} ends early`);
    ({ buffer } = value);
    at += value.byteLength;
  }
  return new Float32Array(buffer);
}

const driver = {
  places: findPlaces,
  async load({ url, width, height, axis }: CubeAddress): Promise<void> {
    await client.load({
      name: url,
      width,
      height,
      axis: { ...axis, values: Float64Array.from(axis.values) },
      data: await fetchValues(url, width * height * axis.values.length),
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
