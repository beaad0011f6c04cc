import type { Host } from '../hosts/host.js';
import { formatHex } from '../imaging/colour.js';
import type { LayerStyle } from '../imaging/layer.js';
import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { followClasses } from './class-entry.js';
import { Drawing, compositeOf, ordered } from './entries.js';
import { Overlays } from './overlays.js';
import { placedLayers } from './placements.js';
import type { LayerEntry } from './state.js';
import type { SessionStore } from './store.js';

/** Any failure as one a user may read. */
export const asUnmixingError = (
  error: unknown,
  tag: 'file' | 'input' | 'host',
): UnmixingError =>
  isUnmixingError(error)
    ? error
    : new UnmixingError(
        tag,
        error instanceof Error ? error.message : String(error),
        { cause: error },
      );

/** The layers of the session and what the viewer draws of them. */
export class Layering {
  readonly #overlays: Overlays;
  readonly #drawing = new Drawing();
  #composite = false;

  constructor(
    private readonly store: SessionStore,
    private readonly host: Host,
  ) {
    this.#overlays = new Overlays(host);
    this.store.set({ composite: compositeOf(false, [], host.capabilities) });
  }

  /** The user's choice of one blended layer, apart from what the viewer needs. */
  get composite(): boolean {
    return this.#composite;
  }

  /**
   * Replaces the layers, top-most first.
   * @throws UnmixingError `host` when the viewer cannot show them; the state then keeps those it showed
   */
  async show(layers: readonly LayerEntry[]): Promise<void> {
    const before = this.store.state.layers;
    this.#put(layers);
    try {
      await this.#draw();
    } catch (error) {
      this.#put(before);
      throw asUnmixingError(error, 'host');
    }
  }

  #put(given: readonly LayerEntry[]): void {
    const { placements } = this.store.state;
    const layers = placedLayers(
      followClasses(given, (cube) => this.store.part(cube)),
      placements,
    );
    const composite = compositeOf(
      this.#composite,
      layers,
      this.host.capabilities,
    );
    this.store.set({ layers, composite });
  }

  #draw(): Promise<void> {
    return this.#overlays.show(() => {
      const { layers, composite } = this.store.state;
      return this.#drawing.of(layers, composite.on);
    });
  }

  /** Shows edits of layers; when the viewer fails, what was drawn stays and the state says why. */
  async edit(
    change: (layers: readonly LayerEntry[]) => readonly LayerEntry[],
  ): Promise<void> {
    try {
      await this.show(change(this.store.state.layers));
    } catch (caught) {
      const { cube } = this.store.state;
      if (cube.state === 'ready')
        this.store.set({
          cube: { ...cube, error: asUnmixingError(caught, 'host') },
        });
    }
  }

  /** Changes how a layer is drawn; the colour of a map is that of its endmember. */
  async setStyle(id: string, patch: Partial<LayerStyle>): Promise<void> {
    const layer = this.store.state.layers.find((one) => one.id === id);
    if (!layer) return;
    const { owner, endmember } = layer;
    const cube = this.store.of(owner);
    if (patch.colour && endmember !== null)
      cube.set({
        colours: cube.state.colours.with(endmember, formatHex(patch.colour)),
      });
    await this.edit((layers) =>
      layers.map((one) =>
        one.id === id ? { ...one, style: { ...one.style, ...patch } } : one,
      ),
    );
  }

  async setOrder(ids: readonly string[]): Promise<void> {
    await this.edit((layers) => ordered(layers, ids));
  }

  async setComposite(on: boolean): Promise<void> {
    this.#composite = on;
    await this.edit((layers) => [...layers]);
  }

  /** Shows layers and the choice of one blended layer as they were. */
  async restore(
    layers: readonly LayerEntry[],
    composite: boolean,
  ): Promise<void> {
    this.#composite = composite;
    await this.edit(() => layers);
  }

  dispose(): void {
    void this.#overlays.dispose().catch(() => undefined);
  }
}
