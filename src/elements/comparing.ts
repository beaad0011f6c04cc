import type { Comparison, Host } from '../hosts/host.js';
import type { Layer } from '../imaging/layer.js';
import { blend, blendId } from './entries.js';
import { asUnmixingError } from './layering.js';
import type { ComparisonState, LayerEntry } from './state.js';
import type { Store } from './store.js';

/** What can be compared: layers of the cube's grid, and all abundances as one. Ids with names, in the order of the list. */
export function comparable(
  layers: readonly LayerEntry[],
): readonly (readonly [string, string])[] {
  const ofCube = layers.filter(({ role }) => role !== 'picture');
  const maps = layers.filter(({ role }) => role === 'abundance');
  return [
    ...(maps.length > 1 ? [[blendId, 'All abundances'] as const] : []),
    ...ofCube.map(({ id, name }) => [id, name] as const),
  ];
}

/** Keeps the viewer's own comparison in line with the state: it follows the layers, and ends when one of them goes. */
export class Comparing {
  /** What the viewer was last asked to show. */
  #asked: Comparison | null = null;
  #waiting = false;
  #working: Promise<void> | null = null;
  readonly #seen = new WeakMap<LayerEntry, Layer>();
  #maps: readonly LayerEntry[] = [];
  #blend: Layer | null = null;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {}

  /** To be told whenever the state was replaced. */
  follow(): void {
    const { comparison } = this.store.state;
    const wanted = comparison && this.#comparison(comparison);
    if (comparison && !wanted) this.store.set({ comparison: null });
    if (same(wanted, this.#asked)) return;
    this.#asked = wanted;
    this.#waiting = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  /** Ends it; the viewer shows the layers again. */
  async end(): Promise<void> {
    this.store.set({ comparison: null });
    this.follow();
    await this.#working;
  }

  /** Of what was asked while the viewer was at work, only the last is done. */
  async #work(): Promise<void> {
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
  }

  #comparison({ first, second, mode }: ComparisonState): Comparison | null {
    const [one, other] = [first, second].map((id) => this.#layer(id));
    return one && other ? { first: one, second: other, mode } : null;
  }

  /** A layer to be compared is seen, whether or not it is hidden among the others. */
  #layer(id: string): Layer | null {
    const { layers } = this.store.state;
    if (id === blendId) return this.#all(layers);
    const layer = layers.find((one) => one.id === id);
    if (!layer) return null;
    const seen = this.#seen.get(layer) ?? {
      ...layer,
      style: { ...layer.style, visible: true },
    };
    this.#seen.set(layer, seen);
    return seen;
  }

  #all(layers: readonly LayerEntry[]): Layer | null {
    const maps = layers.filter(({ role }) => role === 'abundance');
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
