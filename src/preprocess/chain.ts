import type { Cube } from '../spectral/cube.js';
import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { type Pace, keepPace } from '../spectral/pace.js';
import { applyStep } from './apply-step.js';
import { misfit } from './check-steps.js';
import { corrections } from './corrections.js';
import type { Step } from './steps.js';

/** What a chain made of a cube. */
export interface Corrected {
  /** The cube given, when nothing was to be done. */
  readonly cube: Cube;
  /** Sentences about what was done or left undone, in order. */
  readonly notes: readonly string[];
}

export interface ChainTask {
  readonly signal?: AbortSignal;
  /** Hears the share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Runs a part of one correction; an error of the user's then names it. */
export async function inStep<T>(
  place: number,
  { kind }: Step,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (!isUnmixingError(cause)) throw cause;
    throw new UnmixingError(
      'input',
      `invalid correction ${place + 1} (${corrections[kind].title}): ${cause.message}`,
      { cause },
    );
  }
}

/**
 * Applies corrections in order. The cube given is not changed: it is copied once, at most, and what follows works in place,
 * or on the smaller cube that a crop, a range or a bin makes.
 * Masked pixels are left as they are and count in no statistics. A value that is not finite is NaN afterwards and touches
 * nothing else: while a correction works, a straight line along the bands stands in its place.
 * @throws UnmixingError `input` when a correction cannot be done on this cube, naming it; `signal.reason` when aborted
 */
export async function applyChain(
  cube: Cube,
  steps: readonly Step[],
  { signal, onProgress }: ChainTask = {},
): Promise<Corrected> {
  const notes: string[] = [];
  const own = (current: Cube): Cube =>
    current.data === cube.data
      ? { ...current, data: cube.data.slice() }
      : current;
  let current = cube;
  let done = 0;
  const rest = keepPace(signal, onProgress);
  for (const [i, step] of steps.entries()) {
    if (!step.on) continue;
    const { title } = corrections[step.kind];
    const why = misfit(step.kind, current.axis);
    if (why !== null) {
      notes.push(`${title}: skipped, as it ${why}.`);
      continue;
    }
    const pace: Pace = (fraction = 0) => {
      // A correction may go over the image more than once.
      done = Math.max(done, (i + fraction) / steps.length);
      return rest(done);
    };
    const note = (sentence: string) => notes.push(`${title}: ${sentence}`);
    const from = current;
    current = await inStep(i, step, () =>
      applyStep(from, step, own, { pace, note }),
    );
  }
  onProgress?.(1);
  return { cube: current, notes };
}
