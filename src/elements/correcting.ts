import type { EngineClient } from '../engine/client.js';
import { doTheSame } from '../engine/correct.js';
import type { CubeSummary } from '../engine/protocol.js';
import type { Step } from '../preprocess/steps.js';
import { emptyState } from './empty-state.js';
import type { Engine } from './engine.js';
import { asUnmixingError } from './layering.js';
import { recallChain, rememberChain } from './remember.js';
import type { ChainState } from './state.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

/** A value may still be dragged: the whole image waits for it to rest, the mean spectrum does not. */
const calm = 350; // ms

/** What differs between two chains, in a word: edits of one thing that follow each other are one step back. */
export const changeOf = (
  before: readonly Step[],
  after: readonly Step[],
): string => {
  if (before.length !== after.length) return `chain of ${after.length}`;
  const changed = after.flatMap((step, i) =>
    JSON.stringify(step) === JSON.stringify(before[i]) ? [] : [i],
  );
  return `chain at ${changed.join()}`;
};

/** Applies the chain of corrections as the user changes it. A newer chain ends the work on an older one. */
export class Correcting {
  #job: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #done: Promise<void> = Promise.resolve();
  /** What the worker's cube has: what is on show rests on `applied`, and may come back before the worker does. */
  #held: readonly Step[] = [];
  /** The worker may have finished a job that was given up. */
  #unsure = false;
  #meansWanted = false;
  #meansBusy = false;

  /** @param took shows the cube as it has become */
  constructor(
    private readonly store: Store,
    private readonly engine: Engine,
    private readonly took: (summary: CubeSummary) => Promise<void>,
  ) {}

  /** The worker holds what is on show. */
  adopt(): void {
    this.#held = this.store.state.chain.applied;
  }

  /** Gives a worker that has the cube as it was opened the corrections of what is on show. */
  async reapply(client: EngineClient): Promise<void> {
    const { applied } = this.store.state.chain;
    this.#held = [];
    if (applied.length > 0) await client.correct(applied);
    this.#held = applied;
    this.#unsure = false;
  }

  /**
   * Brings back a chain, and the one that rests beneath what is on show already: the worker catches up with that before its next work.
   */
  restore({ steps, applied }: Pick<ChainState, 'steps' | 'applied'>): void {
    this.#giveUp();
    this.#patch({ steps, applied, work: { state: 'idle' } });
    if (this.#unsure || !doTheSame(applied, this.#held)) {
      const job = new AbortController();
      this.#job = job;
      this.engine.behind((client) => this.#catchUp(client, applied, job));
      this.#done = this.engine
        .restored()
        .catch((caught: unknown) => {
          if (this.#job === job)
            this.#patch({
              work: {
                state: 'failed',
                error: asUnmixingError(caught, 'input'),
              },
            });
        })
        .then(() => {
          if (this.#job === job) this.#job = null;
        });
    }
    this.compare();
    if (!doTheSame(steps, applied)) void this.set(steps);
  }

  async #catchUp(
    client: EngineClient,
    applied: readonly Step[],
    job: AbortController,
  ): Promise<void> {
    const tell = (work: ChainState['work']): void => {
      if (this.#job === job) this.#patch({ work });
    };
    const told = new Throttle<number>((fraction) =>
      tell({ state: 'running', fraction }),
    );
    this.#unsure = true;
    try {
      await client.correct(applied, { onProgress: (done) => told.give(done) });
      this.#unsure = false;
      this.#held = applied;
    } finally {
      told.clear();
      tell({ state: 'idle' });
    }
  }

  /** Another cube, without corrections; those of the last one of its kind are on offer. */
  reset(type: string | null): void {
    this.#giveUp();
    this.#unsure = false;
    this.#held = [];
    const last = type === null ? [] : recallChain(type);
    this.store.set({ chain: { ...emptyState.chain, last } });
  }

  /** Puts a chain in place of the one before; settles when it is applied, has failed, or was replaced. */
  async set(steps: readonly Step[]): Promise<void> {
    if (this.store.state.cube.state !== 'ready') return;
    this.#giveUp();
    const { applied } = this.store.state.chain;
    if (
      !this.#unsure &&
      doTheSame(steps, applied) &&
      doTheSame(steps, this.#held)
    ) {
      this.#patch({ steps, applied: steps, work: { state: 'idle' } });
      this.compare();
      return;
    }
    this.#patch({ steps, work: { state: 'running', fraction: 0 } });
    this.compare();
    const job = new AbortController();
    this.#job = job;
    this.#done = new Promise((resolve) => {
      job.signal.addEventListener('abort', () => resolve());
      this.#timer = setTimeout(() => {
        void this.#apply(steps, job).then(resolve);
      }, calm);
    });
    await this.#done;
  }

  /** Waits for the work that goes on; whether the chain is as the user has it then. */
  async settled(): Promise<boolean> {
    await this.#done;
    if (this.#job) return this.settled();
    return this.store.state.chain.work.state === 'idle';
  }

  /** Gives up what is not applied yet. */
  cancel(): void {
    this.#giveUp();
    const { applied } = this.store.state.chain;
    this.#patch({ steps: applied, work: { state: 'idle' } });
  }

  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#job?.abort();
    this.#job = null;
  }

  #patch(patch: Partial<ChainState>): void {
    this.store.set({ chain: { ...this.store.state.chain, ...patch } });
  }

  async #apply(steps: readonly Step[], job: AbortController): Promise<void> {
    const { signal } = job;
    const told = new Throttle<number>((fraction) =>
      this.#patch({ work: { state: 'running', fraction } }),
    );
    let unsure = this.#unsure;
    try {
      const client = await this.engine.restored();
      signal.throwIfAborted();
      unsure = this.#unsure;
      this.#unsure = true;
      this.engine.forget();
      const summary = await client.correct(steps, {
        signal,
        onProgress: (fraction) => told.give(fraction),
      });
      told.clear();
      this.#unsure = false;
      this.#held = steps;
      const { applied } = this.store.state.chain;
      const { cube } = this.store.state;
      this.#patch({ steps, applied: steps, work: { state: 'idle' } });
      if (cube.state === 'ready') rememberChain(cube.type, steps);
      if (!doTheSame(applied, steps)) await this.took(summary);
    } catch (caught) {
      told.clear();
      if (signal.aborted) return;
      this.#unsure = unsure;
      const error = asUnmixingError(caught, 'input');
      this.#patch({ work: { state: 'failed', error } });
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Asks anew what the chain makes of the mean spectrum. */
  compare(): void {
    this.#meansWanted = true;
    if (!this.#meansBusy) void this.#workMeans();
  }

  /** One call at a time: of the chains that came meanwhile only the last counts. */
  async #workMeans(): Promise<void> {
    this.#meansBusy = true;
    while (this.#meansWanted) {
      this.#meansWanted = false;
      const { steps } = this.store.state.chain;
      try {
        const client = await this.engine.restored();
        const means = steps.length > 0 ? await client.means(steps) : null;
        // Another cube may have come meanwhile, without corrections.
        if (!means || this.store.state.chain.steps.length > 0)
          this.#patch({ means });
      } catch {
        // Applying the chain tells what is wrong with it.
      }
    }
    this.#meansBusy = false;
  }
}
