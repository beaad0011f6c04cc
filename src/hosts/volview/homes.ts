import {
  axisVector,
  corners,
  cross,
  dot,
  samePlace,
  worldToIndex,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { Undo } from '../host.js';
import type { VolView } from './viewer.js';
import { geometryOf, type Datasets } from './volumes.js';

/**
 * The datasets that layers lie on, for VolView draws a layer on a dataset only: the user's own where one lies in the plane
 * of the layer, else a black one of ours, which goes with its last layer.
 */
export class Homes {
  readonly #grounds = new Map<string, Undo>();

  constructor(
    readonly volview: VolView,
    readonly datasets: Datasets,
    /** Where our datasets are noted. */
    readonly ours: Set<string>,
  ) {}

  /** The dataset for a layer. */
  async find(layer: Layer): Promise<string> {
    return this.#known(layer) ?? (await this.#makeGround(layer));
  }

  /** Whether a layer may stay on a dataset when it takes another place. */
  fits(layer: Layer, dataset: string): boolean {
    const image = this.datasets.held(dataset)?.getVtkImageData();
    return (
      image !== undefined &&
      liesOn(layer, geometryOf(image), image.getDimensions())
    );
  }

  /** Takes our datasets away that no layer lies on. */
  leave(inUse: readonly string[]): void {
    for (const [id, remove] of [...this.#grounds])
      if (!inUse.includes(id)) remove();
  }

  /** The layer's own dataset first, then one that is shown. */
  #known(layer: Layer): string | undefined {
    const { views } = this.volview.stores;
    const shown = new Set(views.getAllViews().map(({ dataID }) => dataID));
    const all = [...this.datasets.ids(), ...this.#grounds.keys()];
    const ranked = [...all].sort(
      (a, b) => Number(shown.has(b)) - Number(shown.has(a)),
    );
    const own = ranked.find((id) => {
      const image = this.datasets.held(id)?.getVtkImageData();
      const [width, height] = image?.getDimensions() ?? [];
      return (
        image !== undefined &&
        width === layer.image.width &&
        height === layer.image.height &&
        samePlace(geometryOf(image), layer.geometry)
      );
    });
    return own ?? ranked.find((id) => shown.has(id) && this.fits(layer, id));
  }

  async #makeGround(layer: Layer): Promise<string> {
    const { datasets, views, cache } = this.volview.stores;
    const before = new Map(
      views.getAllViews().map(({ id, dataID }) => [id, dataID ?? null]),
    );
    const known = new Set(datasets.idsAsSelections);
    await this.volview.load([blackFile(layer, this.volview)]);
    const id = datasets.idsAsSelections.find((one) => !known.has(one));
    if (id === undefined)
      throw new UnmixingError(
        'host',
        'VolView did not open the black image that layers are shown on where it shows none of its own.',
      );
    this.ours.add(id);
    this.#grounds.set(id, () => {
      this.#grounds.delete(id);
      for (const view of views.getAllViews())
        if (view.dataID === id) {
          const other = before.get(view.id) ?? null;
          const there = other !== null && cache.imageById[other] !== undefined;
          views.setDataForView(view.id, there ? other : null);
        }
      datasets.remove(id);
      this.ours.delete(id);
    });
    this.show(id);
    return id;
  }

  /** Shows a dataset in all views, where none does. */
  show(id: string): void {
    const { views } = this.volview.stores;
    const all = views.getAllViews();
    if (all.some(({ dataID, type }) => dataID === id && type === '2D')) return;
    for (const view of all) views.setDataForView(view.id, id);
  }
}

/** One black slice in the layer's place, as a MetaImage file. */
function blackFile({ image, geometry }: Layer, { page }: VolView): File {
  const { width, height } = image;
  const { origin, spacing, direction } = geometry;
  // MetaImage writes axis after axis.
  const axes = [0, 1, 2].flatMap((axis) =>
    [0, 3, 6].map((row) => direction[row + axis]),
  );
  const header = [
    'ObjectType = Image',
    'NDims = 3',
    'BinaryData = True',
    'BinaryDataByteOrderMSB = False',
    'CompressedData = False',
    `TransformMatrix = ${axes.join(' ')}`,
    `Offset = ${origin.join(' ')}`,
    `ElementSpacing = ${spacing.join(' ')}`,
    `DimSize = ${width} ${height} 1`,
    'ElementType = MET_UCHAR',
    'ElementDataFile = LOCAL',
    '',
  ].join('\n');
  return new page.File(
    [header, new Uint8Array(width * height)],
    'Stratigraph.mha',
  );
}

/** Whether a layer lies parallel to the slices of an image, and over part of them. */
function liesOn(
  { image, geometry }: Layer,
  below: Geometry,
  [columns, rows]: readonly number[],
): boolean {
  if (Math.abs(dot(normal(geometry), normal(below))) < 1 - 1e-9) return false;
  const indices = corners(geometry, image.width, image.height).map((corner) =>
    worldToIndex(below, corner),
  );
  return [columns, rows].every((size, axis) => {
    const along = indices.map((index) => index[axis]);
    return Math.min(...along) < size - 0.5 && Math.max(...along) > -0.5;
  });
}

function normal(geometry: Geometry): [number, number, number] {
  const [x, y, z] = cross(axisVector(geometry, 0), axisVector(geometry, 1));
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
