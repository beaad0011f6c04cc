import type { Preset } from '../engine/options.js';
import type { Preview, Progress, UnmixResult } from '../engine/protocol.js';
import { BrokenEngineError } from '../engine/broken.js';
import { DivergedError } from '../engine/diverged.js';
import type { Engine } from './engine.js';
import { letEventsPass } from '../spectral/pace.js';
import { type EndmemberSet, endmemberName } from '../spectral/unmixing.js';
import type { CubeLayers } from './cube-layers.js';
import { asUnmixingError } from './layering.js';
import type { Keep } from './runs/keep.js';
import { runBefore } from './runs/kept.js';
import type { KeptRun, RunState } from './state.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

export interface JobTask {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onPreview: (preview: Preview) => void;
  /** Endmembers of the result before: those that are found again come in their places. */
  readonly before?: EndmemberSet;
}

/** The endmembers of a result, without its maps. */
const endmembersOf = ({ unmixing }: KeptRun): EndmemberSet => {
  const { axis, names, endmembers, excludedBands } = unmixing;
  return { axis, names, endmembers, excludedBands };
};

/** The run: what it tells while it goes on is shown at most four times a second. */
export class Running {
  #job: AbortController | null = null;
  #settled: RunState = { state: 'idle' };
  #finished = 0;

  /** @param before keeps how things are before a result takes the place of the one on show */
  constructor(
    private readonly store: Store,
    private readonly layers: CubeLayers,
    private readonly engine: Engine,
    private readonly before: (what: string) => void,
  ) {}

  /** How the last run ended, while another goes on. */
  get settled(): RunState {
    const { run } = this.store.state;
    return run.state === 'running' ? this.#settled : run;
  }

  /** An end of a run that comes back: training goes on only from the last that the worker came to. */
  restored(run: RunState): RunState {
    if (run.state === 'done')
      return { ...run, result: this.asOfNow(run.result) };
    if (run.state === 'failed' && run.best)
      return { ...run, best: this.asOfNow(run.best) };
    return run;
  }

  /** A result as it can be gone on from now. */
  asOfNow(result: UnmixResult): UnmixResult {
    return result.resumable && !this.engine.resumes(result)
      ? { ...result, resumable: false }
      : result;
  }

  /**
   * Runs a job to its end; one that was running is given up.
   * @param preset what decides the stages it goes through
   * @param best what it goes on from: it stays when the job fails
   */
  async run(
    preset: Preset,
    best: UnmixResult | null,
    start: (task: JobTask) => Promise<UnmixResult>,
  ): Promise<void> {
    this.#settled = this.settled;
    this.#job?.abort();
    const job = new AbortController();
    this.#job = job;
    const before = runBefore(this.store.state);
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
        ...(before && { before: endmembersOf(before) }),
      });
      told.clear();
      shown.clear();
      preview = null;
      const { keep } = await import('./runs/keep.js');
      if (this.#job === job) await this.#done(keep, result, before, best);
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

  async #done(
    keep: Keep,
    result: UnmixResult,
    before: KeptRun | null,
    best: UnmixResult | null,
  ): Promise<void> {
    const { cube } = this.store.state;
    if (cube.state !== 'ready') return;
    const { abundances } = result.unmixing;
    const kept = keep(this.store.state, {
      result,
      before,
      resumed: before?.unmixing.abundances === best?.unmixing.abundances,
      geometry: cube.summary.geometry,
      at: Date.now(),
    });
    this.before(`run ${(this.#finished += 1)}`);
    const { names } = kept.unmixing;
    await this.layers.showMaps(abundances, names, true, kept.colours);
    this.store.set(kept);
  }

  async #showPreview({ abundances }: Preview): Promise<void> {
    const { cube } = this.store.state;
    if (cube.state !== 'ready') return;
    const { width, height } = cube.summary;
    const count = abundances.length / (width * height);
    const names = Array.from({ length: count }, (_, r) => endmemberName(r));
    // A preview that cannot be drawn is no reason to end the run: its result will tell.
    await this.layers.showMaps(abundances, names).catch(() => undefined);
  }

  /** Shows the maps of the result before, or none. */
  async #restore(): Promise<void> {
    const { unmixing } = this.store.state;
    await this.layers
      .showMaps(unmixing?.abundances ?? null, unmixing?.names ?? [])
      .catch(() => undefined);
  }
}
