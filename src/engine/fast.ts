import type { Random } from '../spectral/random.js';
import type { Prepared, Solution, StepTask } from './steps.js';

export async function solveFast(
  prepared: Prepared,
  random: Random,
  task: StepTask,
): Promise<Solution> {
  await Promise.resolve();
  task.signal?.throwIfAborted();
  throw new Error(`not here yet: ${prepared.dimensions} ${random.uniform()}`);
}
