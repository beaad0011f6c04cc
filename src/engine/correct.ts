import type { ChainTask, Corrected } from '../preprocess/chain.js';
import type { Step } from '../preprocess/steps.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { ChainMeans } from './protocol.js';

/** Two chains do the same when what is switched on is the same. */
export const doTheSame = (a: readonly Step[], b: readonly Step[]): boolean =>
  JSON.stringify(a.filter(({ on }) => on)) ===
  JSON.stringify(b.filter(({ on }) => on));

/** A failed allocation as a sentence; other errors as they are. */
export async function withinMemory<T>(
  what: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // What browsers and Node throw for an array that does not fit.
    if (!(cause instanceof RangeError)) throw cause;
    throw new UnmixingError(
      'input',
      `There is not enough memory for ${what} (crop or bin the image first, or close other pages).`,
      { cause },
    );
  }
}

/**
 * A cube with a chain of corrections: the one way of the worker and of the command line. Without any that is switched on
 * it is the cube itself.
 * @throws UnmixingError `input` naming the correction that fails; `task.signal.reason` when aborted
 */
export async function correct(
  cube: Cube,
  steps: readonly Step[],
  task: ChainTask = {},
): Promise<Corrected> {
  if (!steps.some(({ on }) => on)) return { cube, notes: [] };
  // The worker shows a cube first: corrections load with the first of them.
  const { applyChain } = await import('../preprocess/chain.js');
  return withinMemory('the corrected image', () =>
    applyChain(cube, steps, task),
  );
}

/**
 * Mean spectra without and with a chain, over a sample of pixels.
 * @throws UnmixingError `input` naming the correction that fails; `signal.reason` when aborted
 */
export async function meansOf(
  cube: Cube,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<ChainMeans> {
  const { previewChain } = await import('../preprocess/preview.js');
  return previewChain(cube, steps, { signal });
}
