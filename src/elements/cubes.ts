import { type CubePart, partOf } from './cube-part.js';
import { emptyState } from './empty-state.js';
import type { Engine } from './engine.js';
import { placementsWithout } from './placements.js';
import type { PreparedCube } from './prepared.js';
import type { UnmixingError } from '../spectral/errors.js';
import type { Origin, Read } from './asking.js';
import { SessionCube, type Surroundings } from './session-cube.js';
import type { SessionStore } from './store.js';

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
    const cube = this.#add(
      id,
      {
        ...partOf(emptyState),
        cube: { state: 'opening', name, fraction: 0 },
        request: { ...request, exclude: [], fixed: [] },
        classThreshold,
      },
      from,
    );
    this.store.activate(id);
    const asked = { question: null, answers: {}, remarks: [] };
    await cube.opening.open({ name, origin, read, ...asked });
  }

  /** The first that no cube has. */
  #freeId(): string {
    let number = 1;
    while (this.#cubes.has(idOf(number))) number += 1;
    return idOf(number);
  }

  #add(
    id: string,
    part: CubePart,
    from: string,
    engine: Engine | null = null,
  ): SessionCube {
    this.store.add(id, part);
    const store = this.store.of(id);
    const cube = new SessionCube(id, store, engine, this.task, {
      cameToNothing: (error) => this.#cameToNothing(id, from, error),
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
  swap(cubes: readonly PreparedCube[], active: string): void {
    for (const cube of this.all) this.#remove(cube, '');
    this.store.await({ cube: emptyState.cube });
    for (const { id, part, engine, ...source } of cubes)
      this.#add(id, part, '', engine).adopt(source);
    this.store.activate(active);
  }

  /** Makes a cube the one that the panel is about. */
  activate(id: string): void {
    if (this.#cubes.has(id)) this.store.activate(id);
  }

  /** Puts a cube away, and all that came of it; its worker ends. */
  async close(id: string): Promise<void> {
    const cube = this.find(id);
    if (!cube) return;
    this.#remove(cube, '');
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

  /** @param from which cube comes to the fore when this one was there, if it still exists */
  #remove(cube: SessionCube, from: string): void {
    const { id, store } = cube;
    const { request, classThreshold } = store.state;
    cube.dispose();
    this.#cubes.delete(id);
    this.store.await({
      request: { ...request, exclude: [], fixed: [] },
      classThreshold,
    });
    const wasActive = this.store.state.active === id;
    this.store.remove(id);
    if (!wasActive) return;
    const next = this.find(from) ?? this.all.at(-1);
    this.store.activate(next?.id ?? '');
  }

  /** What failed is told beside a cube that is open, else in place of one. */
  #cameToNothing(id: string, from: string, error: UnmixingError | null): void {
    const cube = this.find(id);
    if (!cube) return;
    this.#remove(cube, from);
    const { active } = this.store.state;
    const ready = [active, ...this.store.ids].find(
      (one) => this.store.part(one)?.cube.state === 'ready',
    );
    if (ready !== undefined) this.#tell(ready, error);
    else if (this.#cubes.size > 0) this.#untold = error;
    else if (error) this.store.await({ cube: { state: 'failed', error } });
  }

  #tell(id: string, error: UnmixingError | null): void {
    const cube = this.store.part(id)?.cube;
    if (cube?.state === 'ready')
      this.store.of(id).set({ cube: { ...cube, error } });
  }

  dispose(): void {
    for (const cube of this.#cubes.values()) cube.dispose();
    this.#cubes.clear();
  }
}
