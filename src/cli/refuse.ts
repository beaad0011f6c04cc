import { UnmixingError } from '../spectral/errors.js';

/** Refuses a command line with a sentence. */
export const fail = (sentence: string): never => {
  throw new UnmixingError('input', sentence);
};

/** Refuses the value of an option. */
export const invalid = (name: string, value: string, want: string): never =>
  fail(`invalid --${name}: ${JSON.stringify(value)} (want ${want})`);
