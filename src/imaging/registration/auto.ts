import { UnmixingError, fromErrorData } from '../../spectral/errors.js';
import type { Affine } from '../affine.js';
import type { FromRegistration, ToRegistration } from './auto-protocol.js';
import type { GreyImage, RegisterOptions, Registered } from './auto-types.js';

const startWorker = (workerUrl: string | URL | undefined): Worker =>
  workerUrl === undefined
    ? new Worker(new URL('./registration-worker.js', import.meta.url), {
        type: 'module',
      })
    : new Worker(workerUrl, { type: 'module' });

/**
 * Registers two images by mutual information (elastix, after a search on coarse grids), in a worker of its own, which is ended with the
 * answer, and at once when the signal is aborted. In Node: `runRegistration`.
 * @param moving a picture of the cube: one abundance or band, or all abundances in one grey (`blendOf`)
 * @param fixed what it is brought onto, such as the micrograph in grey (`greyOf`)
 * @param start takes the moving image's world to the fixed image's, within 12 degrees, 13 % of size and 18 pixels (or a fifth of the
 * image) of the truth; null to start from nothing: the middle of one on that of the other, within 33 degrees, and within a factor of
 * two in size where units are not known. Of the moving image 70 % (from nothing 90 %) must lie in the fixed one
 * @throws UnmixingError `input` with one sentence; `signal.reason` when aborted
 */
export async function registerImages(
  moving: GreyImage,
  fixed: GreyImage,
  start: Affine | null,
  { signal, onProgress, workerUrl, assets, kind, seed }: RegisterOptions,
): Promise<Registered> {
  signal?.throwIfAborted();
  const worker = startWorker(workerUrl);
  const heard = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener(
        'abort',
        () => reject(new Error('Registration was aborted.')),
        { signal: heard.signal },
      );
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<FromRegistration>) => {
          if (data.type === 'progress') onProgress?.(data.progress);
          else if (data.type === 'error') reject(fromErrorData(data.error));
          else resolve(data.value);
        },
      );
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(
          new UnmixingError(
            'input',
            event.message
              ? `Registration broke down (${event.message}).`
              : 'Registration could not be loaded: registration-worker.js must lie beside the other parts of the plugin.',
          ),
        );
      });
      const request: ToRegistration = {
        moving,
        fixed,
        start,
        options: {
          kind,
          seed,
          // The worker would resolve it against itself.
          assets: assets && new URL(assets, globalThis.location.href).href,
        },
      };
      worker.postMessage(request);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    heard.abort();
    worker.terminate();
  }
}
