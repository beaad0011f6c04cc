import { networkDefaults, unmixDefaults } from '../engine/options.js';
import type { Backend, UnmixRequest } from '../engine/options.js';
import { readInWorker } from '../formats/reader.js';
import type { Host } from '../hosts/host.js';
import { checkSteps } from '../preprocess/check-steps.js';
import type { Step } from '../preprocess/steps.js';
import { classesEntry, classesId } from './class-entry.js';
import { Correcting, changeOf } from './correcting.js';
import { Counting } from './counting.js';
import { CubeLayers } from './cube-layers.js';
import { diagnosticEntry, diagnosticMaps } from './diagnostic-maps.js';
import type { CubeEdit } from './edits.js';
import { afterNaming } from './endmembers/after-edit.js';
import { Engine } from './engine.js';
import { Fixing } from './fixing.js';
import type { Layering } from './layering.js';
import { layerId } from './entries.js';
import { lazily } from './lazily.js';
import { Opening } from './opening.js';
import type { OpeningTask } from './opening.js';
import type { Pictures } from './pictures.js';
import type { PreparedCube } from './prepared.js';
import { withPixelSize } from './pixel-size.js';
import { Pointing } from './pointing.js';
import { rememberRequest } from './remember.js';
import { Running } from './running.js';
import { keptRuns } from './runs/kept.js';
import { Saving } from './saving.js';
import type { CubeDisplay } from './state.js';
import type { Store } from './store.js';

/** What the cubes of a session have in common. */
export interface Surroundings {
  readonly layering: Layering;
  readonly pictures: Pictures;
  readonly host: Host;
  readonly engine: ConstructorParameters<typeof Engine>[0];
  /** Where what reads and writes files lies. */
  readonly readers: {
    readonly itkAssets: string | undefined;
    readonly readerUrl: string | URL | undefined;
  };
  readonly before: (what: string) => void;
}

/** One cube of the session with its worker, and all that is done with it: it goes on whichever cube the panel is about. */
export class SessionCube {
  readonly engine: Engine;
  readonly layers: CubeLayers;
  readonly opening: Opening;
  readonly pointing: Pointing;
  readonly fixing: Fixing;
  readonly saving: Saving;
  readonly running: Running;
  /** Its results that are kept. */
  readonly runs = lazily(async () => {
    const { Runs } = await import('./runs/runs.js');
    return new Runs({
      store: this.store,
      layers: this.layers,
      running: this.running,
      correct: (steps) => this.#correcting.set(steps),
      before: (what) => this.#before(what),
    });
  });
  /** Edits of the endmembers of its result. */
  readonly endmembers = lazily(async () => {
    const { EndmemberEditing } =
      await import('./endmembers/editing-endmembers.js');
    const { layers, engine, around } = this;
    return new EndmemberEditing({
      ...{ store: this.store, layers, engine },
      read: (files, signal) =>
        readInWorker({ files }, { signal, ...around.readers }),
      before: (what) => this.#before(what),
    });
  });
  readonly #correcting: Correcting;
  readonly #counting: Counting;

