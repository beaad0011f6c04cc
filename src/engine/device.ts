import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { letEventsPass } from '../spectral/pace.js';

/** The device did not hold what it was given; with less it may go on. */
class DeviceMemoryError extends Error {}

/** How a device under tfjs tells of its end. */
interface Device {
  /** Aborts with an error when the device is lost or out of memory: what it computes from then on means nothing. */
  readonly gone: AbortSignal;
  /** Asks a device that does not tell by itself. */
  readonly check: () => void;
  /** Called once it is gone, for those who wait for its answer. */
  readonly waiting: Set<() => void>;
}

const devices = new WeakMap<tf.KernelBackend, Device>();

/** The device of the backend that is set, watched from the first call on. */
function currentDevice(): Device {
  const backend = tf.backend();
  let device = devices.get(backend);
  if (!device) {
    device = watch(backend);
    devices.set(backend, device);
  }
  return device;
}

function watch(backend: tf.KernelBackend): Device {
  const gone = new AbortController();
  const waiting = new Set<() => void>();
  gone.signal.addEventListener('abort', () => {
    for (const wake of waiting) wake();
  });
  let check = (): void => undefined;
  if (isWebgl(backend)) check = watchWebgl(backend.gpgpu.gl, gone);
  else if (isWebgpu(backend)) watchWebgpu(backend.device, gone);
  else if (isWasm(backend)) guardAllocations(backend);
  return { gone: gone.signal, check, waiting };
}

const isWebgl = (backend: tf.KernelBackend): backend is MathBackendWebGL =>
  'gpgpu' in backend;
const isWebgpu = (backend: tf.KernelBackend): backend is WebGPUBackend =>
  'device' in backend;
const isWasm = (backend: tf.KernelBackend): backend is BackendWasm =>
  'wasm' in backend;

/** @returns what asks the context, which does not tell of memory by itself */
function watchWebgl(
  gl: WebGLRenderingContext,
  gone: AbortController,
): () => void {
  const check = (): void => {
    if (gone.signal.aborted) return;
    if (gl.isContextLost()) {
      // tfjs would wait for ever for what was begun.
      Object.assign(gl, {
        clientWaitSync: () => WebGL2RenderingContext.ALREADY_SIGNALED,
      });
      gone.abort(new Error('the browser took its context away'));
    } else if (gl.getError() === gl.OUT_OF_MEMORY)
      gone.abort(new DeviceMemoryError('it ran out of memory'));
  };
  gl.canvas.addEventListener('webglcontextlost', check);
  return check;
}

function watchWebgpu(device: GPUDevice, gone: AbortController): void {
  void device.lost.then(({ message }) => {
    gone.abort(
      new Error(`its device was lost, ${message || 'no reason given'}`),
    );
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    gone.abort(new DeviceMemoryError(error.message));
  });
}

/** tfjs does not look whether wasm gave it the memory it asked for, and writes to address 0 when it did not. */
function guardAllocations({ wasm }: BackendWasm): void {
  // The first call replaces the function itself.
  wasm._free(wasm._malloc(4));
  const allocate = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0)
      throw new DeviceMemoryError(`it has no ${bytes} bytes more`);
    return address;
  };
}

/** Starts watching the backend that is set, before anything is computed on it. */
export function watchDevice(): void {
  currentDevice();
}

/** Whether a backend that was watched is of no use any more. */
export function isGone(backend: tf.KernelBackend): boolean {
  const device = devices.get(backend);
  device?.check();
  return device?.gone.aborted === true;
}

/**
 * The values of a tensor, copied.
 * @throws Error that says why when the device is lost or out of memory; a read-back would never end then, or give nonsense
 */
export async function readBack(tensor: tf.Tensor): Promise<Float32Array> {
  const { gone, check, waiting } = currentDevice();
  check();
  gone.throwIfAborted();
  let wake = (): void => undefined;
  const failed = new Promise<never>((_, reject) => {
    wake = () => {
      reject(gone.reason as Error);
    };
  });
  waiting.add(wake);
  try {
    const values = await Promise.race([tensor.data(), failed]);
    check();
    gone.throwIfAborted();
    return Float32Array.from(values);
  } finally {
    waiting.delete(wake);
  }
}

/** Why work on the backend that is set failed, and whether its device is lost altogether. */
export async function whyFailed(
  error: unknown,
): Promise<{ readonly lost: boolean; readonly reason: string }> {
  const { gone, check } = currentDevice();
  // The news of a lost device may come after the first error that it causes.
  await letEventsPass();
  check();
  const cause: unknown = gone.aborted ? gone.reason : error;
  return {
    lost: gone.aborted && !(cause instanceof DeviceMemoryError),
    reason: cause instanceof Error ? cause.message : String(cause),
  };
}
