import { UnmixingError } from '../spectral/errors.js';
import type { Interrupted } from './protocol.js';

/** The worker broke down and took the image along; `reached` is where its training stood, when there was one. */
export class BrokenEngineError extends UnmixingError {
  constructor(
    readonly reason: string,
    readonly reached: Interrupted | null,
  ) {
    super(
      'gpu',
      `The engine broke down (${reason}) and must start anew with the image.`,
    );
  }
}