  /**
   * @param store of this cube
   * @param engine that holds it already; null for one that is still to come
   */
  constructor(
    readonly id: string,
    readonly store: Store,
    engine: Engine | null,
    private readonly around: Surroundings,
    task: Pick<OpeningTask, 'cameToNothing' | 'arrived'>,
  ) {
    const { layering, pictures, host, readers } = around;
    this.engine = engine ?? new Engine(around.engine);
    this.layers = new CubeLayers(id, store, layering);
    this.running = new Running(store, this.layers, this.engine, (what) =>
      this.#before(what),
    );
    this.pointing = new Pointing(store, this.engine);
    this.#counting = new Counting(store, this.engine);
    this.saving = new Saving(store, this.engine, readers.readerUrl);
    this.fixing = new Fixing(
      store,
      (files, signal) => readInWorker({ files }, { signal, ...readers }),
      (fixed) => this.setRequest({ fixed }),
    );
    this.#correcting = new Correcting(store, this.engine, async (summary) => {
      const { pointer } = store.state;
      this.#dropResult();
      await this.opening.take(summary);
      if (pointer?.pinned) this.pointing.pin(pointer.world);
    });
    this.opening = new Opening(
      store,
      this.layers,
      pictures,
      this.engine,
      host,
      this.#correcting,
      {
        ...task,
        before: (what) => this.#before(what),
        forget: () => this.#forgetResult(),
      },
    );
  }

  /** Takes over a cube that was made ready elsewhere. */
  adopt({
    reading,
    said,
    lacks,
  }: Pick<PreparedCube, 'reading' | 'said' | 'lacks'>): void {
    if (reading) this.opening.keep(reading, said);
    else
      this.opening.lack(said, lacks ?? 'The files of this image are not here.');
    this.#correcting.adopt();
  }

  /** To be told whenever the state was replaced. */
  follow(): void {
    this.#counting.follow();
  }

  #before(what: string): void {
    this.around.before(`${what} of ${this.id}`);
  }

  setRequest(patch: Partial<UnmixRequest>): void {
    this.#before(`request ${Object.keys(patch).join()}`);
    const request = { ...this.store.state.request, ...patch };
    this.store.set({ request });
    rememberRequest(request);
  }

  /**
   * Puts a chain of corrections in place of the one before.
   * @throws UnmixingError `input` naming the correction whose values cannot be
   */
  async correct(steps: readonly Step[]): Promise<void> {
    const { cube, chain } = this.store.state;
    if (cube.state !== 'ready') return;
    const checked = checkSteps(steps);
    this.#before(changeOf(chain.steps, checked));
    await this.#correcting.set(checked);
  }

  /** Says how wide its pixels are, in µm, where the file does not; results stay. */
  async setPixelSize(size: number): Promise<void> {
    const sized = withPixelSize(this.store.state, this.id, size);
    if (!sized) return;
    this.#before('pixel size');
    this.store.set(sized.own);
    this.pointing.follow();
    await this.around.layering.edit(sized.layers);
  }

  async setDisplay(display: CubeDisplay): Promise<void> {
    this.#before('display');
    await this.opening.setDisplay(display);
  }

  /** Runs the request; on another backend than it asks for when one is given. */
  async unmix(backend?: Backend): Promise<void> {
    if (!(await this.#correcting.settled())) return;
    const { cube } = this.store.state;
    if (cube.state !== 'ready' || cube.missing.length > 0) return;
    // Not remembered: the next session may find its first choice again.
    if (backend)
      this.store.set({ request: { ...this.store.state.request, backend } });
    const { request } = this.store.state;
    await this.#ran(request.preset ?? unmixDefaults.preset, null, (task) =>
      this.engine.unmix(request, task),
    );
  }

  /** Goes on training from the result, for as many epochs as the preset has when none are given. */
  async resume(epochs?: number): Promise<void> {
    const { run, request } = this.store.state;
    const best =
      run.state === 'done'
        ? run.result
        : run.state === 'failed'
          ? run.best
          : null;
    if (!best?.resumable) return;
    const { preset } = best.report.options;
    const more =
      epochs ?? request.network?.epochs ?? networkDefaults[preset].epochs;
    await this.#ran(preset, best, (task) => this.engine.resume(more, task));
  }

  async #ran(...job: Parameters<Running['run']>): Promise<void> {
    const first = this.store.state.unmixing === null;
    this.store.set({ editing: { state: 'idle' } });
    await this.running.run(...job);
    if (first) await this.#calm();
  }

  /** Under the first maps, and with no picture there, false colour gives way to grey: the strongest band. */
  async #calm(): Promise<void> {
    const { cube, display, pictures, unmixing } = this.store.state;
    if (
      cube.state === 'ready' &&
      unmixing &&
      display.mode === 'false-colour' &&
      pictures.length === 0
    ) {
      const { mean } = cube.summary;
      await this.opening.setDisplay({
        mode: 'band',
        band: mean.indexOf(Math.max(...mean.filter(Number.isFinite))),
      });
    }
  }

  /** Ends the run with the best so far; while files are read or asked about, gives them up. */
  stop(): void {
    const { state } = this.store.state.cube;
    if (state === 'opening' || state === 'asking') this.opening.cancel();
    else this.running.stop();
  }

  rename(endmember: number, name: string): void {
    const named = afterNaming(this.store.state, endmember, name);
    if (!named?.unmixing) return;
    this.#before('name');
    this.store.set(named);
    void this.layers.nameMaps(named.unmixing.names);
  }

  setClassThreshold(share: number): void {
    this.#before('class threshold');
    this.store.set({ classThreshold: share });
    void this.around.layering.edit((layers) => layers);
  }

  /** Shows a map that tells about the result, over all others. */
  async addMap(id: string): Promise<void> {
    const { unmixing, cube } = this.store.state;
    if (!unmixing || cube.state !== 'ready') return;
    const map = diagnosticMaps(unmixing).find((one) => one.id === id);
    const entry =
      id === classesId
        ? classesEntry(this.id, unmixing, this.store.state, cube.summary)
        : map && diagnosticEntry(this.id, map, unmixing.mask, cube.summary);
    if (!entry) return;
    this.#before(`map ${layerId(this.id, id)}`);
    await this.around.layering.edit((all) => [entry, ...all]);
  }

  #forgetResult(): void {
    this.fixing.abort();
    this.#dropResult();
    this.store.set({ runs: [] });
  }

  /** Puts away what rests on the cube as it was; what the user did before can still be taken back. */
  #dropResult(): void {
    this.running.abort();
    this.store.set({
      run: { state: 'idle' },
      editing: { state: 'idle' },
      runs: keptRuns(this.store.state),
      unmixing: null,
      shownRun: null,
      colours: [],
      selected: null,
      pointer: null,
    });
  }

  /** All that can be edited, as it is; null while no cube is open. */
  edit(): CubeEdit | null {
    const { state } = this.store;
    const { cube, chain } = state;
    if (cube.state !== 'ready') return null;
    return {
      cube,
      steps: chain.steps,
      applied: chain.applied,
      said: this.opening.said,
      display: state.display,
      request: state.request,
      unmixing: state.unmixing,
      run: this.running.settled,
      runs: state.runs,
      shownRun: state.shownRun,
      colours: state.colours,
      classThreshold: state.classThreshold,
    };
  }

  /** Brings an edit back: what is on show at once, the worker follows. */
  restore({ steps, applied, said, ...edit }: CubeEdit): void {
    const { cube, chain, run, selected, pointer } = this.store.state;
    if (cube.state !== 'ready') return;
    // One whose pixels have another size is the same image.
    const moved = edit.cube.summary.mean !== cube.summary.mean;
    if (moved) this.running.abort();
    this.opening.restore(said);
    const count = edit.unmixing?.names.length ?? 0;
    this.store.set({
      ...edit,
      cube: edit.cube.error ? { ...edit.cube, error: null } : edit.cube,
      run:
        run.state === 'running' && !moved
          ? run
          : this.running.restored(edit.run),
      selected: selected !== null && selected < count ? selected : null,
    });
    if (steps !== chain.steps || applied !== chain.applied)
      this.#correcting.restore({ steps, applied });
    if (!moved) this.pointing.follow();
    else {
      this.store.set({ pointer: null });
      if (pointer?.pinned) this.pointing.pin(pointer.world);
    }
  }

  /** A picture of the cube that was not there yet when an edit was kept comes now. */
  settle(): void {
    const { cube, display } = this.store.state;
    if (cube.state === 'ready' && !this.layers.shows(display))
      void this.opening.setDisplay(display);
  }

  /** Ends the worker and all that goes on; layers stay. */
  dispose(): void {
    this.#counting.dispose();
    this.#correcting.cancel();
    this.opening.abort();
    this.fixing.abort();
    this.running.abort();
    this.saving.dispose();
    this.engine.release();
  }
}
