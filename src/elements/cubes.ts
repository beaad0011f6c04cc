import { partOf } from './cube-part.js';
import { emptyState } from './empty-state.js';
import type { Engine } from './engine.js';
import { placementsWithout } from './placements.js';
import type { PreparedCube } from './prepared.js';
import type { UnmixingError } from '../spectral/errors.js';
import type { Origin, Read } from './asking.js';
import { lazily } from './lazily.js';
import { asUnmixingError } from './layering.js';
import type { SessionCube, Surroundings } from './session-cube.js';
import type { CubeStore, SessionStore } from './store.js';

const idOf = (number: number): string => `cube-${number}`;

/** What others keep of cubes. */
export interface CubeTask extends Surroundings {
  /** Images came that no edit takes back, by their ids. */
  readonly arrived: (owners: readonly string[]) => void;
  /** A cube is no longer there, or another took its place. */
  readonly forget: (cube: string) => void;
}

/** The cubes of the session: how they come, which one the panel is about, and how they go. */
export class Cubes {
  readonly #cubes = new Map<string, SessionCube>();
  /** All that is done with a cube loads with the first. */
  readonly #code = lazily(() => import('./session-cube.js'));
  #ended = false;
  /** What went wrong while no cube was there to tell it. */
  #untold: UnmixingError | null = null;

  constructor(
    private readonly store: SessionStore,
    private readonly task: CubeTask,
  ) {}

  get all(): readonly SessionCube[] {
    return [...this.#cubes.values()];
  }

  /** The one that the panel is about; null while there is none. */
  get active(): SessionCube | null {
    return this.find(this.store.state.active);
  }

  find(id: string): SessionCube | null {
    return this.#cubes.get(id) ?? null;
  }

  /** To be told whenever the state was replaced. */
  follow(): void {
    for (const cube of this.#cubes.values()) cube.follow();
  }

  /** Opens a source beside the cubes that are there. Of pictures alone, or when it fails, nothing of it stays but those. */
  async open(name: string, origin: Origin, read: Read): Promise<void> {
    const from = this.store.state.active;
    const { request, classThreshold } = this.store.state;
    const id = this.#freeId();
    this.store.await({ cube: emptyState.cube });
    this.store.add(id, {
      ...partOf(emptyState),
      cube: { state: 'opening', name, fraction: 0 },
      request: { ...request, exclude: [], fixed: [] },
      classThreshold,
    });
    this.store.activate(id);
    const store = this.store.of(id);
    try {
      const code = await this.#code();
      // Given up meanwhile.
      if (store.isGone || this.#ended) return;
      const cube = this.#make(code, id, store, from, null);
      const asked = { question: null, answers: {}, remarks: [] };
      await cube.opening.open({ name, origin, read, ...asked });
    } catch (caught) {
      this.#cameToNothing(store, from, asUnmixingError(caught, 'file'));
    }
  }

  /** The first that no cube has. */
  #freeId(): string {
    let number = 1;
    while (this.store.part(idOf(number))) number += 1;
    return idOf(number);
  }

  #make(
    { SessionCube }: typeof import('./session-cube.js'),
    id: string,
    store: CubeStore,
    from: string,
    engine: Engine | null,
  ): SessionCube {
    const cube = new SessionCube(id, store, engine, this.task, {
      cameToNothing: (error) => this.#cameToNothing(store, from, error),
      arrived: (pictures) => {
        this.task.forget(id);
        this.task.arrived([id, ...pictures]);
        if (this.#untold) this.#tell(id, this.#untold);
        this.#untold = null;
      },
    });
    this.#cubes.set(id, cube);
    return cube;
  }

  /** Puts these in place of all that are there; layers are another's concern. */
  async swap(cubes: readonly PreparedCube[], active: string): Promise<void> {
    const code = await this.#code();
    for (const id of this.store.ids) this.#remove(id, '');
    this.store.await({ cube: emptyState.cube });
    for (const { id, part, engine, ...source } of cubes) {
      this.store.add(id, part);
      this.#make(code, id, this.store.of(id), '', engine).adopt(source);
    }
    this.store.activate(active);
  }

  /** Makes a cube the one that the panel is about. */
  activate(id: string): void {
    if (this.store.part(id)) this.store.activate(id);
  }

  /** Puts a cube away, and all that came of it; its worker ends. */
  async close(id: string): Promise<void> {
    if (!this.store.part(id)) return;
    this.#remove(id, '');
    const { placements, registrations } = this.store.state;
    this.store.set({
      placements: placementsWithout(placements, id),
      registrations: registrations.filter(
        ({ moving, fixed }) => moving !== id && fixed !== id,
      ),
    });
    await this.task.layering.edit((layers) =>
      layers.filter(({ owner }) => owner !== id),
    );
    this.task.forget(id);
  }

  /** Ends what goes on in the active one: a run with the best so far; files that are read or asked about are given up. */
  stop(): void {
    const { active } = this.store.state;
    if (this.active) this.active.stop();
    else if (active !== '') this.#remove(active, '');
  }

  /** @param from which cube comes to the fore when this one was there, if it still exists */
  #remove(id: string, from: string): void {
    this.find(id)?.dispose();
    this.#cubes.delete(id);
    const { request, classThreshold } = this.store.of(id).state;
    this.store.await({
      request: { ...request, exclude: [], fixed: [] },
      classThreshold,
    });
    const wasActive = this.store.state.active === id;
    this.store.remove(id);
    if (!wasActive) return;
    const { ids } = this.store;
    this.store.activate(ids.includes(from) ? from : (ids.at(-1) ?? ''));
  }

  /** What failed is told beside a cube that is open, else in place of one. */
  #cameToNothing(
    store: CubeStore,
    from: string,
    error: UnmixingError | null,
  ): void {
    if (store.isGone) return;
    this.#remove(store.state.active, from);
    const { active } = this.store.state;
    const ready = [active, ...this.store.ids].find(
      (one) => this.store.part(one)?.cube.state === 'ready',
    );
    if (ready !== undefined) this.#tell(ready, error);
    else if (active !== '') this.#untold = error;
    else if (error) this.store.await({ cube: { state: 'failed', error } });
  }

  #tell(id: string, error: UnmixingError | null): void {
    const cube = this.store.part(id)?.cube;
    if (cube?.state === 'ready')
      this.store.of(id).set({ cube: { ...cube, error } });
  }

  dispose(): void {
    this.#ended = true;
    for (const cube of this.#cubes.values()) cube.dispose();
    this.#cubes.clear();
  }
}
