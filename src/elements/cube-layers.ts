import type { LayerImage } from '../imaging/layer.js';
import type { CubeSummary } from '../engine/protocol.js';
import { endmemberFill } from '../imaging/colour.js';
import type { CubeImage } from '../spectral/cube.js';
import {
  abundanceEntries,
  areMapsOf,
  cubeEntry,
  inPlaces,
  ownLayers,
  withAbundances,
} from './entries.js';
import type { Layering } from './layering.js';
import type { CubeDisplay, LayerEntry } from './state.js';
import type { Store } from './store.js';

/** What the viewer draws of one cube: its picture, and the maps of its result. */
export class CubeLayers {
  readonly #displays = new WeakMap<LayerImage, CubeDisplay>();

  /** @param store of the cube */
  constructor(
    private readonly cube: string,
    private readonly store: Store,
    private readonly layering: Layering,
  ) {}

  /** Whether a layer stands for something of this cube. */
  readonly owns = ({ owner }: LayerEntry): boolean => owner === this.cube;

  /**
   * Shows the picture of a cube that has just come: in place of all layers of one before, else on top.
   * @throws UnmixingError `host` when the viewer cannot show it
   */
  async begin(
    summary: CubeSummary,
    image: CubeImage,
    display: CubeDisplay,
  ): Promise<void> {
    const { layers } = this.store.state;
    const entry = this.#picture(summary, image, display, undefined);
    const at = Math.max(0, layers.findIndex(this.owns));
    const others = layers.filter((layer) => !this.owns(layer));
    await this.layering.show([
      ...others.slice(0, at),
      entry,
      ...others.slice(at),
    ]);
  }

  /**
   * Shows the picture of the cube anew.
   * @throws UnmixingError `host` when the viewer cannot show it
   */
  async showPicture(
    summary: CubeSummary,
    image: CubeImage,
    display: CubeDisplay,
  ): Promise<void> {
    await this.layering.show(
      this.store.state.layers.map((layer) =>
        layer.id === this.cube
          ? this.#picture(summary, image, display, layer)
          : layer,
      ),
    );
  }

  #picture(
    summary: CubeSummary,
    image: CubeImage,
    display: CubeDisplay,
    before: LayerEntry | undefined,
  ): LayerEntry {
    const entry = cubeEntry(this.cube, summary, image, display, before);
    this.#displays.set(entry.image, display);
    return entry;
  }

  /** Whether the picture that is drawn is the one of this display, as far as is known: a saved one is. */
  shows(display: CubeDisplay): boolean {
    const { layers } = this.store.state;
    const picture = layers.find(({ id }) => id === this.cube);
    const drawn = picture && this.#displays.get(picture.image);
    return drawn === undefined || drawn === display;
  }

  /**
   * Shows one map for each endmember: N x R abundances. Without any, the maps go.
   * @param anew they are of another result: maps that tell about the one before go
   * @param given colours of the endmembers; those of the maps before where left out
   * @param places where each endmember was before, null for a new one: its map keeps its look; the same places where left out
   * @throws UnmixingError `host` when the viewer cannot show them
   */
  async showMaps(
    abundances: Float32Array | null,
    names: readonly string[],
    anew = abundances === null,
    given?: readonly string[],
    places?: readonly (number | null)[],
  ): Promise<void> {
    const { cube, selected, colours: before } = this.store.state;
    if (cube.state !== 'ready') return;
    const layers = this.store.state.layers.filter(
      (layer) => !(anew && this.owns(layer) && layer.role === 'diagnostic'),
    );
    const known = given ?? before;
    const colours = names.map((_, r) => known[r] ?? endmemberFill(r));
    const maps = abundances
      ? abundanceEntries(
          this.cube,
          cube.summary,
          abundances,
          names,
          colours,
          places ? inPlaces(this.cube, layers, places) : layers,
        )
      : [];
    this.store.set({
      // A preview may have fewer endmembers than the result that may come back.
      colours: anew ? colours : [...colours, ...before.slice(names.length)],
      selected: selected !== null && selected < maps.length ? selected : null,
    });
    try {
      await this.layering.show(withAbundances(this.cube, layers, maps));
    } catch (error) {
      this.store.set({ colours: before });
      throw error;
    }
  }

  /** The maps of a result that is not finished give way to those of the one on show, in look and order as they are. */
  settled(layers: readonly LayerEntry[]): readonly LayerEntry[] {
    const { cube, unmixing, colours } = this.store.state;
    const maps = ownLayers(layers, this.cube).filter(
      ({ role }) => role === 'abundance',
    );
    if (cube.state !== 'ready' || areMapsOf(maps, unmixing)) return layers;
    const entries = unmixing
      ? abundanceEntries(
          this.cube,
          cube.summary,
          unmixing.abundances,
          unmixing.names,
          colours,
          layers,
        )
      : [];
    return withAbundances(this.cube, layers, entries);
  }

  /** Draws the maps in the names that the endmembers have now. */
  async nameMaps(names: readonly string[]): Promise<void> {
    await this.layering.edit((layers) =>
      layers.map((layer) =>
        this.owns(layer) && layer.endmember !== null
          ? { ...layer, name: names[layer.endmember] }
          : layer,
      ),
    );
  }

  /** Takes all of them away. */
  async clear(): Promise<void> {
    await this.layering.edit((layers) =>
      layers.filter((layer) => !this.owns(layer)),
    );
  }
}
