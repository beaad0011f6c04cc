import type { Preset } from '../engine/options.js';
import type { Preview, Progress, UnmixResult } from '../engine/protocol.js';
import { BrokenEngineError } from '../engine/broken.js';
import { DivergedError } from '../engine/diverged.js';
import type { Engine } from './engine.js';
import { letEventsPass } from '../spectral/pace.js';
import { Layering, asUnmixingError } from './layering.js';
import { nameOf } from './shown.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

export interface JobTask {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onPreview: (preview: Preview) => void;
}

/** The run: what it tells while it goes on is shown at most four times a second. */
export class Running {
  #job: AbortController | null = null;

  constructor(
    private readonly store: Store,
    private readonly layering: Layering,
    private readonly engine: Engine,
  ) {}

  /**
   * Runs a job to its end; one that was running is given up.
   * @param preset what decides the stages it goes through
   * @param best what it goes on from: its names stay, and it stays when the job fails
   */
  async run(
    preset: Preset,
    best: UnmixResult | null,
    start: (task: JobTask) => Promise<UnmixResult>,
  ): Promise<void> {
    this.abort();
    const job = new AbortController();
    this.#job = job;
    const losses: number[] = [];
    let progress: Progress | null = null;
    let preview: Preview | null = null;
    const tell = (): void =>
      this.store.set({
        run: {
          state: 'running',
          preset,
          progress,
          losses: [...losses],
          preview,
        },
      });
    const told = new Throttle<void>(tell);
    const shown = new Throttle<Preview>((next) => {
      preview = next;
      tell();
      // The panel first, then the viewer: both at once would hold the page up.
      void letEventsPass().then(() => {
        if (this.#job === job && preview === next)
          return this.#showPreview(next);
      });
    });
    tell();
    try {
      const result = await start({
        signal: job.signal,
        onProgress: (next) => {
          if (this.#job !== job) return;
          const staged = next.stage !== progress?.stage;
          progress = next;
          const { training } = next;
          if (training && training.epoch > losses.length)
            losses.push(training.loss);
          if (staged) told.clear();
          told.give();
        },
        onPreview: (next) => {
          if (this.#job === job) shown.give(next);
        },
      });
      told.clear();
      shown.clear();
      preview = null;
      if (this.#job === job) await this.#done(result, best);
    } catch (caught) {
      told.clear();
      shown.clear();
      preview = null;
      if (this.#job !== job) return;
      const broken = caught instanceof BrokenEngineError;
      // With nothing else to show, the last preview is the best there is.
      if (!broken || this.store.state.unmixing) await this.#restore();
      // A worker that broke down took the network along: the result stays, but there is nothing to go on from.
      const kept =
        best && this.engine.lost ? { ...best, resumable: false } : best;
      this.store.set({
        run: {
          state: 'failed',
          error: asUnmixingError(caught, 'input'),
          best: caught instanceof DivergedError ? caught.best : kept,
        },
      });
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Ends the run with the best so far. */
  stop(): void {
    if (this.#job) void this.engine.client.stop();
  }

  /** Gives the run up. */
  abort(): void {
    const job = this.#job;
    this.#job = null;
    if (!job) return;
    job.abort();
    this.store.set({ run: { state: 'idle' } });
  }

  async #done(result: UnmixResult, best: UnmixResult | null): Promise<void> {
    const { unmixing } = result;
    const given = best ? this.store.state.unmixing?.names : undefined;
    const names = unmixing.names.map((name, r) => given?.[r] ?? name);
    await this.layering.showMaps(unmixing.abundances, names, true);
    this.store.set({
      run: { state: 'done', result },
      unmixing: { ...unmixing, names },
    });
  }

  async #showPreview({ abundances }: Preview): Promise<void> {
    const { cube } = this.store.state;
    if (cube.state !== 'ready') return;
    const { width, height } = cube.summary;
    const count = abundances.length / (width * height);
    const names = Array.from({ length: count }, (_, r) => nameOf(r));
    // A preview that cannot be drawn is no reason to end the run: its result will tell.
    await this.layering.showMaps(abundances, names).catch(() => undefined);
  }

  /** Shows the maps of the result before, or none. */
  async #restore(): Promise<void> {
    const { unmixing } = this.store.state;
    await this.layering
      .showMaps(unmixing?.abundances ?? null, unmixing?.names ?? [])
      .catch(() => undefined);
  }
}
