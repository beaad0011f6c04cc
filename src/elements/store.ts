import type { SessionState } from './state.js';

/** The one state, and those who are told when it was replaced: many changes at once are told once. */
export class Store {
  #told = true;

  constructor(
    public state: SessionState,
    private readonly tell: () => void,
  ) {}

  set(patch: Partial<SessionState>): void {
    this.state = { ...this.state, ...patch };
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      this.tell();
    });
  }
}
