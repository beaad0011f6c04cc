import type { Cube } from '../spectral/cube.js';
import type { UnmixOptions } from './options.js';
import type { Prepared, StepTask } from './steps.js';

export async function prepare(
  cube: Cube,
  options: UnmixOptions,
  task: StepTask,
): Promise<Prepared> {
  await Promise.resolve();
  task.signal?.throwIfAborted();
  throw new Error(`not here yet: ${cube.name} ${options.preset}`);
}
