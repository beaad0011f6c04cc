import type { CubeSummary } from '../engine/protocol.js';
import type { Window } from '../spectral/axis.js';
import type { Engine } from './engine.js';
import type { Store } from './store.js';

/** The cube and its first picture come first, and windows may still be moving. */
const calm = 600;

/** Asks for the number of endmembers once a cube is ready and the worker has nothing else to do, and again when windows change. */
export class Counting {
  #summary: CubeSummary | null = null;
  #exclude: readonly Window[] | null = null;
  #asked = false;
  #disposed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #call: AbortController | null = null;

  constructor(
    private readonly store: Store,
    private readonly engine: Engine,
    private readonly delay = calm,
  ) {}

  /** To be told whenever the state was replaced. */
  follow(): void {
    if (this.#disposed) return;
    const { cube, request, run, count } = this.store.state;
    const summary =
      cube.state === 'ready' && cube.missing.length === 0 ? cube.summary : null;
    if (summary !== this.#summary || request.exclude !== this.#exclude) {
      this.#end();
      this.#asked = false;
      this.#summary = summary;
      this.#exclude = request.exclude;
      if (count) this.store.set({ count: null });
    }
    if (run.state === 'running') this.#end();
    else if (summary && !this.#asked) {
      this.#asked = true;
      this.#timer = setTimeout(() => {
        void this.#ask(request.exclude);
      }, this.delay);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#end();
  }

  /** Gives up what was asked: unless it was answered, it may be asked again. */
  #end(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = null;
    if (!this.store.state.count) this.#asked = false;
  }

  async #ask(exclude: readonly Window[]): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    const { signal } = call;
    try {
      const count = await this.engine.client.count(exclude, { signal });
      if (!signal.aborted) this.store.set({ count });
    } catch {
      // What cannot be counted cannot be unmixed either: the run tells why.
    }
    if (this.#call === call) this.#call = null;
  }
}
