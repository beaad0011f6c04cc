import type { Host, LayerHandle } from '../hosts/host.js';
import { isStraight } from '../imaging/geometry.js';
import type { Layer } from '../imaging/layer.js';
import type { StraightLayers } from '../imaging/straight.js';
import { keepPace } from '../spectral/pace.js';

/** The layers that a host draws for us, brought into line with those that are wanted. */
export class Overlays {
  readonly #handles = new Map<
    string,
    { readonly handle: LayerHandle; layer: Layer }
  >();
  #straight: StraightLayers | null = null;
  #order: readonly string[] = [];
  #wanted: (() => readonly Layer[]) | null = null;
  #working: Promise<void> | null = null;

  constructor(private readonly host: Host) {}

  /**
   * Shows these layers, bottom first, and no others. Of calls in one go, and of those that follow while one is at work,
   * the last wins; the others are not even made.
   * When a layer cannot be added, the others that were new with it are taken back.
   * @throws UnmixingError `host` of the viewer
   */
  show(layers: () => readonly Layer[]): Promise<void> {
    this.#wanted = layers;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    while (this.#wanted) {
      const layers = this.#wanted;
      this.#wanted = null;
      await this.#apply(layers());
    }
  }

  async #apply(layers: readonly Layer[]): Promise<void> {
    for (const id of [...this.#handles.keys()])
      if (!layers.some((layer) => layer.id === id)) await this.#remove(id);
    const added: string[] = [];
    const pace = keepPace();
    try {
      for (const layer of layers) {
        await pace();
        const shown = this.#handles.get(layer.id);
        if (!shown) {
          const handle = await this.host.addLayer(await this.#drawable(layer));
          this.#handles.set(layer.id, { handle, layer });
          this.#order = [...this.#order, layer.id];
          added.push(layer.id);
        } else if (shown.layer !== layer) {
          await shown.handle.update(await this.#drawable(layer));
          shown.layer = layer;
        }
      }
      const order = layers.map(({ id }) => id);
      if (order.join('\n') !== this.#order.join('\n')) {
        await this.host.orderLayers(
          order.flatMap((id) => this.#handles.get(id)?.handle.id ?? []),
        );
        this.#order = order;
      }
    } catch (error) {
      for (const id of added) await this.#remove(id);
      throw error;
    }
  }

  /** As the viewer can draw it. */
  async #drawable(layer: Layer): Promise<Layer> {
    if (this.host.capabilities.has('affine') || isStraight(layer.geometry))
      return layer;
    const { StraightLayers } = await import('../imaging/straight.js');
    this.#straight ??= new StraightLayers();
    return this.#straight.of(layer);
  }

  async #remove(id: string): Promise<void> {
    const shown = this.#handles.get(id);
    this.#handles.delete(id);
    this.#order = this.#order.filter((known) => known !== id);
    await shown?.handle.remove();
  }

  async dispose(): Promise<void> {
    await this.show(() => []);
  }
}
