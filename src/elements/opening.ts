import type { CubeDescription, CubeSummary } from '../engine/protocol.js';
import type { Missing } from '../formats/opened.js';
import type { Host } from '../hosts/host.js';
import { inUnit } from '../imaging/geometry.js';
import { nearestBand } from '../spectral/axis.js';
import type { Cube, Geometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { answered, choiceOf, readOn } from './asking.js';
import type { Reading } from './asking.js';
import type { Correcting } from './correcting.js';
import type { CubeLayers } from './cube-layers.js';
import type { Engine } from './engine.js';
import { asUnmixingError } from './layering.js';
import type { Pictures } from './pictures.js';
import { inLength } from './pixel-size.js';
import { worldUnit } from './placements.js';
import { recallDescription, rememberDescription } from './remember.js';
import type { Source } from './source.js';
import type { CubeDisplay, CubeState } from './state.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

/** Whether what a person said answers what a file left out; bands that are only numbered need no ends. */
const isAnswered = (
  part: Missing,
  { ends, unit, quantity, width }: CubeDescription,
): boolean =>
  ({
    axis: ends !== undefined || unit === 'band',
    unit: unit !== undefined,
    quantity: quantity !== undefined,
    width: width !== undefined,
  })[part];

/** What was said of a part, in words. */
const saidOf = (part: Missing, { ends, ...words }: CubeDescription): string =>
  part === 'axis' ? `${ends?.join(' to ')}` : `${words[part]}`;

const inWorldUnit = (cube: Cube, unit: Geometry['unit']): Cube => ({
  ...cube,
  geometry: inUnit(cube.geometry, unit),
});

/** What the opening of one cube needs of the others of the session. */
export interface OpeningTask {
  /** Keeps how things are before `what` is edited. */
  readonly before: (what: string) => void;
  /** Puts away what rests on the cube before. */
  readonly forget: () => void;
  /** What was read is no cube, or was given up, or failed: there is nothing to stay. */
  readonly cameToNothing: (error: UnmixingError | null) => void;
  /** Another cube is there, and the pictures with these ids came with it. */
  readonly arrived: (pictures: readonly string[]) => void;
}

/** How one cube comes into the session with its pictures, and how it is described and shown. */
export class Opening {
  #current: AbortController | null = null;
  /** Files can be given up while they are read, not while the worker takes over. */
  #reading = false;
  /** The cube that stays when another of the same files cannot take its place. */
  #before: CubeState = { state: 'none' };
  /** Layers of the pictures that came with the cube. */
  #own: readonly string[] = [];
  /** How the cube that is open was read. */
  #read: Reading | null = null;
  /** What was read and waits for an answer. */
  #asked: Reading | null = null;
  /** What the user said of the cube that is open. */
  #said: CubeDescription = {};

  constructor(
    private readonly store: Store,
    private readonly layers: CubeLayers,
    private readonly pictures: Pictures,
    private readonly engine: Engine,
    private readonly host: Host,
    private readonly correcting: Correcting,
    private readonly task: OpeningTask,
  ) {}

  /** How the cube that is open was read; null for one that came without its files. */
  get source(): Reading | null {
    return this.#read;
  }

  /** What the user said of the cube that is open. */
  get said(): CubeDescription {
    return this.#said;
  }

  /** Takes one of several things that could be the cube: of those asked for, or of those beside the cube that is open. */
  async choose(id: string): Promise<void> {
    const reading = this.#asked ?? this.#read;
    const next = reading && answered(reading, id);
    if (next) await this.open({ ...next, remarks: [] });
  }

  /** Reads a source and shows it. When that fails, a cube that was there before stays. */
  async open(asked: Reading): Promise<void> {
    this.abort();
    this.correcting.cancel();
    const { name } = asked;
    const { cube: now } = this.store.state;
    if (now.state !== 'opening' && now.state !== 'asking') this.#before = now;
    const current = new AbortController();
    const { signal } = current;
    this.#current = current;
    const progress = new Throttle<number>((fraction) =>
      this.store.set({ cube: { state: 'opening', name, fraction } }),
    );
    try {
      progress.give(0);
      this.#reading = true;
      const { reading, source } = await readOn(asked, {
        signal,
        onProgress: (fraction) => progress.give(fraction),
      });
      this.#reading = false;
      progress.clear();
      if ('choices' in source) {
        const { file, choices } = source;
        this.#asked = { ...reading, question: source };
        this.store.set({ cube: { state: 'asking', file, choices } });
        return;
      }
      if (!source.cube) {
        await this.pictures.add(source.pictures);
        this.#giveBack(null);
        return;
      }
      await this.#load(source.cube, reading, signal);
      this.keep(reading, this.#said);
      this.#own = await this.pictures.bring(source.pictures, this.#own);
      this.task.arrived(this.#own);
      this.host.fit();
    } catch (caught) {
      // Another one is being opened, or the session was closed.
      if (this.#current !== current) return;
      this.#giveBack(signal.aborted ? null : asUnmixingError(caught, 'file'));
    } finally {
      progress.clear();
      if (this.#current === current) this.#current = null;
    }
  }

  /** Things are as they were before something was opened. */
  #giveBack(error: UnmixingError | null): void {
    const { cube } = this.store.state;
    const stays = cube.state === 'ready' ? cube : this.#before;
    if (stays.state === 'ready') this.store.set({ cube: { ...stays, error } });
    else this.task.cameToNothing(error);
  }

  /** Gives up files that are being read or asked about; a cube that was there before stays. */
  cancel(): void {
    const asked = this.#asked !== null;
    this.#asked = null;
    if (asked) this.#giveBack(null);
    else if (this.#reading) this.#current?.abort();
  }

  abort(): void {
    const current = this.#current;
    this.#current = null;
    this.#asked = null;
    current?.abort();
  }

  /** Keeps how the cube was read and described, so that it comes back when the worker breaks down. */
  keep(reading: Reading, said: CubeDescription): void {
    this.#read = reading;
    this.#said = said;
    this.engine.keep(async (client) => {
      const { source } = await readOn(reading, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      if ('choices' in source || !source.cube) return;
      const { cube } = this.store.state;
      const unit = cube.state === 'ready' ? cube.summary.geometry.unit : null;
      await client.load(inWorldUnit(source.cube.cube, unit));
      if (Object.keys(this.#said).length > 0) await client.describe(this.#said);
      await this.correcting.reapply(client);
    });
  }

  /** For a cube whose files are not there: whatever needs the worker is refused with this sentence. */
  lack(said: CubeDescription, sentence: string): void {
    this.#read = null;
    this.#said = said;
    this.engine.keep(() => Promise.reject(new UnmixingError('file', sentence)));
  }

  /** Takes a description back to one from before: what is on show rests on it already, and the worker reads the image anew. */
  restore(said: CubeDescription): void {
    if (this.#said === said) return;
    this.#said = said;
    this.engine.doubt();
  }

  async #load(
    { cube, type, missing, warnings }: NonNullable<Source['cube']>,
    reading: Reading,
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = this.engine;
    this.engine.doubt();
    // A volume of the viewer lies where the viewer has it.
    const ofViewer = 'volume' in reading.origin;
    const { state } = this.store;
    const unit = ofViewer ? null : worldUnit(state.layers, state.active);
    let summary = await client.load(inWorldUnit(cube, unit), { signal });
    const { description, known } = recallDescription(missing, cube.axis, type);
    if (known.length > 0) summary = await client.describe(description);
    const image = await client.image(null);
    signal.throwIfAborted();
    this.#said = description;
    const display: CubeDisplay = { mode: 'false-colour' };
    await this.layers.begin(summary, image, display);
    this.task.forget();
    this.correcting.reset(type);
    const { request } = this.store.state;
    this.store.set({
      display,
      request: { ...request, exclude: [], fixed: [] },
      cube: {
        state: 'ready',
        summary,
        type,
        missing: missing.filter((part) => !known.includes(part)),
        unsaid: missing,
        choice: choiceOf(reading),
        warnings: [
          ...warnings,
          ...reading.remarks,
          ...known.map(
            (part) =>
              `The file does not say the ${part}: taken as ${saidOf(part, description)}, as you said last time.`,
          ),
        ],
        error: null,
      },
    });
  }

  /** Says what the file left out; results that rest on another answer are put away. */
  async describe(description: CubeDescription): Promise<void> {
    const { cube: asked } = this.store.state;
    if (asked.state !== 'ready') return;
    try {
      const client = await this.engine.restored();
      this.engine.forget();
      const summary = await client.describe(description);
      // Another answer may have come meanwhile.
      const { cube, request } = this.store.state;
      if (cube.state !== 'ready') return;
      this.task.before('description');
      this.#said = { ...this.#said, ...description };
      const bands = summary.original.axis.values.length;
      rememberDescription(cube.type, description, bands);
      this.task.forget();
      const renamed = summary.axis.unit !== cube.summary.axis.unit;
      this.store.set({
        cube: {
          ...cube,
          error: null,
          missing: cube.missing.filter(
            (part) => !isAnswered(part, description),
          ),
        },
        request: renamed ? { ...request, exclude: [], fixed: [] } : request,
      });
      await this.take(summary);
      this.correcting.compare();
      if (summary.width !== cube.summary.width) this.host.fit();
    } catch (caught) {
      const { cube } = this.store.state;
      if (cube.state === 'ready')
        this.store.set({
          cube: { ...cube, error: asUnmixingError(caught, 'input') },
        });
    }
  }

  /** Shows the cube as it has become, without the maps of what it was. */
  async take(summary: CubeSummary): Promise<void> {
    const { cube, display } = this.store.state;
    if (cube.state !== 'ready') return;
    const { unit } = cube.summary.geometry;
    const sized = inLength(summary, cube.unitLength, unit);
    this.store.set({ cube: { ...cube, summary: sized } });
    await this.layers.showMaps(null, []);
    await this.setDisplay(
      display.mode === 'band'
        ? {
            mode: 'band',
            band: nearestBand(
              summary.axis,
              cube.summary.axis.values[display.band],
            ),
          }
        : display,
    );
  }

  /** Shows the cube in false colour or as one band; of calls that overlap the last counts. */
  async setDisplay(display: CubeDisplay): Promise<void> {
    const { cube } = this.store.state;
    if (cube.state !== 'ready') return;
    this.store.set({ display });
    try {
      const client = await this.engine.restored();
      const image = await client.image(
        display.mode === 'band' ? display.band : null,
      );
      const { display: last, cube: now } = this.store.state;
      if (last !== display || now.state !== 'ready') return;
      // Corrected meanwhile: it is shown anew.
      if (now.summary.mean !== cube.summary.mean) return;
      await this.layers.showPicture(now.summary, image, display);
    } catch (caught) {
      this.store.set({
        cube: { ...cube, error: asUnmixingError(caught, 'host') },
      });
    }
  }
}
