import type { Cubes } from './cubes.js';
import { type Edit, Edits } from './edits.js';
import type { Layering } from './layering.js';
import type { LayerEntry } from './state.js';
import type { SessionStore } from './store.js';

/** Undo and redo of all that is edited, over all cubes. */
export class Editing {
  readonly #edits = new Edits();
  #at = 0;
  /** Cubes, and pictures that came with one, by their ids: after which step they came. They are not taken back with an edit. */
  readonly #arrived = new Map<string, number>();

  constructor(
    private readonly store: SessionStore,
    private readonly layering: Layering,
    private readonly cubes: () => Cubes,
  ) {}

  /** Keeps how things are before `what` is edited; edits of one thing that follow closely are one step. */
  before(what: string): void {
    this.#edits.before(what, this.#now());
    this.#tell();
  }

  undo(): void {
    this.#take(this.#edits.undo(this.#now()));
  }

  redo(): void {
    this.#take(this.#edits.redo(this.#now()));
  }

  /** Images came that no edit takes back. */
  arrived(owners: readonly string[]): void {
    for (const owner of owners) this.#arrived.set(owner, this.#at);
  }

  /** What was done to a cube can no longer be taken back. */
  forget(cube: string): void {
    this.#edits.forget(cube, this.#now());
    this.#tell();
  }

  /** All is another session's. */
  clear(): void {
    this.#edits.clear();
    this.#tell();
  }

  #now(): Edit {
    const { layers, pictures, placements, registrations, caption } =
      this.store.state;
    return {
      at: (this.#at += 1),
      layers,
      pictures,
      placements,
      registrations,
      caption,
      composite: this.layering.composite,
      cubes: new Map(
        this.cubes().all.flatMap((cube) => {
          const edit = cube.edit();
          return edit ? [[cube.id, edit]] : [];
        }),
      ),
    };
  }

  #take(edit: Edit | null): void {
    if (!edit) return;
    const { pictures, placements, registrations, caption, composite } = edit;
    const open = this.cubes().all;
    this.store.set({ placements, registrations, caption });
    for (const cube of open) {
      const own = edit.cubes.get(cube.id);
      if (own) cube.restore(own);
    }
    const layers = this.#layers(edit);
    const came = this.store.state.pictures.filter(
      ({ data }) =>
        !pictures.some((picture) => picture.data === data) &&
        layers.some(
          ({ image }) => image.kind === 'rgba' && image.data === data,
        ),
    );
    this.store.set({ pictures: [...pictures, ...came] });
    void this.layering.restore(
      open.reduce((all, cube) => cube.layers.settled(all), layers),
      composite,
    );
    for (const cube of open) cube.settle();
    this.#tell();
  }

  /** The layers of an edit, beneath those of images that came since. */
  #layers({ at, layers }: Edit): readonly LayerEntry[] {
    const came = this.store.state.layers.filter(
      ({ owner }) => (this.#arrived.get(owner) ?? 0) >= at,
    );
    return [...came, ...layers.filter((layer) => !came.includes(layer))];
  }

  #tell(): void {
    const { canUndo, canRedo } = this.#edits;
    this.store.set({ canUndo, canRedo });
  }
}
