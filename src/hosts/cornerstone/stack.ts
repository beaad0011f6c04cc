import type { Layer } from '../../imaging/layer.js';
import { UnmixingError } from '../../spectral/errors.js';
import { moveCamera } from './camera.js';
import type { DrawnLayer, Place } from './drawn.js';
import { ImageLayer } from './image-layer.js';
import type { Slab } from './slab.js';
import { isStack, type Cornerstone, type Viewport } from './viewer.js';
import { VolumeLayer } from './volume-layer.js';

interface Slot {
  drawn: DrawnLayer;
}

/**
 * Our layers over what a viewport shows, bottom first. Cornerstone draws actors in the order in which it came to draw them,
 * source over, and keeps that order for actors that are taken out and added again: another order takes other actors. It
 * makes them after a while, so that changes wait for one another.
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
    /** The slices on which a layer is drawn. */
    readonly slabOf: (layer: Layer) => Slab,
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
      this.#slots = [...this.#slots, slot];
      this.#put([slot]);
      return {
        update: (next) => this.#inTurn(() => this.#update(slot, next)),
        remove: () =>
          this.#inTurn(() => {
            if (this.#slots.includes(slot)) this.#remove([slot]);
          }),
      };
    });
  }

  order(ids: readonly string[]): Promise<void> {
    return this.#inTurn(() => {
      const rank = ({ drawn }: Slot): number => ids.indexOf(drawn.layer.id);
      const next = [...this.#slots].sort((a, b) => rank(a) - rank(b));
      const from = next.findIndex((slot, i) => slot !== this.#slots[i]);
      this.#slots = next;
      return this.#renew(from);
    });
  }

  /** Takes everything out at once, and what is not done yet comes to nothing. */
  clear(): void {
    this.#remove(this.#slots);
    this.#over = true;
  }

  /** Draws all anew, in a viewport that was put in place of ours, too. */
  renew(): Promise<void> {
    return this.#unlessOver(() => this.#renew(0));
  }

  /** Draws layers anew that lie in another image of the viewer than before. */
  settle(): Promise<void> {
    return this.#unlessOver(() =>
      this.#renew(
        this.#slots.findIndex(
          ({ drawn: { layer }, drawn }) =>
            !drawn.redraw(layer, this.slabOf(layer)),
        ),
      ),
    );
  }

  /** Puts back what the viewer has taken out with its own images, and moves layers to the image that a stack shows. */
  follow(): void {
    if (this.#changing || this.#slots.length === 0 || !this.alive) return;
    const present = this.viewport()
      .getActors()
      .map(({ uid }) => uid);
    if (this.#slots.every(({ drawn }) => present.includes(drawn.entry.uid)))
      this.#lift();
    else void this.renew();
  }

  async #update(slot: Slot, layer: Layer): Promise<void> {
    const place = this.#slots.indexOf(slot);
    if (place < 0)
      throw new UnmixingError(
        'host',
        `invalid layer: ${layer.id} was removed (want a layer that is drawn)`,
      );
    if (slot.drawn.redraw(layer, this.slabOf(layer))) this.#render();
    else await this.#renew(place, layer);
  }

  /**
   * Gives the slots from this one up other actors.
   * @param from nothing is done for -1
   * @param first another layer for the first of them
   */
  async #renew(from: number, first?: Layer): Promise<void> {
    const slots = from < 0 ? [] : this.#slots.slice(from);
    if (slots.length === 0) return;
    const fresh: DrawnLayer[] = [];
    try {
      for (const [i, { drawn }] of slots.entries())
        fresh.push(await this.#make(i === 0 && first ? first : drawn.layer));
    } catch (error) {
      for (const drawn of fresh) drawn.free();
      throw error;
    }
    this.#takeOut(slots);
    slots.forEach((slot, i) => {
      slot.drawn.free();
      slot.drawn = fresh[i];
    });
    this.#put(slots);
  }

  async #make(layer: Layer): Promise<DrawnLayer> {
    const viewport = this.viewport();
    const place: Place = { cornerstone: this.cornerstone, viewport };
    const made = isStack(viewport)
      ? await ImageLayer.make({ ...place, viewport }, layer)
      : await VolumeLayer.make(place, layer, this.slabOf(layer));
    if (!this.#over) return made;
    made.free();
    throw new UnmixingError('host', 'The plugin has left this viewer.');
  }

  #remove(slots: readonly Slot[]): void {
    this.#takeOut(slots);
    for (const { drawn } of slots) drawn.free();
    this.#slots = this.#slots.filter((slot) => !slots.includes(slot));
    this.#render();
  }

  /** Draws these above everything else. */
  #put(slots: readonly Slot[]): void {
    if (!this.alive) return;
    const viewport = this.viewport();
    // Adding actors brings the view nearly, but not exactly, back to where it was.
    const camera = viewport.getCamera();
    this.#change(() =>
      viewport.addActors(slots.map(({ drawn }) => drawn.entry)),
    );
    moveCamera(viewport, camera);
    this.#lift();
    this.#render();
  }

  #takeOut(slots: readonly Slot[]): void {
    if (!this.alive) return;
    const viewport = this.viewport();
    const present = viewport.getActors().map(({ uid }) => uid);
    const ids = slots
      .map(({ drawn }) => drawn.entry.uid)
      .filter((uid) => present.includes(uid));
    if (ids.length > 0) this.#change(() => viewport.removeActors(ids));
  }

  #change(work: () => void): void {
    this.#changing = true;
    work();
    this.#changing = false;
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

  /** For what nobody waits for: it may come to nothing when all is over. */
  #unlessOver(work: () => Promise<void>): Promise<void> {
    return this.#inTurn(work).catch((error: unknown) => {
      if (!this.#over) throw error;
    });
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#before.then(work);
    this.#before = done.catch(() => undefined);
    return done;
  }
}
