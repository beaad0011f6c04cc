import * as tf from '@tensorflow/tfjs-core';
import { UnmixingError } from '../spectral/errors.js';
import { isNode } from './assets.js';
import { isGone, readBack, watchDevice } from './device.js';
import { type Place, findPlaces } from './machine.js';
import { matMul } from './operations.js';
import type { Backend } from './options.js';

/** A backend that takes longer to start than this counts as broken. */
const patience = 60_000; // ms

// No advice to install something else, no checks of shapes that tests have checked.
tf.enableProdMode();

export interface ChosenBackend {
  readonly backend: Backend;
  readonly warnings: readonly string[];
}

/** Names for sentences. */
export const backendTitles: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

async function load(backend: Backend, assets: string): Promise<void> {
  switch (backend) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      return;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      // A user who asks for it may have it in software; `auto` does not come here then.
      tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
      return;
    case 'wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      wasm.setWasmPaths(assets);
      // tfjs makes its threads of blobs: where a strict content security policy forbids that, they would never answer.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
  }
}

/** A gradient whose value is known: of Σ (X w)² at X = [1 2; 3 4], w = [1; 1] it is 2 Xᵀ(X w) = [48; 68]. */
async function prove(): Promise<void> {
  const gradient = tf.tidy(() => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    return tf.grad((w) => tf.sum(tf.square(matMul(x, w))))(tf.ones([2, 1]));
  });
  try {
    const [a, b] = await readBack(gradient);
    if (Math.abs(a - 48) > 0.01 || Math.abs(b - 68) > 0.01)
      throw new Error(`it computes ${a}, ${b} instead of 48, 68`);
  } finally {
    gradient.dispose();
  }
}

const within = <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms / 1000} s`));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
};

async function start(backend: Backend, assets: string): Promise<void> {
  await load(backend, assets);
  const before = tf.engine().registry[backend] as tf.KernelBackend | undefined;
  if (before && isGone(before)) discardBackend(backend);
  if (!(await tf.setBackend(backend))) throw new Error('it does not start');
  watchDevice();
  await prove();
}

/** Lets a backend go that failed, with all the memory it holds; the next start makes it anew. */
export function discardBackend(backend: Backend): void {
  const make = tf.findBackendFactory(backend);
  try {
    tf.removeBackend(backend);
  } catch {
    // It is too broken to clean up: tfjs forgets it all the same.
    Reflect.deleteProperty(tf.engine().registry, backend);
    tf.removeBackend(backend);
  }
  tf.registerBackend(backend, make);
}

/** In Node, WebGPU comes with the optional package `webgpu`, named in a variable so that no bundler looks for it. */
async function addNodeWebgpu(): Promise<void> {
  if (!isNode || (typeof navigator !== 'undefined' && 'gpu' in navigator))
    return;
  const name = 'webgpu';
  const found: unknown = await import(/* @vite-ignore */ name).catch(
    () => null,
  );
  if (!isDawn(found)) return;
  Object.assign(globalThis, found.globals);
  const gpu = found.create([]);
  if (typeof navigator === 'undefined')
    Object.defineProperty(globalThis, 'navigator', { value: { gpu } });
  else Object.defineProperty(navigator, 'gpu', { value: gpu });
}

function isDawn(
  value: unknown,
): value is { create(flags: string[]): unknown; globals: object } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'create' in value &&
    typeof value.create === 'function' &&
    'globals' in value &&
    typeof value.globals === 'object'
  );
}

const reason = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * Starts the backend asked for, or under `auto` the first that works: webgpu, webgl, wasm, cpu. GPUs imitated in software are
 * slower than wasm and left to those who ask for them.
 * @param assets folder of the wasm files, see `assetFolder`
 * @param failed those that failed on the way: when the one asked for is among them, the first of the others is taken
 * @throws UnmixingError `gpu` when the one asked for does not work, naming what is there
 */
export async function chooseBackend(
  choice: Backend | 'auto',
  assets: string,
  failed: readonly Backend[] = [],
): Promise<ChosenBackend> {
  await addNodeWebgpu();
  const places = await findPlaces();
  if (choice !== 'auto' && !failed.includes(choice)) {
    const there = places.map((place) => place.backend);
    if (!there.includes(choice))
      throw new UnmixingError(
        'gpu',
        `invalid backend: ${choice} is not there (this machine has ${there.join(', ')})`,
      );
    try {
      await within(start(choice, assets), patience);
    } catch (error) {
      const others = there.filter((backend) => backend !== choice);
      throw new UnmixingError(
        'gpu',
        `invalid backend: ${choice} does not work here, ${reason(error)} (try ${others.join(', ')})`,
        { cause: error },
      );
    }
    return { backend: choice, warnings: [] };
  }
  return firstThatWorks(
    places.filter(({ backend }) => !failed.includes(backend)),
    assets,
  );
}

async function firstThatWorks(
  places: readonly Place[],
  assets: string,
): Promise<ChosenBackend> {
  const warnings: string[] = [];
  for (const { backend, software } of places) {
    const title = backendTitles[backend];
    if (software !== null) {
      warnings.push(
        `${title} runs in software here (${software}) and was passed over.`,
      );
      continue;
    }
    try {
      await within(start(backend, assets), patience);
      return { backend, warnings };
    } catch (error) {
      warnings.push(`${title} does not work here: ${reason(error)}.`);
    }
  }
  throw new UnmixingError('gpu', `No backend works: ${warnings.join(' ')}`);
}
