import type { Backend, UnmixRequest } from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import { baseName } from '../formats/common/words.js';
import type { Wanted } from '../formats/reader.js';
import type { Host, Pick, Undo } from '../hosts/host.js';
import type { Affine } from '../imaging/affine.js';
import { parseHex } from '../imaging/colour.js';
import { inUnit, indexToWorld, pixelSized } from '../imaging/geometry.js';
import type { Point } from '../imaging/geometry.js';
import type { LayerStyle } from '../imaging/layer.js';
import type { Step } from '../preprocess/steps.js';
import type { Window } from '../spectral/axis.js';
import { isSessionFile } from '../session/document/look.js';
import { UnmixingError } from '../spectral/errors.js';
import { letEventsPass } from '../spectral/pace.js';
import type { Answers, ReadTask } from './asking.js';
import { listenTo } from './bindings.js';
import { Cubes } from './cubes.js';
import { Editing } from './editing.js';
import { emptyState } from './empty-state.js';
import type { EndmemberEditing } from './endmembers/editing-endmembers.js';
import { layerId, ordered } from './entries.js';
import { Layering } from './layering.js';
import { lazily } from './lazily.js';
import type { Parts } from './parts.js';
import { Pictures } from './pictures.js';
import {
  cubeGeometry,
  isRegistered,
  placementsWithout,
  worldUnit,
} from './placements.js';
import {
  recallClassThreshold,
  recallRequest,
  recallTheme,
  remember,
  rememberRequest,
} from './remember.js';
import type { CubeSource, PreparedCube, SharedPart } from './prepared.js';
import type { Surroundings } from './session-cube.js';
import type { Runs } from './runs/runs.js';
import { readFiles, readVolume, sampleUrls } from './source.js';
import type { Sample } from './source.js';
import type {
  ComparisonState,
  CubeDisplay,
  LayerEntry,
  SaveRequest,
  SessionState,
} from './state.js';
import { SessionStore } from './store.js';

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
  /** Whether sessions may be kept in the browser's storage, as the user has it. Default true. */
  readonly keepSessions?: boolean;
}

const beside = (workerUrl: string | URL, name: string): URL =>
  new URL(name, new URL(workerUrl, location.href));

/** Where the reader lies: as said, else beside the worker, else beside the module that starts it. */
const readerBeside = ({
  readerUrl,
  workerUrl,
}: ControllerOptions): string | URL | undefined =>
  readerUrl ?? (workerUrl && beside(workerUrl, 'reader-worker.js'));

/**
 * Holds the running session: the viewer, the cubes with their workers, the files, and the one state that the elements draw.
 * Its methods do what the user asked for and settle when it is done; what goes wrong is told in the state. Those that name no
 * cube are about the active one.
 * @fires unmixing-change - the state was replaced; many changes at once are told once
 */
