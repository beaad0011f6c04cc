import type { CubeDescription, CubeSummary } from '../engine/protocol.js';
import type { Missing } from '../formats/opened.js';
import type { Host } from '../hosts/host.js';
import { nearestBand } from '../spectral/axis.js';
import { answered, choiceOf, readOn } from './asking.js';
import type { Read, Reading } from './asking.js';
import type { Correcting } from './correcting.js';
import type { Engine } from './engine.js';
import { cubeEntry, cubeLayerId, pictureEntry } from './entries.js';
import { Layering, asUnmixingError } from './layering.js';
import { recallDescription, rememberDescription } from './remember.js';
import { unlike } from './source.js';
import type { Source } from './source.js';
import type { CubeDisplay, CubeState } from './state.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

/** The cube as it was, without the sentence about a file that failed before. */
const withoutError = (cube: CubeState): CubeState =>
  cube.state === 'ready' ? { ...cube, error: null } : cube;

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

/** How the cube and pictures come into the session, and how the cube is described and shown. */
export class Opening {
  #current: AbortController | null = null;
  /** Files can be given up while they are read, not while the worker takes over. */
  #reading = false;
  #pictures = 0;
  /** The cube that stays when none of the openings that follow each other succeeds. */
  #before: CubeState = { state: 'none' };
  /** Pixels of the pictures that came with the cube. */
  #own: ReadonlySet<Uint8ClampedArray> = new Set();
  /** How the cube that is open was read. */
  #read: Reading | null = null;
  /** What was read and waits for an answer. */
  #asked: Reading | null = null;
  /** What the user said of the cube that is open. */
  #said: CubeDescription = {};

  /** @param forget puts away what rests on the cube before */
  constructor(
    private readonly store: Store,
    private readonly layering: Layering,
    private readonly engine: Engine,
    private readonly host: Host,
    private readonly correcting: Correcting,
    private readonly forget: () => void,
  ) {}

  /** Reads a source and shows it. When that fails, a cube that was there before stays. */
  async open(name: string, read: Read): Promise<void> {
    await this.#open({ name, read, question: null, answers: {}, remarks: [] });
  }

  /** Takes one of several things that could be the cube: of those asked for, or of those beside the cube that is open. */
  async choose(id: string): Promise<void> {
    const reading = this.#asked ?? this.#read;
    const next = reading && answered(reading, id);
    if (next) await this.#open({ ...next, remarks: [] });
  }

  async #open(asked: Reading): Promise<void> {
    this.abort();
    this.correcting.cancel();
    const { name } = asked;
    const { cube: now } = this.store.state;
    if (now.state !== 'opening' && now.state !== 'asking') this.#before = now;
    const before = this.#before;
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
      if (source.cube) {
        await this.#load(source.cube, source.pictures, reading, signal);
        this.#keep(reading);
      } else this.store.set({ cube: withoutError(before) });
      await this.#addPictures(source.pictures);
      if (source.cube) this.host.fit();
    } catch (caught) {
      // Another one is being opened, or the session was closed.
      if (this.#current !== current) return;
      if (signal.aborted) {
        this.store.set({ cube: before });
        return;
      }
      const error = asUnmixingError(caught, 'file');
      this.store.set({
        cube:
          before.state === 'ready'
            ? { ...before, error }
            : { state: 'failed', error },
      });
    } finally {
      progress.clear();
      if (this.#current === current) this.#current = null;
    }
  }

  /** Gives up files that are being read or asked about; the cube before stays. */
  cancel(): void {
    if (this.#asked) this.store.set({ cube: this.#before });
    else if (this.#reading) this.#current?.abort();
    this.#asked = null;
  }

  abort(): void {
    const current = this.#current;
    this.#current = null;
    this.#asked = null;
    current?.abort();
  }

  /** Keeps how the cube was read, so that it comes back when the worker breaks down. */
  #keep(reading: Reading): void {
    this.#read = reading;
    this.engine.keep(async (client) => {
      const { source } = await readOn(reading, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      if ('choices' in source || !source.cube) return;
      await client.load(source.cube.cube);
      if (Object.keys(this.#said).length > 0) await client.describe(this.#said);
      const { applied } = this.store.state.chain;
      if (applied.length > 0) await client.correct(applied);
    });
  }

  /** @param own the pictures that come with the cube: they go with it when another takes its place */
  async #load(
    { cube, type, missing, warnings }: NonNullable<Source['cube']>,
    own: Source['pictures'],
    reading: Reading,
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = this.engine;
    this.engine.doubt();
    let summary = await client.load(cube, { signal });
    const { description, known } = recallDescription(missing, cube.axis, type);
    if (known.length > 0) summary = await client.describe(description);
    const image = await client.image(null);
    signal.throwIfAborted();
    this.#said = description;
    this.forget();
    this.correcting.reset(type);
    const display: CubeDisplay = { mode: 'false-colour' };
    const { layers, pictures, request } = this.store.state;
    const others = pictures.filter((one) => !this.#own.has(one.data));
    await this.layering.show([
      cubeEntry(summary, image, display, undefined),
      ...layers.filter(
        ({ role, image: shown }) =>
          role === 'picture' &&
          !(shown.kind === 'rgba' && this.#own.has(shown.data)),
      ),
    ]);
    this.#own = new Set(own.map(({ data }) => data));
    this.store.set({
      display,
      pictures: others,
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

  async #addPictures(pictures: Source['pictures']): Promise<void> {
    if (pictures.length === 0) return;
    const { layers } = this.store.state;
    const names = unlike(
      pictures.map(({ name }) => name),
      layers.map(({ name }) => name),
    );
    const entries = pictures.map((picture, i) =>
      pictureEntry(
        { ...picture, name: names[i] },
        `picture-${(this.#pictures += 1)}`,
      ),
    );
    await this.layering.show([...layers, ...entries]);
    this.store.set({
      pictures: [...this.store.state.pictures, ...pictures],
    });
  }

  /** Says what the file left out; results that rest on another answer are put away. */
  async describe(description: CubeDescription): Promise<void> {
    const { cube: asked } = this.store.state;
    if (asked.state !== 'ready') return;
    try {
      const client = await this.engine.restored();
      const summary = await client.describe(description);
      // Another answer may have come meanwhile.
      const { cube, request } = this.store.state;
      if (cube.state !== 'ready') return;
      this.#said = { ...this.#said, ...description };
      const bands = summary.original.axis.values.length;
      rememberDescription(cube.type, description, bands);
      this.forget();
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
    this.store.set({ cube: { ...cube, summary } });
    await this.layering.showMaps(null, []);
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
      if (now.summary !== cube.summary) return;
      await this.layering.show(
        this.store.state.layers.map((layer) =>
          layer.id === cubeLayerId
            ? cubeEntry(cube.summary, image, display, layer)
            : layer,
        ),
      );
    } catch (caught) {
      this.store.set({
        cube: { ...cube, error: asUnmixingError(caught, 'host') },
      });
    }
  }
}
