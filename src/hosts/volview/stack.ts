import { samePlace } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { LayerHandle } from '../host.js';
import { dress, undress } from './dressing.js';
import type { Homes } from './homes.js';
import { Plane, lookOf, type Look } from './plane.js';
import type { Colouring, VolView } from './viewer.js';
import { axisOf, sliceViews } from './views.js';

/** Where a layer is in VolView's list. */
interface Place {
  readonly plane: Plane;
  /** The dataset it lies on. */
  readonly parent: string;
  /** VolView lists a layer as a dataset of its own, which lies on another. */
  readonly source: string;
}

/** A layer of ours. */
export interface Shown {
  layer: Layer;
  /** As the layer's style has it, until it is changed in VolView. */
  opacity: number;
  /** Null when it is not in VolView's list: the user deleted it there, or it is not yet in. */
  place: Place | null;
  /** Deleted there by the user: it stays away until it is hidden and shown again here. */
  deleted: boolean;
}

/** VolView's name for the image of a layer. */
const idOf = ({ parent, source }: Place): string => `${parent}::${source}`;

/** Our layers in VolView's own list, bottom first. */
export class LayerStack {
  #layers: Shown[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Turns that are not over: a dataset may be made for a layer that does not lie on it yet. */
  #busy = 0;
  /** Layers are out of VolView's list for a moment. */
  #arranging = false;

  constructor(
    readonly volview: VolView,
    readonly homes: Homes,
    /** Where our datasets are noted. */
    readonly ours: Set<string>,
  ) {}

  get all(): readonly Shown[] {
    return this.#layers;
  }

