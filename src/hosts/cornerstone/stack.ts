import type { Layer } from '../../imaging/layer.js';
import { UnmixingError } from '../../spectral/errors.js';
import { moveCamera } from './camera.js';
import { isOurs, type DrawnLayer, type Place } from './drawn.js';
import { ImageLayer } from './image-layer.js';
import { isStack, type Cornerstone, type Viewport } from './viewer.js';
import { VolumeLayer } from './volume-layer.js';

interface Slot {
  drawn: DrawnLayer;
}

/**
 * Our layers over what a viewport shows, bottom first. Cornerstone draws its actors in the order they were added, source over:
 * another order is made by taking them out and adding them again. It makes actors after a while, so that changes wait for one
 * another.
 */
export class LayerStack {
  #slots: readonly Slot[] = [];
  #before: Promise<unknown> = Promise.resolve();
  /** While we change the actors ourselves. */
  #changing = false;
  #over = false;

  constructor(
    readonly cornerstone: Cornerstone,
    readonly viewport: () => Viewport,
    /** Number of slices that the image of a layer has in the viewer; 1 where it has none. */
    readonly depthOf: (layer: Layer) => number,
  ) {}

  get all(): readonly Layer[] {
    return this.#slots.map(({ drawn }) => drawn.layer);
  }

  add(layer: Layer): Promise<{
    update: (layer: Layer) => Promise<void>;
    remove: () => Promise<void>;
  }> {
    return this.#inTurn(async () => {
      if (this.all.some(({ id }) => id === layer.id))
        throw new UnmixingError(
          'host',
          `invalid layer: ${layer.id} is drawn already (want another id, or an update)`,
        );
      const slot = { drawn: await this.#make(layer) };
      this.#set([...this.#slots, slot]);
      return {
        update: (next) => this.#inTurn(() => this.#update(slot, next)),
        remove: () =>
          this.#inTurn(() => this.#set(this.#slots.filter((s) => s !== slot))),
      };
    });
  }

  order(ids: readonly string[]): Promise<void> {
    return this.#inTurn(() => {
      const rank = ({ drawn }: Slot): number => ids.indexOf(drawn.layer.id);
      this.#set([...this.#slots].sort((a, b) => rank(a) - rank(b)));
    });
  }

  /** Takes everything out at once, and what is not done yet comes to nothing. */
  clear(): void {
    this.#set([]);
    this.#over = true;
  }

  /** Draws layers anew that lie in another volume than before, or all of them in a viewport that was put in place of ours. */
  refresh(all: boolean): Promise<void> {
    return this.#inTurn(async () => {
      for (const slot of this.#slots) {
        const { layer } = slot.drawn;
        if (all || !slot.drawn.redraw(layer, this.depthOf(layer)))
          await this.#renew(slot, layer);
      }
    });
  }

  /** Puts back what the viewer has taken out with its own images, and moves layers to the image that a stack shows. */
  follow(): void {
    if (this.#changing || this.#slots.length === 0 || !this.alive) return;
    const present = new Set(
      this.viewport()
        .getActors()
        .map(({ uid }) => uid),
    );
    if (this.#slots.every(({ drawn }) => present.has(drawn.entry.uid)))
      this.#lift();
    else this.#set(this.#slots);
  }

  async #update(slot: Slot, layer: Layer): Promise<void> {
    if (!this.#slots.includes(slot))
      throw new UnmixingError(
        'host',
        `invalid layer: ${layer.id} was removed (want a layer that is drawn)`,
      );
    if (slot.drawn.redraw(layer, this.depthOf(layer))) this.#render();
    else await this.#renew(slot, layer);
  }

  async #renew(slot: Slot, layer: Layer): Promise<void> {
    const fresh = await this.#make(layer);
    const old = slot.drawn;
    this.#takeOut();
    slot.drawn = fresh;
    old.free();
    this.#set(this.#slots);
  }

  async #make(layer: Layer): Promise<DrawnLayer> {
    const viewport = this.viewport();
    const place: Place = { cornerstone: this.cornerstone, viewport };
    const made = isStack(viewport)
      ? ImageLayer.make({ ...place, viewport }, layer)
      : await VolumeLayer.make(place, layer, this.depthOf(layer));
    if (!this.#over) return made;
    made.free();
    throw new UnmixingError('host', 'The plugin has left this viewer.');
  }

  /** Draws these, in this order, and nothing else of ours. */
  #set(slots: readonly Slot[]): void {
    this.#takeOut();
    for (const slot of this.#slots)
      if (!slots.includes(slot)) slot.drawn.free();
    this.#slots = slots;
    if (!this.alive) return;
    const viewport = this.viewport();
    const entries = slots.map(({ drawn }) => drawn.entry);
    if (entries.length > 0)
      this.#keepingCamera(viewport, () => viewport.addActors(entries));
    this.#lift();
    this.#render();
  }

  #takeOut(): void {
    if (!this.alive) return;
    const viewport = this.viewport();
    const ours = viewport.getActors().filter(({ uid }) => isOurs(uid));
    const ids = ours.map(({ uid }) => uid);
    if (ids.length === 0) return;
    this.#changing = true;
    viewport.removeActors(ids);
    this.#changing = false;
  }

  /** Adding actors brings the view nearly, but not exactly, back to where it was. */
  #keepingCamera(viewport: Viewport, change: () => void): void {
    const camera = viewport.getCamera();
    this.#changing = true;
    change();
    this.#changing = false;
    moveCamera(viewport, camera);
  }

  #lift(): void {
    const viewport = this.viewport();
    if (!isStack(viewport)) return;
    const [a, b, c] = viewport.getCamera().viewPlaneNormal;
    const shown = viewport.getImageData()?.origin;
    this.#slots.forEach(({ drawn }, rank) => {
      if (!(drawn instanceof ImageLayer)) return;
      const [x, y, z] = shown ? Array.from(shown) : drawn.layer.geometry.origin;
      drawn.lift(rank, [a, b, c], [x, y, z]);
    });
    viewport.updateCameraClippingPlanesAndRange();
    this.#render();
  }

  #render(): void {
    if (this.alive) this.viewport().render();
  }

  /** Whether the viewer has not closed the viewport. */
  get alive(): boolean {
    const viewport = this.viewport();
    const engine = this.cornerstone
      .getRenderingEngines()
      .find(({ id }) => id === viewport.renderingEngineId);
    return (
      engine?.hasBeenDestroyed === false &&
      engine.getViewport(viewport.id) === viewport
    );
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#before.then(work);
    this.#before = done.catch(() => undefined);
    return done;
  }
}
