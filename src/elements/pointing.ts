import type { Pick } from '../hosts/host.js';
import { type Point, indexToWorld } from '../imaging/geometry.js';
import type { Engine } from './engine.js';
import { cubeGeometry } from './placements.js';
import { pointAt } from './pointer.js';
import type { Store } from './store.js';

/** The pixel under the pointer, and its spectrum: one is fetched at a time, of those asked meanwhile only the last. */
export class Pointing {
  #next: number | null = null;
  #busy = false;

  constructor(
    private readonly store: Store,
    private readonly engine: Engine,
  ) {}

  /** Follows the pointer, unless a pixel is pinned. */
  picked(pick: Pick | null): void {
    const { pointer } = this.store.state;
    if (pick?.pressed) this.pin(pick.world);
    else if (!pointer?.pinned) this.#point(pick?.world ?? null, false);
  }

  /** Holds the pixel at a position; a position outside the image lets go. */
  pin(world: Point): void {
    this.#point(world, true);
  }

  unpin(): void {
    if (this.store.state.pointer?.pinned) this.store.set({ pointer: null });
  }

  /** The cube may lie elsewhere now: the pixel that is held stays the same. */
  follow(): void {
    const { pointer } = this.store.state;
    const geometry = cubeGeometry(this.store.state);
    if (!pointer?.pinned || !geometry) return;
    const world = indexToWorld(geometry, [pointer.x, pointer.y, 0]);
    if (world.some((value, axis) => value !== pointer.world[axis]))
      this.store.set({ pointer: { ...pointer, world } });
  }

  #point(world: Point | null, pinned: boolean): void {
    const { cube, pointer: before } = this.store.state;
    const geometry = cubeGeometry(this.store.state);
    if (cube.state !== 'ready' || !geometry || !world) {
      if (before) this.store.set({ pointer: null });
      return;
    }
    const { width, height } = cube.summary;
    const ground = { geometry, width, height };
    const pointer = pointAt(ground, world, pinned, before);
    if (!pointer && !before) return;
    this.store.set({ pointer });
    if (pointer && !pointer.spectrum) this.#ask(pointer.y * width + pointer.x);
  }

  #ask(pixel: number): void {
    this.#next = pixel;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== null) {
      const pixel = this.#next;
      this.#next = null;
      try {
        const client = await this.engine.restored();
        const spectrum = await client.pixel(pixel);
        const { pointer, cube } = this.store.state;
        if (
          pointer &&
          cube.state === 'ready' &&
          pointer.y * cube.summary.width + pointer.x === pixel
        )
          this.store.set({ pointer: { ...pointer, spectrum } });
      } catch {
        // The cube was put away meanwhile: there is nothing to show.
      }
    }
    this.#busy = false;
  }
}
