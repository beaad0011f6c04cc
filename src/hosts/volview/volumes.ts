import { transposeDirection } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { copied, interleaved } from '../common/reading.js';
import type { HostVolume, LongTask, VolumeRef } from '../host.js';
import type { HeldImage, VolView, VtkImage } from './viewer.js';

/** VolView's datasets, but for those of ours. */
export class Datasets {
  constructor(
    readonly volview: VolView,
    /** Datasets that are ours, not the user's. */
    readonly ours: ReadonlySet<string>,
  ) {}

  /** Whole ones, the selected first. */
  ids(): readonly string[] {
    const { datasets, cache, views } = this.volview.stores;
    const all = views.getAllViews();
    const active = all.find(({ id }) => id === views.activeView);
    const selected = active?.dataID ?? all.find((one) => one.dataID)?.dataID;
    return datasets.idsAsSelections
      .filter((id) => !this.ours.has(id) && cache.imageById[id]?.isLoaded())
      .sort((a, b) => Number(b === selected) - Number(a === selected));
  }

  list(): readonly VolumeRef[] {
    return this.ids().map((id) => this.#describe(id, this.held(id)!));
  }

  held(id: string): HeldImage | undefined {
    return this.volview.stores.cache.imageById[id];
  }

  async read(id: string, task: LongTask = {}): Promise<HostVolume> {
    const held = this.ids().includes(id) ? this.held(id) : undefined;
    if (!held)
      throw new UnmixingError(
        'host',
        `invalid volume: ${id} (want one of: ${this.ids().join(', ')})`,
      );
    const ref = this.#describe(id, held);
    const image = held.getVtkImageData();
    const scalars = image.getPointData().getScalars()!;
    const [, , depth] = image.getDimensions();
    const components = scalars.getNumberOfComponents();
    if (components > 1 && depth > 1)
      throw new UnmixingError(
        'host',
        `cannot read ${ref.name}: ${depth} slices of ${components} components (want one slice with the bands as components, or one component with the bands as slices)`,
      );
    const values = scalars.getData();
    const data =
      depth === 1
        ? await copied(values, task)
        : await interleaved(values, ref.width * ref.height, depth, task);
    return { ...ref, data, geometry: geometryOf(image), axis: null };
  }

  #describe(id: string, held: HeldImage): VolumeRef {
    const image = held.getVtkImageData();
    const [width, height, depth] = image.getDimensions();
    const components =
      image.getPointData().getScalars()?.getNumberOfComponents() ?? 0;
    return {
      id,
      name: held.getImageMetadata().name,
      width,
      height,
      bands: components > 1 ? components : depth,
    };
  }
}

/** Where an image lies; VolView's world is in millimetres, but not told to be. */
export function geometryOf(image: VtkImage): Geometry {
  const extent = image.getExtent();
  const [x, y, z] = Array.from(
    image.indexToWorld([extent[0], extent[2], extent[4]]),
  );
  const [dx, dy, dz] = image.getSpacing();
  return {
    origin: [x, y, z],
    spacing: [dx, dy, dz],
    direction: transposeDirection(image.getDirection()),
    unit: null,
  };
}
