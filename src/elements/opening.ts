import type { CubeDescription } from '../engine/protocol.js';
import type { Missing } from '../formats/opened.js';
import type { Host } from '../hosts/host.js';
import type { Engine } from './engine.js';
import { cubeEntry, cubeLayerId, pictureEntry } from './entries.js';
import { Layering, asUnmixingError } from './layering.js';
import { recallDescription, rememberDescription } from './remember.js';
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

export interface ReadTask {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

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
  /** What the user said of the cube that is open. */
  #said: CubeDescription = {};

  /** @param forget puts away what rests on the cube before */
  constructor(
    private readonly store: Store,
    private readonly layering: Layering,
    private readonly engine: Engine,
    private readonly host: Host,
    private readonly forget: () => void,
  ) {}

  /** Reads a source and shows it. When that fails, a cube that was there before stays. */
  async open(
    name: string,
    read: (task: ReadTask) => Promise<Source>,
  ): Promise<void> {
    this.abort();
    const { cube: now } = this.store.state;
    if (now.state !== 'opening') this.#before = now;
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
      const source = await read({
        signal,
        onProgress: (fraction) => progress.give(fraction),
      });
      signal.throwIfAborted();
      this.#reading = false;
      progress.clear();
      if (source.cube) {
        await this.#load(source.cube, source.pictures, signal);
        this.#keep(read);
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

  /** Gives up files that are being read; the cube before stays. */
  cancel(): void {
    if (this.#reading) this.#current?.abort();
  }

  abort(): void {
    const current = this.#current;
    this.#current = null;
    current?.abort();
  }

  /** Keeps how the cube was read, so that it comes back when the worker breaks down. */
  #keep(read: (task: ReadTask) => Promise<Source>): void {
    this.engine.keep(async (client) => {
      const { signal } = new AbortController();
      const { cube } = await read({ signal, onProgress: () => undefined });
      if (!cube) return;
      await client.load(cube.cube);
      if (Object.keys(this.#said).length > 0) await client.describe(this.#said);
    });
  }

  /** @param own the pictures that come with the cube: they go with it when another takes its place */
  async #load(
    { cube, type, missing, warnings }: NonNullable<Source['cube']>,
    own: Source['pictures'],
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = this.engine;
    this.engine.doubt();
    let summary = await client.load(cube, { signal });
    const { description, answered } = recallDescription(missing, cube.axis);
    if (answered.length > 0) summary = await client.describe(description);
    const image = await client.image(null);
    signal.throwIfAborted();
    this.#said = description;
    this.forget();
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
      request: { ...request, exclude: [] },
      cube: {
        state: 'ready',
        summary,
        type,
        missing: missing.filter(
          (part) => !answered.some((known) => known === part),
        ),
        warnings: [
          ...warnings,
          ...answered.map(
            (part) =>
              `The file does not say the ${part}: taken as ${description[part]}, as you said last time.`,
          ),
        ],
        error: null,
      },
    });
  }

  async #addPictures(pictures: Source['pictures']): Promise<void> {
    if (pictures.length === 0) return;
    const entries = pictures.map((picture) =>
      pictureEntry(picture, `picture-${(this.#pictures += 1)}`),
    );
    await this.layering.show([...this.store.state.layers, ...entries]);
    this.store.set({
      pictures: [...this.store.state.pictures, ...pictures],
    });
  }

  /** Says what the file left out; results that rest on another answer are put away. */
  async describe(description: CubeDescription): Promise<void> {
    const { cube, request } = this.store.state;
    if (cube.state !== 'ready') return;
    try {
      const client = await this.engine.restored();
      const summary = await client.describe(description);
      this.#said = { ...this.#said, ...description };
      rememberDescription(summary.axis);
      this.forget();
      const renamed = summary.axis.unit !== cube.summary.axis.unit;
      this.store.set({
        cube: {
          ...cube,
          summary,
          error: null,
          missing: cube.missing.filter(
            (part) => !isAnswered(part, description),
          ),
        },
        request: renamed ? { ...request, exclude: [] } : request,
      });
      await this.layering.showMaps(null, []);
      await this.setDisplay(this.store.state.display);
      if (summary.width !== cube.summary.width) this.host.fit();
    } catch (caught) {
      this.store.set({
        cube: { ...cube, error: asUnmixingError(caught, 'input') },
      });
    }
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
      if (this.store.state.display !== display) return;
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