  add(layer: Layer): Promise<LayerHandle> {
    return this.#turn(async () => {
      if (this.#layers.some((other) => other.layer.id === layer.id))
        throw new UnmixingError(
          'host',
          `invalid layer: ${layer.id} is drawn already (want another id, or an update)`,
        );
      const { opacity } = layer.style;
      const shown: Shown = { layer, opacity, place: null, deleted: false };
      const look = lookOf(layer);
      this.#layers.push(shown);
      try {
        await this.#enter(shown, look);
      } catch (error) {
        this.#drop(shown);
        throw error;
      }
      return {
        id: layer.id,
        update: (next) => this.#turn(() => this.#update(shown, next)),
        remove: () => this.#turn(() => this.#drop(shown)),
      };
    });
  }

  order(ids: readonly string[]): Promise<void> {
    return this.#turn(async () => {
      const rank = ({ layer }: Shown): number => ids.indexOf(layer.id);
      this.#layers = [...this.#layers].sort((a, b) => rank(a) - rank(b));
      await this.#arrange();
    });
  }

  /** Takes over what became of our layers in VolView, and sees to it that they look as they should in all its views. */
  look(): void {
    if (this.#arranging) return;
    for (const shown of this.#layers) {
      if (shown.place && !this.#isListed(shown.place)) {
        shown.deleted = true;
        this.#leave(shown);
      }
      if (shown.place) this.#follow(shown, shown.place);
    }
    if (this.#busy === 0) this.homes.leave(this.#parents());
    dress(this.volview, this.#layers);
  }

  clear(): void {
    this.#closed = true;
    undress(this.volview, this.#layers);
    for (const shown of [...this.#layers].reverse()) this.#leave(shown);
    this.#layers = [];
    this.homes.leave([]);
  }

  async #update(shown: Shown, layer: Layer): Promise<void> {
    if (!this.#layers.includes(shown))
      throw new UnmixingError(
        'host',
        `invalid layer: ${layer.id} was removed (want a layer that is drawn)`,
      );
    const before = shown.layer;
    if (layer.style.opacity !== before.style.opacity)
      shown.opacity = layer.style.opacity;
    const look = lookOf(layer, shown.opacity);
    shown.layer = layer;
    if (!layer.style.visible) shown.deleted = false;
    const moved =
      layer.image.width !== before.image.width ||
      layer.image.height !== before.image.height ||
      !samePlace(layer.geometry, before.geometry);
    if (shown.place && !moved) {
      shown.place.plane.draw(look);
      this.#colour(shown, shown.place);
      this.#redraw(shown.place.parent);
    } else if (shown.place || (layer.style.visible && !shown.deleted)) {
      this.#leave(shown);
      await this.#enter(shown, look);
    }
  }

  #drop(shown: Shown): void {
    this.#leave(shown);
    this.#layers = this.#layers.filter((other) => other !== shown);
  }

  /** Puts a layer in VolView's list, as its own "Add as layer" does, but without bringing it into the grid of the dataset. */
  async #enter(shown: Shown, look: Look): Promise<void> {
    const { layer } = shown;
    const parent = await this.homes.find(layer);
    if (this.#closed) return;
    const { cache, images, layers } = this.volview.stores;
    const plane = new Plane(layer, look, cache.imageById[parent]!);
    const source = images.addVTKImageData(layer.name, plane.image);
    this.ours.add(source);
    const place = { plane, parent, source };
    shown.place = place;
    this.#colour(shown, place);
    cache.addVTKImageData(plane.image, layer.name, { id: idOf(place) });
    layers.parentToLayers[parent] = [
      ...(layers.parentToLayers[parent] ?? []),
      { selection: source, id: idOf(place) },
    ];
    await this.#arrange();
  }

  /** Takes it out again. */
  #leave(shown: Shown): void {
    const { place } = shown;
    if (!place) return;
    shown.place = null;
    const { colouring, datasets, layers, views } = this.volview.stores;
    const { parent, source } = place;
    layers.deleteLayer(parent, source);
    if (layers.parentToLayers[parent]?.length === 0)
      Reflect.deleteProperty(layers.parentToLayers, parent);
    for (const view of views.getAllViews())
      if (view.dataID === source) views.setDataForView(view.id, parent);
    datasets.remove(source);
    this.ours.delete(source);
    colouring.removeData(idOf(place));
  }

  /**
   * Brings VolView's list into our order, ours on top of the user's own. VolView draws layers in the order in which they
   * came into its list, so those out of order are taken out and put in again, within one frame.
   */
  async #arrange(): Promise<void> {
    const { parentToLayers } = this.volview.stores.layers;
    const rank = ({ selection }: { readonly selection: string }): number =>
      this.#layers.findIndex(({ place }) => place?.source === selection);
    for (const parent of this.#parents()) {
      const now = parentToLayers[parent] ?? [];
      const wanted = [...now].sort((a, b) => rank(a) - rank(b));
      const right = now.findIndex((one, n) => one !== wanted[n]);
      if (right < 0) continue;
      this.#arranging = true;
      parentToLayers[parent] = now.slice(0, right);
      await vueFollows();
      parentToLayers[parent] = wanted;
      await vueFollows();
      this.#arranging = false;
    }
  }

  #isListed(place: Place): boolean {
    const { cache, layers } = this.volview.stores;
    return (
      cache.imageById[place.parent] !== undefined &&
      cache.imageById[place.source] !== undefined &&
      (layers.parentToLayers[place.parent] ?? []).some(
        ({ selection }) => selection === place.source,
      )
    );
  }

  /** Takes over an opacity that the user set in VolView's list, and colours the layer in views that are new. */
  #follow(shown: Shown, place: Place): void {
    const { configs } = this.volview.stores.colouring;
    const set = Object.values(configs)
      .map((layers) => layers?.[idOf(place)])
      .filter((one) => one?.transferFunction.preset === '')
      .map((one) => one!.blendConfig.opacity)
      .find((opacity) => opacity !== shown.opacity);
    if (set !== undefined) {
      shown.opacity = set;
      place.plane.draw(lookOf(shown.layer, set));
      this.#redraw(place.parent);
    }
    this.#colour(shown, place);
  }

  /**
   * Finished colours need no colouring; what is set keeps VolView from adding its own. In views across the bands nothing is
   * seen, nor of a hidden layer; its slices stay, as VolView asks the first for what lies under the pointer.
   */
  #colour(shown: Shown, place: Place): void {
    const { views, colouring } = this.volview.stores;
    for (const view of views.getAllViews()) {
      if (view.type !== '2D') continue;
      const along = axisOf(this.volview, view, place.parent) === 2;
      const wanted = colouringOf(
        shown.opacity,
        along && shown.layer.style.visible,
      );
      const now = colouring.configs[view.id]?.[idOf(place)];
      if (
        now?.transferFunction.preset === '' &&
        now.blendConfig.opacity === shown.opacity &&
        now.opacityFunction.mappingRange[0] ===
          wanted.opacityFunction.mappingRange[0]
      )
        continue;
      colouring.updateConfig(view.id, idOf(place), wanted);
    }
  }

  #redraw(dataset: string): void {
    for (const view of sliceViews(this.volview))
      if (view.dataset === dataset) view.requestRender();
  }

  #parents(): string[] {
    return [
      ...new Set(this.#layers.flatMap(({ place }) => place?.parent ?? [])),
    ];
  }

  /** One after the other. Resolves when Vue has followed, so that VolView draws it with its next frame. */
  #turn<T>(work: () => T | Promise<T>): Promise<T> {
    this.#busy += 1;
    const done = this.#last
      .then(work)
      .finally(() => {
        this.#busy -= 1;
        if (this.#busy === 0) this.homes.leave(this.#parents());
      })
      .then(async (result) => {
        await vueFollows();
        if (!this.#closed) dress(this.volview, this.#layers);
        return result;
      });
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** Vue follows in a microtask, which what was done has asked for before this one. */
const vueFollows = (): Promise<void> => Promise.resolve();

/**
 * No preset, and opacity by a list of nodes (mode 2), an empty one; neither is asked for colours that are finished. Their
 * values are moved by the range of opacity, alpha too: from 255 on, none is left.
 */
const colouringOf = (opacity: number, seen: boolean): Colouring => ({
  transferFunction: { preset: '', mappingRange: [0, 255] },
  opacityFunction: {
    mode: 2,
    nodes: [],
    mappingRange: seen ? [0, 255] : [255, 510],
  },
  blendConfig: { opacity, visibility: true },
});
