import type { Host } from '../hosts/host.js';
import { endmemberFill, formatHex } from '../imaging/colour.js';
import type { LayerStyle } from '../imaging/layer.js';
import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { followClasses } from './class-entry.js';
import type { Edit } from './edits.js';
import {
  Drawing,
  abundanceEntries,
  compositeOf,
  ordered,
  withAbundances,
} from './entries.js';
import { Overlays } from './overlays.js';
import { placedLayers } from './placements.js';
import type { LayerEntry } from './state.js';
import type { Store } from './store.js';

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
    private readonly store: Store,
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
      followClasses(given, this.store.state),
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

  /**
   * Shows one map for each endmember: N x R abundances. Without any, the maps go.
   * @param anew they are of another result: maps that tell about the one before go
   */
  async showMaps(
    abundances: Float32Array | null,
    names: readonly string[],
    anew = abundances === null,
  ): Promise<void> {
    const { cube, selected } = this.store.state;
    if (cube.state !== 'ready') return;
    const layers = this.store.state.layers.filter(
      ({ role }) => !anew || role !== 'diagnostic',
    );
    const colours = names.map(
      (_, r) => this.store.state.colours[r] ?? endmemberFill(r),
    );
    const maps = abundances
      ? abundanceEntries(cube.summary, abundances, names, colours, layers)
      : [];
    this.store.set({
      colours,
      selected: selected !== null && selected < maps.length ? selected : null,
    });
    await this.show(withAbundances(layers, maps));
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

  async setStyle(id: string, patch: Partial<LayerStyle>): Promise<void> {
    if (patch.colour) {
      const layer = this.store.state.layers.find((one) => one.id === id);
      const endmember = layer?.endmember;
      if (endmember !== null && endmember !== undefined)
        this.store.set({
          colours: this.store.state.colours.with(
            endmember,
            formatHex(patch.colour),
          ),
        });
    }
    await this.edit((layers) =>
      layers.map((layer) =>
        layer.id === id
          ? { ...layer, style: { ...layer.style, ...patch } }
          : layer,
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

  /** Brings back order, styles and colours of an edit, for the layers that are still there. */
  async restore({ layers, composite }: Edit): Promise<void> {
    this.#composite = composite;
    const styles = new Map(layers.map(({ id, style }) => [id, style]));
    const colours = [...this.store.state.colours];
    for (const { id, endmember } of this.store.state.layers) {
      const style = styles.get(id);
      if (endmember !== null && style)
        colours[endmember] = formatHex(style.colour);
    }
    this.store.set({ colours });
    await this.edit((now) =>
      ordered(
        now.map((layer) => ({
          ...layer,
          style: styles.get(layer.id) ?? layer.style,
        })),
        layers.map(({ id }) => id),
      ),
    );
  }

  dispose(): void {
    void this.#overlays.dispose().catch(() => undefined);
  }
}
