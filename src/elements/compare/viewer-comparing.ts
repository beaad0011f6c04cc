import type { Comparison, Host } from '../../hosts/host.js';
import type { Layer } from '../../imaging/layer.js';
import { blend, blendId, ownLayers } from '../entries.js';
import { asUnmixingError } from '../layering.js';
import type { ComparisonState, LayerEntry } from '../state.js';
import type { Store } from '../store.js';

/** A comparison in one of the viewer's own ways. */
export type ViewerComparison = ComparisonState & Pick<Comparison, 'mode'>;

const mapsOf = (
  layers: readonly LayerEntry[],
  owner: string,
): readonly LayerEntry[] =>
  ownLayers(layers, owner).filter(({ role }) => role === 'abundance');

/** Keeps the viewer's own comparison in line with the state: it follows the layers, and ends when one of them goes. */
export class ViewerComparing {
  /** What the viewer was last asked to show. */
  #asked: Comparison | null = null;
  #waiting = false;
  #working = false;
  readonly #seen = new WeakMap<LayerEntry, Layer>();
  #maps: readonly LayerEntry[] = [];
  #blend: Layer | null = null;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {}

  /**
   * To be told whenever the state was replaced.
   * @param comparison in a mode of the viewer; null while there is none
   */
  follow(comparison: ViewerComparison | null): void {
    const wanted = comparison && this.#comparison(comparison);
    if (comparison && !wanted) this.store.set({ comparison: null });
    if (same(wanted, this.#asked)) return;
    this.#asked = wanted;
    this.#waiting = true;
    if (!this.#working) void this.#work();
  }

  /** Of what was asked while the viewer was at work, only the last is done. */
  async #work(): Promise<void> {
    this.#working = true;
    while (this.#waiting) {
      this.#waiting = false;
      try {
        await this.host.compare?.(this.#asked);
      } catch (caught) {
        const { cube } = this.store.state;
        const error = asUnmixingError(caught, 'host');
        this.#asked = null;
        this.store.set({
          comparison: null,
          ...(cube.state === 'ready' && { cube: { ...cube, error } }),
        });
      }
    }
    this.#working = false;
  }

  #comparison({ first, second, mode }: ViewerComparison): Comparison | null {
    const [one, other] = [first, second].map((id) => this.#layer(id));
    return one && other ? { first: one, second: other, mode } : null;
  }

  /** A layer to be compared is seen, whether or not it is hidden among the others. */
  #layer(id: string): Layer | null {
    const { layers } = this.store.state;
    const owner = layers.find((one) => blendId(one.owner) === id)?.owner;
    if (owner !== undefined) return this.#all(layers, owner);
    const layer = layers.find((one) => one.id === id);
    if (!layer) return null;
    const seen = this.#seen.get(layer) ?? {
      ...layer,
      style: { ...layer.style, visible: true },
    };
    this.#seen.set(layer, seen);
    return seen;
  }

  #all(layers: readonly LayerEntry[], owner: string): Layer | null {
    const maps = mapsOf(layers, owner);
    if (maps.length === 0) return null;
    const known =
      maps.length === this.#maps.length &&
      maps.every((map, i) => map === this.#maps[i]);
    if (!known || !this.#blend) this.#blend = blend(maps);
    this.#maps = maps;
    return this.#blend;
  }
}

const same = (a: Comparison | null, b: Comparison | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.first === b.first &&
    a.second === b.second &&
    a.mode === b.mode);