export class UnmixingController extends EventTarget {
  readonly #host: Host;
  readonly #store: SessionStore;
  readonly #layering: Layering;
  readonly #pictures: Pictures;
  readonly #editing: Editing;
  readonly #cubes: Cubes;
  readonly #readers: Surroundings['readers'];
  readonly #undos: Undo[] = [];
  readonly #end = new AbortController();
  /** What the concerns that load on first use are made with. */
  readonly parts: Parts;
  /** What shows a comparison; it follows the state from then on. */
  readonly #comparing = lazily(async () => {
    const { Comparing } = await import('./compare/comparing.js');
    return new Comparing(this);
  });

  /** Brings images onto each other. */
  readonly registering = lazily(async () => {
    const { Registering } = await import('./register/registering.js');
    const { assets, workerUrl } = this.options;
    return new Registering(this.parts, {
      ...(assets !== undefined && { assets }),
      ...(workerUrl !== undefined && {
        workerUrl: beside(workerUrl, 'registration-worker.js'),
      }),
    });
  });

  /** Compares endmembers with libraries of references. */
  readonly identifying = lazily(async () => {
    const { Identifying } = await import('./identify/identifying.js');
    const { workerUrl } = this.options;
    const identifying = new Identifying(this.parts, {
      ...this.#readers,
      ...(workerUrl !== undefined && {
        workerUrl: beside(workerUrl, 'identify-worker.js'),
      }),
    });
    await identifying.start();
    return identifying;
  });

  /** Saves, opens and keeps the session as a whole. */
  readonly sessions = lazily(async () => {
    const { Sessions } = await import('./sessions/sessions.js');
    const { assets, workerUrl, keepSessions = true } = this.options;
    const sessions = new Sessions(this.parts, {
      part: (id) => this.#store.part(id),
      sourceOf: (id) => this.sourceOf(id),
      composite: () => this.#layering.composite,
      swap: (...session) => this.swap(...session),
      pin: (id, world) => this.#cubes.find(id)?.pointing.pin(world),
      engine: { workerUrl, assets },
      read: (...source) => this.#read(...source),
      readerUrl: this.#readers.readerUrl,
      mayKeep: keepSessions,
    });
    await sessions.start();
    return sessions;
  });

  constructor(private readonly options: ControllerOptions) {
    super();
    const { host, workerUrl, assets } = options;
    this.#host = host;
    this.#readers = { itkAssets: assets, readerUrl: readerBeside(options) };
    this.#store = new SessionStore(
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
        ...(options.keepSessions === false && {
          sessions: { ...emptyState.sessions, keeps: null },
        }),
      },
      () => {
        this.#cubes.follow();
        if (this.state.comparison)
          this.#comparing().catch(() => this.compare(null));
        // Libraries that are kept are searched for whatever is found; without what does so there are none.
        if (this.state.unmixing) this.identifying().catch(() => undefined);
        this.dispatchEvent(new Event('unmixing-change'));
      },
    );
    this.#layering = new Layering(this.#store, host);
    this.#editing = new Editing(this.#store, this.#layering, () => this.#cubes);
    const before = (what: string): void => this.#editing.before(what);
    this.parts = {
      store: this.#store,
      layering: this.#layering,
      host,
      ended: this.#end.signal,
      onChange: (listener) => {
        this.addEventListener('unmixing-change', listener);
        return () => this.removeEventListener('unmixing-change', listener);
      },
      before,
    };
    this.#pictures = new Pictures(this.#store, this.#layering, before);
    this.#cubes = new Cubes(this.#store, {
      layering: this.#layering,
      pictures: this.#pictures,
      host,
      engine: { workerUrl, assets },
      readers: this.#readers,
      before,
      arrived: (owners) => this.#editing.arrived(owners),
      forget: (cube) => this.#editing.forget(cube),
    });
    this.#undos.push(
      host.onPick((pick) => this.#cubes.active?.pointing.picked(pick)),
    );
    if (host.capabilities.has('volumes')) {
      const list = (): void => void this.#listVolumes();
      this.#undos.push(host.onVolumesChanged(list));
      list();
    }
    // What an earlier page left is on offer, and what comes is kept.
    if (options.keepSessions !== false)
      void letEventsPass().then(this.sessions);
  }

  get state(): SessionState {
    return this.#store.state;
  }

  /**
   * Opens files: a cube comes beside those that are there and is the active one, pictures are added beneath all; a saved session
   * takes the place of this one.
   * @param files may still be gathered, as those of a folder that was dropped
   */
  async open(files: readonly File[] | Promise<readonly File[]>): Promise<void> {
    const name = 'then' in files ? 'files' : (files[0]?.name ?? '');
    const sessions: File[] = [];
    await this.#opened(name, { files }, async (task, answers) => {
      const given = await files;
      for (const file of given)
        if (await isSessionFile(file)) sessions.push(file);
      return sessions.length > 0
        ? { cube: null, pictures: [] }
        : this.#read({ files: given }, task, answers);
    });
    if (sessions.length > 0) await (await this.sessions()).open(sessions[0]);
  }

  /** Opens what lies at an address of the web. */
  async openUrl(url: string): Promise<void> {
    const name = baseName(url.replace(/\/+$/, ''));
    const urls = [url];
    await this.#opened(name, { urls }, (task, answers) =>
      this.#read({ urls }, task, answers),
    );
  }

  /** Takes one of several things that could be the cube, by its id. */
  async choose(choice: string): Promise<void> {
    await this.#cubes.active?.opening.choose(choice);
    this.#afterOpening();
  }

  /** Takes a volume of the viewer as a cube. */
  async openVolume(id: string): Promise<void> {
    const name = this.state.volumes.find((one) => one.id === id)?.name ?? id;
    await this.#opened(name, { volume: id }, (task) =>
      readVolume(this.#host, id, task),
    );
  }

  /** Opens one of the samples that were given, by its place in the list. */
  async openSample(index: number): Promise<void> {
    const sample = this.options.sample?.[index];
    if (!sample) return;
    const { name, urls } = sample;
    await this.#opened(name, { urls }, async (task, answers) =>
      this.#read({ urls: sampleUrls(sample) }, task, answers),
    );
  }

  #read(wanted: Wanted, task: ReadTask, answers: Answers) {
    return readFiles(wanted, { ...task, ...this.#readers }, answers);
  }

  async #opened(...source: Parameters<Cubes['open']>): Promise<void> {
    await this.#cubes.open(...source);
    this.#afterOpening();
  }

  #afterOpening(): void {
    if (this.state.cube.state === 'ready') void this.#findBackends();
  }

  async #findBackends(): Promise<void> {
    const client = this.#cubes.active?.engine.client;
    if (this.state.backends || !client) return;
    try {
      this.#store.set({ backends: await client.backends() });
    } catch {
      // Not known: every backend stays on offer, and a run tells when one does not work.
    }
  }

  /** Makes a cube the one that the panel is about, by its id. */
  activate(cube: string): void {
    this.#cubes.activate(cube);
  }

  /** Puts a cube away, and all that came of it: the active one unless another is named. Pictures stay. */
  async closeCube(cube = this.state.active): Promise<void> {
    if (cube === '') this.#store.await({ cube: emptyState.cube });
    else await this.#cubes.close(cube);
  }

  /** Says what the file left out. Results that rest on another answer are put away. */
  async describe(description: CubeDescription): Promise<void> {
    await this.#cubes.active?.opening.describe(description);
  }

  /**
   * Puts a chain of corrections in place of the one before; an empty one takes all of them away. Results that rest on the
   * former are put away once it is applied. When a correction fails, the cube stays as it was.
   * @throws UnmixingError `input` naming the correction whose values cannot be
   */
  async correct(steps: readonly Step[]): Promise<void> {
    await this.#cubes.active?.correct(steps);
  }

  /** Shows the cube in false colour or as one band. */
  async setDisplay(display: CubeDisplay): Promise<void> {
    await this.#cubes.active?.setDisplay(display);
  }

  /** Asks something else of the next run; while there is no cube, of the first run of the next. */
  setRequest(patch: Partial<UnmixRequest>): void {
    const cube = this.#cubes.active;
    if (cube) {
      cube.setRequest(patch);
      return;
    }
    const request = { ...this.state.request, ...patch };
    this.#store.set({ request });
    rememberRequest(request);
  }

  /** Reads spectra from files, for the next run to hold fixed. */
  async fix(files: readonly File[]): Promise<void> {
    await this.#cubes.active?.fixing.add(files);
  }

  /** Lets the next run hold an endmember of this result fixed, or no longer. */
  fixEndmember(endmember: number, on: boolean): void {
    this.#cubes.active?.fixing.endmember(endmember, on);
  }

  /** Leaves these windows out of the next run. */
  exclude(windows: readonly Window[]): void {
    this.setRequest({ exclude: windows });
  }

  /** Runs the request; on another backend than it asks for when one is given. */
  async unmix(backend?: Backend): Promise<void> {
    await this.#cubes.active?.unmix(backend);
  }

  /** Ends the run with the best so far; while files are read or asked about, gives them up. */
  stop(): void {
    this.#cubes.stop();
  }

  /** Puts away the sentence that tells what failed beside a cube that is open. */
  dismiss(): void {
    const { cube } = this.state;
    if (cube.state === 'ready')
      this.#store.set({ cube: { ...cube, error: null } });
  }

  /** Goes on training from the result, for as many epochs as the preset has when none are given. */
  async resume(epochs?: number): Promise<void> {
    await this.#cubes.active?.resume(epochs);
  }

  /** The results of the active cube that are kept; null while there is no cube. */
  async runs(): Promise<Runs | null> {
    return (await this.#cubes.active?.runs()) ?? null;
  }

  /** Edits of the endmembers of the active cube's result; null while there is no cube. */
  async endmembers(): Promise<EndmemberEditing | null> {
    return (await this.#cubes.active?.endmembers()) ?? null;
  }

  /** Writes maps, endmembers or the cube into a file and hands it to the browser. */
  async save(request: SaveRequest): Promise<void> {
    await this.#cubes.active?.saving.save(request);
  }

  /** Changes how one layer is drawn; of a locked one only whether it is. */
  setStyle(id: string, patch: Partial<LayerStyle>): void {
    const layer = this.#layer(id);
    if (!layer || (layer.locked && !isVisibilityAlone(patch))) return;
    this.#editing.before(`style ${id} ${Object.keys(patch).join()}`);
    void this.#layering.setStyle(id, patch);
  }

  /** Puts the layers in another order: ids, top-most first. The maps of a cube stay together, and locked layers where they are. */
  setOrder(ids: readonly string[]): void {
    const { layers } = this.state;
    if (ordered(layers, ids).every((layer, i) => layer === layers[i])) return;
    this.#editing.before('order');
    void this.#layering.setOrder(ids);
  }

  /** Blends all abundances of a cube into one layer, or shows them one by one. */
  setComposite(on: boolean): void {
    this.#editing.before('composite');
    void this.#layering.setComposite(on);
  }

  /** Holds a layer against changes, or no longer. */
  lock(id: string, on: boolean): void {
    if (this.#layer(id)?.locked === !on)
      void this.#change(id, `lock ${id}`, (layer) => ({
        ...layer,
        locked: on,
      }));
  }

  /** Shows these layers, by their ids, and hides all others. */
  showLayers(ids: readonly string[]): void {
    this.#editing.before('visible');
    void this.#layering.edit((layers) =>
      layers.map((layer) => {
        const visible = ids.includes(layer.id);
        return layer.style.visible === visible
          ? layer
          : { ...layer, style: { ...layer.style, visible } };
      }),
    );
  }

  /** Says how wide a pixel of a cube or a picture is, in µm, where its file does not; not of one that was brought onto another. */
  async setPixelSize(owner: string, size: number): Promise<void> {
    const image = this.#layer(owner);
    if (image?.locked !== false || !(size > 0)) return;
    if (isRegistered(this.state, owner)) return;
    const unit = worldUnit(this.state.layers, owner);
    if (image.role === 'cube')
      await this.#cubes.find(owner)?.setPixelSize(size);
    else
      await this.#change(owner, `pixel size ${owner}`, (layer) => {
        const source = inUnit(pixelSized(layer.source, size), unit);
        return { ...layer, source };
      });
    this.#host.fit();
  }

  /** Names a layer: the map of an endmember after its material, which is then called so. */
  renameLayer(id: string, name: string): void {
    const layer = this.#layer(id);
    if (!layer || layer.locked) return;
    if (layer.endmember !== null)
      this.#cubes.find(layer.owner)?.rename(layer.endmember, name);
    else
      void this.#change(id, `name ${id}`, (one) => ({
        ...one,
        name,
        named: true,
      }));
  }

  /**
   * Moves a cube or a picture with all its layers; null brings it back to where its file has it. Those whose own picture is locked stay.
   * @param what is done, in a word: moves of one kind that follow each other closely are one step back
   */
  place(owner: string, map: Affine | null, what: string): void {
    if (this.#layer(owner)?.locked !== false) return;
    this.#editing.before(`${what} ${owner}`);
    const others = placementsWithout(this.state.placements, owner);
    this.#store.set({ placements: map ? { ...others, [owner]: map } : others });
    this.#cubes.find(owner)?.pointing.follow();
    void this.#layering.edit((layers) => layers);
  }

  #layer(id: string): LayerEntry | undefined {
    return this.state.layers.find((layer) => layer.id === id);
  }

  async #change(
    id: string,
    what: string,
    change: (layer: LayerEntry) => LayerEntry,
  ): Promise<void> {
    this.#editing.before(what);
    await this.#layering.edit((layers) =>
      layers.map((layer) => (layer.id === id ? change(layer) : layer)),
    );
  }

  rename(endmember: number, name: string): void {
    this.#cubes.active?.rename(endmember, name);
  }

  /** @throws UnmixingError `input` unless the colour reads #rrggbb */
  recolour(endmember: number, colour: string): void {
    this.setStyle(layerId(this.state.active, `abundance-${endmember}`), {
      colour: parseHex(colour),
    });
  }

  select(endmember: number | null): void {
    this.#store.set({ selected: endmember });
  }

  /** Shows a map that tells about the result, over all others. */
  async addMap(map: string): Promise<void> {
    const id = layerId(this.state.active, map);
    if (this.#layer(id)) this.setStyle(id, { visible: true });
    else await this.#cubes.active?.addMap(map);
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
    remember('class threshold', share);
    const cube = this.#cubes.active;
    if (cube) cube.setClassThreshold(share);
    else this.#store.set({ classThreshold: share });
  }

  /** Shows two things against each other; null ends that. In one of the viewer's own ways only where it has them. */
  compare(comparison: ComparisonState | null): void {
    this.#store.set({ comparison });
  }

  /** Compares in this way: what is compared already, else the uppermost picture with the abundances, else what there is. */
  async compareAs(mode: ComparisonState['mode']): Promise<void> {
    const { comparisonOf } = await import('./compare/choices.js');
    const { state } = this;
    const comparison = comparisonOf(state, { ...state.comparison, mode });
    if (comparison) this.compare(comparison);
  }

  /** Throws a picture or a map about the result away; the cube's own layers are hidden instead. */
  removeLayer(id: string): void {
    const layer = this.#layer(id);
    if (!layer || layer.locked) return;
    if (layer.role === 'cube' || layer.role === 'abundance')
      this.setStyle(id, { visible: false });
    else {
      this.#editing.before(`remove ${id}`);
      void this.#pictures.remove(id);
    }
  }

  undo(): void {
    this.#editing.undo();
  }

  redo(): void {
    this.#editing.redo();
  }

  /** Follows the pointer of a view of our own, as that of the viewer. */
  pick(pick: Pick | null): void {
    this.#cubes.active?.pointing.picked(pick);
  }

  /** Holds the pixel at a position of the viewer's world. */
  pin(world: Point): void {
    this.#cubes.active?.pointing.pin(world);
  }

  /** Holds a pixel of the cube, by its place in it; the nearest where that lies outside. */
  pinPixel(x: number, y: number): void {
    const { cube } = this.state;
    const geometry = cubeGeometry(this.state);
    if (cube.state !== 'ready' || !geometry) return;
    const { width, height } = cube.summary;
    const held = (value: number, size: number): number =>
      Math.min(size - 1, Math.max(0, Math.round(value)));
    this.pin(indexToWorld(geometry, [held(x, width), held(y, height), 0]));
  }

  /** Lets go of the pixel that is held. */
  unpin(): void {
    this.#cubes.active?.pointing.unpin();
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

  /** How a cube was read, and what was said of it; null when there is none of this id. */
  sourceOf(id: string): CubeSource | null {
    const opening = this.#cubes.find(id)?.opening;
    return opening ? { reading: opening.source, said: opening.said } : null;
  }

  /** Puts another session in place of this one, in one step: what was done before can no longer be taken back. */
  async swap(
    cubes: readonly PreparedCube[],
    active: string,
    shared: SharedPart,
  ): Promise<void> {
    await this.#cubes.swap(cubes, active);
    const { layers, composite, ...others } = shared;
    this.#store.set(others);
    const owners = layers.map(({ owner }) => owner);
    this.#pictures.countFrom(owners);
    await this.#layering.restore(layers, composite.on);
    this.#editing.clear();
    this.#editing.arrived(owners);
  }

  /** Does what the elements inside `target` ask for. */
  listen(target: EventTarget): Undo {
    return listenTo(target, this);
  }

  /** Ends the workers and takes all layers from the viewer; the viewer itself stays. */
  dispose(): void {
    this.#end.abort();
    this.#cubes.dispose();
    for (const undo of this.#undos.splice(0)) undo();
    this.#layering.dispose();
  }
}

const isVisibilityAlone = (patch: Partial<LayerStyle>): boolean =>
  Object.keys(patch).every((name) => name === 'visible');
