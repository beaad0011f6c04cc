import { UnmixingError } from '../spectral/errors.js';
import type { UnmixResult } from './protocol.js';

/** The loss is no longer a number; `best` is what was reached before. */
export class DivergedError extends UnmixingError {
  constructor(
    message: string,
    readonly best: UnmixResult,
  ) {
    super('diverged', message);
  }
}
