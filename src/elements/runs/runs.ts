import { doTheSame } from '../../engine/correct.js';
import type { Step } from '../../preprocess/steps.js';
import type { CubeLayers } from '../cube-layers.js';
import { asUnmixingError } from '../layering.js';
import type { Running } from '../running.js';
import type { KeptRun } from '../state.js';
import type { Store } from '../store.js';
import type { RunsAction } from './action.js';
import { keptRuns } from './kept.js';

/** What the kept results of a cube need of it. */
export interface RunsTask {
  readonly store: Store;
  readonly layers: CubeLayers;
  readonly running: Pick<Running, 'asOfNow'>;
  /** Puts a chain of corrections in place of the one before; settles when it is applied or has failed. */
  readonly correct: (steps: readonly Step[]) => Promise<void>;
  /** Keeps how things are, for undo, before `what` is edited. */
  readonly before: (what: string) => void;
}

/** The results of a cube that are kept: which one is on show, what they are called, and how they go. */
export class Runs {
  /** The one that was asked for last. */
  #wanted: string | null = null;

  constructor(private readonly task: RunsTask) {}

  /** Does what an element asked for. */
  async act(action: RunsAction): Promise<void> {
    if (action.act === 'show') await this.show(action.run);
    else if (action.act === 'remove') await this.remove(action.run);
    else this.rename(action.run, action.name);
  }

  /**
   * Shows a result that is kept, with the corrections that it rests on. Not while a run goes on: its previews are on show.
   * What fails is told in the state.
   */
  async show(id: string): Promise<void> {
    const { store, before, correct } = this.task;
    const run = this.#find(id);
    const { shownRun } = store.state;
    if (!run || id === shownRun || !this.#isFree()) return;
    this.#wanted = id;
    before('run on show');
    if (!this.#restsOnThese(run)) await correct(run.steps);
    // Another may have been asked for meanwhile, or its corrections may not be possible any more.
    if (this.#wanted !== id || !this.#isFree() || !this.#restsOnThese(run))
      return;
    await this.#put(run, keptRuns(store.state));
  }

  rename(id: string, name: string): void {
    const { store, before } = this.task;
    if (!this.#find(id)) return;
    before(`name of ${id}`);
    store.set({
      runs: keptRuns(store.state).map((run) =>
        run.id === id ? { ...run, name } : run,
      ),
    });
  }

  /** Throws a result away; when it is on show, the last of the others that rest on the same corrections takes its place. */
  async remove(id: string): Promise<void> {
    const { store, before } = this.task;
    const { shownRun } = store.state;
    if (!this.#find(id) || (id === shownRun && !this.#isFree())) return;
    before(`removal of ${id}`);
    const runs = keptRuns(store.state).filter((run) => run.id !== id);
    if (id !== shownRun) store.set({ runs });
    else
      await this.#put(
        runs.findLast((run) => this.#restsOnThese(run)) ?? null,
        runs,
      );
  }

  #find(id: string): KeptRun | null {
    return keptRuns(this.task.store.state).find((run) => run.id === id) ?? null;
  }

  #isFree(): boolean {
    const { cube, run } = this.task.store.state;
    return cube.state === 'ready' && run.state !== 'running';
  }

  #restsOnThese({ steps }: KeptRun): boolean {
    const { applied, work } = this.task.store.state.chain;
    return work.state === 'idle' && doTheSame(steps, applied);
  }

  async #put(run: KeptRun | null, runs: readonly KeptRun[]): Promise<void> {
    const { store, layers, running } = this.task;
    const unmixing = run?.unmixing ?? null;
    const colours = run?.colours ?? [];
    try {
      await layers.showMaps(
        unmixing?.abundances ?? null,
        unmixing?.names ?? [],
        true,
        colours,
      );
      store.set({
        runs,
        shownRun: run?.id ?? null,
        unmixing,
        colours,
        run: run
          ? { state: 'done', result: running.asOfNow(run.result) }
          : { state: 'idle' },
      });
    } catch (caught) {
      const { cube } = store.state;
      if (cube.state === 'ready')
        store.set({
          cube: { ...cube, error: asUnmixingError(caught, 'host') },
        });
    }
  }
}
