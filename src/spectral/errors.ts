/** What went wrong, in one word: bad input, a bad file, the GPU, a diverging loss, or the viewer. */
export type ErrorTag = 'input' | 'file' | 'gpu' | 'diverged' | 'host';

/** The one family of errors a user may read: its message is a sentence that says what is wrong and what is allowed. */
export class UnmixingError extends Error {
  override readonly name = 'UnmixingError';
  constructor(
    readonly tag: ErrorTag,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function isUnmixingError(value: unknown): value is UnmixingError {
  return value instanceof UnmixingError;
}

/** An error as plain data, to cross from the worker to the page. */
export interface ErrorData {
  readonly tag: ErrorTag | null;
  readonly message: string;
}

export function toErrorData(error: unknown): ErrorData {
  if (isUnmixingError(error)) return { tag: error.tag, message: error.message };
  return {
    tag: null,
    message: error instanceof Error ? error.message : String(error),
  };
}

export function fromErrorData(data: ErrorData): Error {
  return data.tag === null
    ? new Error(data.message)
    : new UnmixingError(data.tag, data.message);
}
