import type { Unmixing } from '../spectral/unmixing.js';
import type { Prepared, Solution } from './steps.js';

export function finish(prepared: Prepared, solution: Solution): Unmixing {
  throw new Error(
    `not here yet: ${prepared.dimensions} ${solution.endmembers.length}`,
  );
}
