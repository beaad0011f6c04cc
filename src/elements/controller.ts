import { networkDefaults, unmixDefaults } from '../engine/options.js';
import type { Backend, UnmixRequest } from '../engine/options.js';
import type { CubeDescription, CubeSummary } from '../engine/protocol.js';
import { type Wanted, readInWorker } from '../formats/reader.js';
import { baseName } from '../formats/common/words.js';
import type { Host, Undo } from '../hosts/host.js';
import { parseHex } from '../imaging/colour.js';
import { indexToWorld } from '../imaging/geometry.js';
import type { Point } from '../imaging/geometry.js';
import type { LayerStyle } from '../imaging/layer.js';
import { checkSteps } from '../preprocess/check-steps.js';
import type { Step } from '../preprocess/steps.js';
import type { Window } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Answers, ReadTask } from './asking.js';
import { listenTo } from './bindings.js';
import { classesEntry, classesId } from './class-entry.js';
import { Comparing } from './comparing.js';
import { Correcting, changeOf } from './correcting.js';
import { Counting } from './counting.js';
import { diagnosticEntry, diagnosticMaps } from './diagnostic-maps.js';
import { Edits } from './edits.js';
import type { Edit } from './edits.js';
import { emptyState } from './empty-state.js';
import { Engine } from './engine.js';
import { Fixing } from './fixing.js';
import { Layering } from './layering.js';
import { Opening } from './opening.js';
import type { Parts } from './parts.js';
import { Pointing } from './pointing.js';
import {
  recallClassThreshold,
  recallRequest,
  recallTheme,
  remember,
  rememberRequest,
} from './remember.js';
import { Running } from './running.js';
import { Saving } from './saving.js';
import { readFiles, readVolume, sampleUrls } from './source.js';
import type { Sample } from './source.js';
import type {
  ComparisonState,
  CubeDisplay,
  SaveRequest,
  SessionState,
} from './state.js';
import { Store } from './store.js';

export interface ControllerOptions {
  readonly host: Host;
  /** Where the worker lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Where reader-worker.js lies, when not next to the worker. */
  readonly readerUrl?: string | URL;
  /** Folder of the wasm files of the backends and of itk-wasm. */
  readonly assets?: string;
  /** Data sets that lie next to the page. */
  readonly sample?: readonly Sample[];
}

/** Where the reader lies: as said, else beside the worker, else beside the module that starts it. */
const readerBeside = ({
  readerUrl,
  workerUrl,
}: ControllerOptions): string | URL | undefined =>
  readerUrl ??
  (workerUrl && new URL('reader-worker.js', new URL(workerUrl, location.href)));

/**
 * Holds the running session: the viewer, the worker, the files, and the one state that the elements draw.
 * Its methods do what the user asked for and settle when it is done; what goes wrong is told in the state.
 * @fires unmixing-change - the state was replaced; many changes at once are told once
 */
export class UnmixingController extends EventTarget {
  readonly #host: Host;
  readonly #store: Store;
  readonly #engine: Engine;
  readonly #layering: Layering;
  readonly #correcting: Correcting;
  readonly #opening: Opening;
  readonly #running: Running;
  readonly #pointing: Pointing;
  readonly #comparing: Comparing;
  readonly #counting: Counting;
  readonly #saving: Saving;
  readonly #fixing: Fixing;
  readonly #edits = new Edits();
  readonly #undos: Undo[] = [];
  readonly #end = new AbortController();
  /** What the concerns that load on first use are made with. */
  readonly parts: Parts;

