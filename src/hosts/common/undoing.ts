import type { Undo } from '../host.js';

/** What a host has done to its viewer, to be taken back one by one or all at once. */
export class Undoing {
  readonly #undos = new Set<Undo>();

  /** Registers what takes something back, and gives it as one that works once. */
  add(action: Undo): Undo {
    const run = (): void => {
      if (this.#undos.delete(run)) action();
    };
    this.#undos.add(run);
    return run;
  }

  /** Takes back everything, the last first. */
  all(): void {
    for (const action of [...this.#undos].reverse()) action();
  }
}

/** Does it now; what it throws rejects. */
export function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
