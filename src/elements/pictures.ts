import { inUnit } from '../imaging/geometry.js';
import type { Picture } from '../spectral/cube.js';
import { pictureEntry } from './entries.js';
import type { Layering } from './layering.js';
import { worldUnit } from './placements.js';
import { unlike } from './source.js';
import type { Store } from './store.js';

/** The pictures beneath the cubes. */
export class Pictures {
  #count = 0;

  constructor(
    private readonly store: Store,
    private readonly layering: Layering,
    private readonly before: (what: string) => void,
  ) {}

  /** Pictures to come are numbered after those that have these ids. */
  countFrom(ids: readonly string[]): void {
    const numbers = ids.map((id) =>
      Number(/^picture-(\d+)$/.exec(id)?.[1] ?? 0),
    );
    this.#count = Math.max(this.#count, ...numbers);
  }

  /**
   * Adds pictures beneath all layers: an edit, which can be taken back.
   * @throws UnmixingError `host` when the viewer cannot show them
   */
  async add(pictures: readonly Picture[]): Promise<void> {
    if (pictures.length === 0) return;
    this.before(`picture ${this.#count + 1}`);
    await this.bring(pictures, []);
  }

  /**
   * Adds those that come with a cube.
   * @param instead layers of those that came with the one before: they go
   * @returns the ids of their layers
   */
  async bring(
    pictures: readonly Picture[],
    instead: readonly string[],
  ): Promise<readonly string[]> {
    if (pictures.length + instead.length === 0) return [];
    const { layers } = this.store.state;
    const stay = layers.filter(({ id }) => !instead.includes(id));
    const names = unlike(
      pictures.map(({ name }) => name),
      stay.map(({ name }) => name),
    );
    const placed = pictures.map((picture) => ({
      ...picture,
      geometry: inUnit(picture.geometry, worldUnit(stay, '')),
    }));
    const entries = placed.map((picture, i) =>
      pictureEntry(
        { ...picture, name: names[i] },
        `picture-${(this.#count += 1)}`,
      ),
    );
    await this.layering.show([...stay, ...entries]);
    const gone = layers.filter(({ id }) => instead.includes(id));
    this.#forget(gone.map(({ image }) => image));
    this.store.set({ pictures: [...this.store.state.pictures, ...placed] });
    return entries.map(({ id }) => id);
  }

  /** Takes the picture of a layer away. */
  async remove(id: string): Promise<void> {
    const { layers } = this.store.state;
    const gone = layers.filter((layer) => layer.id === id);
    this.#forget(gone.map(({ image }) => image));
    await this.layering.edit((all) => all.filter((layer) => layer.id !== id));
  }

  #forget(images: readonly object[]): void {
    const data = images.flatMap((image) => ('data' in image ? image.data : []));
    if (data.length === 0) return;
    this.store.set({
      pictures: this.store.state.pictures.filter(
        (picture) => !data.includes(picture.data),
      ),
    });
  }
}
