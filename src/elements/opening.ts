import type { CubeDescription } from '../engine/protocol.js';
import type { Host } from '../hosts/host.js';
import type { Engine } from './engine.js';
import { cubeEntry, cubeLayerId, pictureEntry } from './entries.js';
import { Layering, asUnmixingError } from './layering.js';
import { recallDescription, rememberDescription } from './remember.js';
import type { Source } from './source.js';
import type { CubeDisplay, CubeState } from './state.js';
import type { Store } from './store.js';
import { Throttle } from './throttle.js';

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
    const before: CubeState = now.state === 'opening' ? { state: 'none' } : now;
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
      if (source.cube) await this.#load(source.cube, signal);
      else this.store.set({ cube: before });
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

  async #load(
    { cube, type, missing, warnings }: NonNullable<Source['cube']>,
    signal: AbortSignal,
  ): Promise<void> {
    const { geometry } = cube;
    const { client } = this.engine;
    let summary = await client.load(cube, { signal });
    const { description, answered } = recallDescription(missing);
    if (answered.length > 0) summary = await client.describe(description);
    const image = await client.image(null);
    signal.throwIfAborted();
    this.forget();
    const display: CubeDisplay = { mode: 'false-colour' };
    const { layers, request } = this.store.state;
    await this.layering.show([
      cubeEntry(summary, geometry, image, display, undefined),
      ...layers.filter(({ role }) => role === 'picture'),
    ]);
    this.store.set({
      display,
      request: { ...request, exclude: [] },
      cube: {
        state: 'ready',
        summary,
        type,
        geometry,
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
      const summary = await this.engine.client.describe(description);
      rememberDescription(summary.axis);
      this.forget();
      const renamed = summary.axis.unit !== cube.summary.axis.unit;
      this.store.set({
        cube: {
          ...cube,
          summary,
          error: null,
          missing: cube.missing.filter(
            (part) => description[part] === undefined,
          ),
        },
        request: renamed ? { ...request, exclude: [] } : request,
      });
      await this.layering.showMaps(null, []);
      await this.setDisplay(this.store.state.display);
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
      const image = await this.engine.client.image(
        display.mode === 'band' ? display.band : null,
      );
      if (this.store.state.display !== display) return;
      await this.layering.show(
        this.store.state.layers.map((layer) =>
          layer.id === cubeLayerId
            ? cubeEntry(cube.summary, cube.geometry, image, display, layer)
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