  constructor(private readonly options: ControllerOptions) {
    super();
    const { host, workerUrl, assets } = options;
    this.#host = host;
    this.#store = new Store(
      {
        ...emptyState,
        viewer: {
          id: host.id,
          version: host.version,
          capabilities: host.capabilities,
        },
        classThreshold: recallClassThreshold(),
        request: { ...emptyState.request, ...recallRequest() },
        theme: recallTheme(),
      },
      () => {
        this.#counting.follow();
        this.#comparing.follow();
        this.dispatchEvent(new Event('unmixing-change'));
      },
    );
    this.#engine = new Engine({ workerUrl, assets });
    this.#layering = new Layering(this.#store, host);
    this.parts = {
      store: this.#store,
      layering: this.#layering,
      host,
      ended: this.#end.signal,
      before: (what) => this.#before(what),
    };
    this.#comparing = new Comparing(this.#store, host);
    this.#running = new Running(this.#store, this.#layering, this.#engine);
    this.#pointing = new Pointing(this.#store, this.#engine);
    this.#counting = new Counting(this.#store, this.#engine);
    this.#saving = new Saving(this.#store, this.#engine, readerBeside(options));
    this.#fixing = new Fixing(
      this.#store,
      (files, signal) =>
        readInWorker({ files }, { signal, ...this.#readers() }),
      (fixed) => this.setRequest({ fixed }),
    );
    this.#correcting = new Correcting(this.#store, this.#engine, (summary) =>
      this.#tookCorrected(summary),
    );
    this.#opening = new Opening(
      this.#store,
      this.#layering,
      this.#engine,
      host,
      this.#correcting,
      () => this.#forgetResult(),
    );
    this.#undos.push(host.onPick((pick) => this.#pointing.picked(pick)));
    if (host.capabilities.has('volumes')) {
      const list = (): void => void this.#listVolumes();
      this.#undos.push(host.onVolumesChanged(list));
      list();
    }
  }

  get state(): SessionState {
    return this.#store.state;
  }

  /**
   * Opens files: a cube takes the place of the one before, pictures are added beneath it.
   * @param files may still be gathered, as those of a folder that was dropped
   */
  async open(files: readonly File[] | Promise<readonly File[]>): Promise<void> {
    const name = 'then' in files ? 'files' : (files[0]?.name ?? '');
    await this.#opened(name, async (task, answers) =>
      this.#readFiles({ files: await files }, task, answers),
    );
  }

  /** Opens what lies at an address of the web. */
  async openUrl(url: string): Promise<void> {
    const name = baseName(url.replace(/\/+$/, ''));
    await this.#opened(name, (task, answers) =>
      this.#readFiles({ urls: [url] }, task, answers),
    );
  }

  /** Takes one of several things that could be the cube, by its id. */
  async choose(choice: string): Promise<void> {
    await this.#opening.choose(choice);
    this.#afterOpening();
  }

  /** Takes a volume of the viewer as the cube. */
  async openVolume(id: string): Promise<void> {
    const name = this.state.volumes.find((one) => one.id === id)?.name ?? id;
    await this.#opened(name, (task) => readVolume(this.#host, id, task));
  }

  /** Opens one of the samples that were given, by its place in the list. */
  async openSample(index: number): Promise<void> {
    const sample = this.options.sample?.[index];
    if (!sample) return;
    await this.#opened(sample.name, async (task, answers) =>
      this.#readFiles({ urls: sampleUrls(sample) }, task, answers),
    );
  }

  #readFiles(wanted: Wanted, task: ReadTask, answers: Answers) {
    return readFiles(wanted, { ...task, ...this.#readers() }, answers);
  }

  /** Where what reads files lies. */
  #readers() {
    const itkAssets = this.options.assets;
    return { itkAssets, readerUrl: readerBeside(this.options) };
  }

  async #opened(...source: Parameters<Opening['open']>): Promise<void> {
    await this.#opening.open(...source);
    this.#afterOpening();
  }

  #afterOpening(): void {
    if (this.state.cube.state === 'ready') void this.#findBackends();
  }

  async #findBackends(): Promise<void> {
    if (this.state.backends) return;
    try {
      this.#store.set({ backends: await this.#engine.client.backends() });
    } catch {
      // Not known: every backend stays on offer, and a run tells when one does not work.
    }
  }

  /** Says what the file left out. Results that rest on another answer are put away. */
  async describe(description: CubeDescription): Promise<void> {
    await this.#opening.describe(description);
  }

  /**
   * Puts a chain of corrections in place of the one before; an empty one takes all of them away. Results that rest on the
   * former are put away once it is applied. When a correction fails, the cube stays as it was.
   * @throws UnmixingError `input` naming the correction whose values cannot be
   */
  async correct(steps: readonly Step[]): Promise<void> {
    const { cube, chain } = this.state;
    if (cube.state !== 'ready') return;
    const checked = checkSteps(steps);
    this.#before(changeOf(chain.steps, checked));
    await this.#correcting.set(checked);
  }

  async #tookCorrected(summary: CubeSummary): Promise<void> {
    const { pointer } = this.state;
    this.#dropResult();
    await this.#opening.take(summary);
    if (pointer?.pinned) this.#pointing.pin(pointer.world);
  }

  /** Shows the cube in false colour or as one band. */
  async setDisplay(display: CubeDisplay): Promise<void> {
    await this.#opening.setDisplay(display);
  }

  setRequest(patch: Partial<UnmixRequest>): void {
    this.#before(`request ${Object.keys(patch).join()}`);
    const request = { ...this.state.request, ...patch };
    this.#store.set({ request });
    rememberRequest(request);
  }

  /** Reads spectra from files, for the next run to hold fixed. */
  fix(files: readonly File[]): Promise<void> {
    return this.#fixing.add(files);
  }

  /** Lets the next run hold an endmember of this result fixed, or no longer. */
  fixEndmember(endmember: number, on: boolean): void {
    this.#fixing.endmember(endmember, on);
  }

  /** Leaves these windows out of the next run. */
  exclude(windows: readonly Window[]): void {
    this.setRequest({ exclude: windows });
  }

  /** Runs the request; on another backend than it asks for when one is given. */
  async unmix(backend?: Backend): Promise<void> {
    if (!(await this.#correcting.settled())) return;
    const { cube } = this.state;
    if (cube.state !== 'ready' || cube.missing.length > 0) return;
    // Not remembered: the next session may find its first choice again.
    if (backend)
      this.#store.set({ request: { ...this.state.request, backend } });
    const { request } = this.state;
    await this.#ran(request.preset ?? unmixDefaults.preset, null, (task) =>
      this.#engine.unmix(request, task),
    );
  }

  /** Ends the run with the best so far; while files are read or asked about, gives them up. */
  stop(): void {
    const { state } = this.state.cube;
    if (state === 'opening' || state === 'asking') this.#opening.cancel();
    else this.#running.stop();
  }

  /** Puts away the sentence that tells what failed beside a cube that is open. */
  dismiss(): void {
    const { cube } = this.state;
    if (cube.state === 'ready')
      this.#store.set({ cube: { ...cube, error: null } });
  }

  /** Goes on training from the result, for as many epochs as the preset has when none are given. */
  async resume(epochs?: number): Promise<void> {
    const { run, request } = this.state;
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
    await this.#ran(preset, best, (task) =>
      this.#engine.client.resume(more, task),
    );
  }

  async #ran(...job: Parameters<Running['run']>): Promise<void> {
    const first = this.state.unmixing === null;
    await this.#running.run(...job);
    if (first) await this.#calmCube();
    this.#edits.clear();
    this.#tellEdits();
  }

  /** Under the first maps, and with no picture there, false colour gives way to grey: the strongest band. */
  async #calmCube(): Promise<void> {
    const { cube, display, pictures, unmixing } = this.state;
    if (
      cube.state === 'ready' &&
      unmixing &&
      display.mode === 'false-colour' &&
      pictures.length === 0
    ) {
      const { mean } = cube.summary;
      await this.setDisplay({
        mode: 'band',
        band: mean.indexOf(Math.max(...mean.filter(Number.isFinite))),
      });
    }
  }

  /** Writes maps, endmembers or the cube into a file and hands it to the browser. */
  save(request: SaveRequest): Promise<void> {
    return this.#saving.save(request);
  }

  /** Changes how one layer is drawn. */
  setStyle(layer: string, patch: Partial<LayerStyle>): void {
    this.#before(`style ${layer} ${Object.keys(patch).join()}`);
    void this.#layering.setStyle(layer, patch);
  }

  /** Puts the layers in another order: ids, top-most first. The maps of the endmembers stay together. */
  setOrder(ids: readonly string[]): void {
    this.#before('order');
    void this.#layering.setOrder(ids);
  }

  /** Blends all abundances into one layer, or shows them one by one. */
  setComposite(on: boolean): void {
    this.#before('composite');
    void this.#layering.setComposite(on);
  }

  rename(endmember: number, name: string): void {
    const { unmixing } = this.state;
    if (!unmixing || endmember >= unmixing.names.length) return;
    this.#before('name');
    this.#name(unmixing.names.with(endmember, name));
  }

  #name(names: readonly string[]): void {
    const { unmixing } = this.state;
    if (unmixing?.names.length !== names.length) return;
    this.#store.set({ unmixing: { ...unmixing, names } });
    void this.#layering.edit((layers) =>
      layers.map((layer) =>
        layer.endmember === null
          ? layer
          : { ...layer, name: names[layer.endmember] },
      ),
    );
  }

  /** @throws UnmixingError `input` unless the colour reads #rrggbb */
  recolour(endmember: number, colour: string): void {
    const rgb = parseHex(colour);
    const layer = this.state.layers.find((one) => one.endmember === endmember);
    if (layer) this.setStyle(layer.id, { colour: rgb });
  }

  select(endmember: number | null): void {
    this.#store.set({ selected: endmember });
  }

  /** Shows a map that tells about the result, over all others. */
  async addMap(id: string): Promise<void> {
    const { unmixing, cube, layers } = this.state;
    if (!unmixing || cube.state !== 'ready') return;
    if (layers.some((layer) => layer.id === id)) {
      this.setStyle(id, { visible: true });
      return;
    }
    const map = diagnosticMaps(unmixing).find((one) => one.id === id);
    const entry =
      id === classesId
        ? classesEntry(unmixing, this.state, cube.summary)
        : map && diagnosticEntry(map, unmixing.mask, cube.summary);
    if (entry) await this.#layering.edit((all) => [entry, ...all]);
  }

  /**
   * Sets the least share of a pixel with which a material is its class.
   * @throws UnmixingError `input` unless it is from 0 to 1
   */
  setClassThreshold(share: number): void {
    if (!(share >= 0 && share <= 1))
      throw new UnmixingError(
        'input',
        `invalid class threshold: ${share} (want a share from 0 to 1)`,
      );
    this.#before('class threshold');
    this.#store.set({ classThreshold: share });
    remember('class threshold', share);
    void this.#layering.edit((layers) => layers);
  }

  /** Lets the viewer show two layers against each other, where it can; null ends that. */
  compare(comparison: ComparisonState | null): void {
    if (this.#host.capabilities.has('compare')) this.#store.set({ comparison });
  }

  /** Throws a picture or a map about the result away; the cube's own layers are hidden instead. */
  removeLayer(id: string): void {
    const { layers, pictures } = this.state;
    const layer = layers.find((one) => one.id === id);
    if (!layer) return;
    if (layer.role === 'cube' || layer.role === 'abundance') {
      this.setStyle(id, { visible: false });
      return;
    }
    const { image } = layer;
    this.#store.set({
      pictures: pictures.filter(
        ({ data }) => image.kind !== 'rgba' || data !== image.data,
      ),
    });
    void this.#layering.edit((all) => all.filter((one) => one.id !== id));
  }

  /** Puts the cube away, and all that came of it. Pictures stay. */
  closeCube(): void {
    this.#opening.abort();
    this.#forgetResult();
    this.#correcting.reset(null);
    this.#engine.release();
    this.#store.set({
      cube: { state: 'none' },
      display: emptyState.display,
      request: { ...this.state.request, exclude: [], fixed: [] },
    });
    void this.#layering.edit((layers) =>
      layers.filter(({ role }) => role === 'picture'),
    );
  }

  #forgetResult(): void {
    this.#fixing.abort();
    this.#edits.clear();
    this.#tellEdits();
    this.#dropResult();
  }

  /** Puts away what rests on the cube as it was; what the user did before can still be taken back. */
  #dropResult(): void {
    this.#running.abort();
    this.#store.set({
      run: { state: 'idle' },
      unmixing: null,
      colours: [],
      selected: null,
      pointer: null,
    });
  }

  undo(): void {
    this.#take(this.#edits.undo(this.#now()));
  }

  redo(): void {
    this.#take(this.#edits.redo(this.#now()));
  }

  #now(): Edit {
    const { request, chain, unmixing, layers } = this.state;
    return {
      request,
      steps: chain.steps,
      names: unmixing?.names ?? [],
      layers: layers.map(({ id, style }) => ({ id, style })),
      composite: this.#layering.composite,
      classThreshold: this.state.classThreshold,
    };
  }

  #before(what: string): void {
    this.#edits.before(what, this.#now());
    this.#tellEdits();
  }

  #take(edit: Edit | null): void {
    if (!edit) return;
    const { request, classThreshold } = edit;
    this.#store.set({ request, classThreshold });
    if (edit.steps !== this.state.chain.steps)
      void this.#correcting.set(edit.steps);
    this.#name(edit.names);
    void this.#layering.restore(edit);
    this.#tellEdits();
  }

  #tellEdits(): void {
    const { canUndo, canRedo } = this.#edits;
    this.#store.set({ canUndo, canRedo });
  }

  /** Holds the pixel at a position of the viewer's world. */
  pin(world: Point): void {
    this.#pointing.pin(world);
  }

  /** Holds a pixel of the cube, by its place in it; the nearest where that lies outside. */
  pinPixel(x: number, y: number): void {
    const { cube } = this.state;
    if (cube.state !== 'ready') return;
    const { geometry, width, height } = cube.summary;
    const held = (value: number, size: number): number =>
      Math.min(size - 1, Math.max(0, Math.round(value)));
    this.pin(indexToWorld(geometry, [held(x, width), held(y, height), 0]));
  }

  /** Lets go of the pixel that is held. */
  unpin(): void {
    this.#pointing.unpin();
  }

  setTheme(theme: SessionState['theme']): void {
    remember('theme', theme);
    this.#store.set({ theme });
  }

  async #listVolumes(): Promise<void> {
    try {
      this.#store.set({ volumes: await this.#host.volumes() });
    } catch {
      this.#store.set({ volumes: [] });
    }
  }

  /** Does what the elements inside `target` ask for. */
  listen(target: EventTarget): Undo {
    return listenTo(target, this);
  }

  /** Ends the worker and takes all layers from the viewer; the viewer itself stays. */
  dispose(): void {
    this.#end.abort();
    this.#counting.dispose();
    this.#correcting.cancel();
    this.#opening.abort();
    this.#fixing.abort();
    this.#running.abort();
    for (const undo of this.#undos.splice(0)) undo();
    void this.#comparing.end();
    this.#layering.dispose();
    this.#engine.release();
  }
}
