import {
  indexToWorld,
  meetPlane,
  pixelAt,
  planeOf,
  worldToIndex,
  type Point,
} from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Shown } from './stack.js';
import type { VolView } from './viewer.js';
import { axisOf, sliceViews, type SliceView } from './views.js';
import { geometryOf } from './volumes.js';

/** Where the pointer meets the slice that a 2D view shows, within its dataset or a layer of ours on it; null elsewhere. */
export function worldUnder(
  event: { readonly clientX: number; readonly clientY: number },
  volview: VolView,
  layers: readonly Shown[],
): Point | null {
  for (const view of sliceViews(volview)) {
    const ray = rayOf(event, view);
    const axis = axisOf(volview, view.info, view.dataset);
    const image =
      volview.stores.cache.imageById[view.dataset]?.getVtkImageData();
    if (!ray || axis === null || !image) continue;
    const { slice } = volview.stores.slices.getConfig(
      view.info.id,
      view.dataset,
    );
    const geometry = geometryOf(image);
    const world = meetPlane(planeOf(turnedTo(geometry, axis), slice), ray);
    if (!world) return null;
    const index = worldToIndex(geometry, world);
    const inside = image
      .getDimensions()
      .every((size, i) => index[i] > -0.5 && index[i] < size - 0.5);
    const onLayer = layers.some(
      ({ place, layer }) =>
        axis === 2 &&
        place?.parent === view.dataset &&
        layer.style.visible &&
        pixelAt(layer.geometry, layer.image.width, layer.image.height, world),
    );
    return inside || onLayer ? world : null;
  }
  return null;
}

/** The line of sight through a point of the page, when it lies in the view. */
function rayOf(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  { renderWindowView, renderer }: SliceView,
): [Point, Point] | null {
  const box = renderWindowView.getCanvas().getBoundingClientRect();
  const [right, down] = [clientX - box.left, clientY - box.top];
  if (right < 0 || down < 0 || right >= box.width || down >= box.height)
    return null;
  const [width, height] = renderWindowView.getSize();
  const x = (right / box.width) * width;
  const y = (1 - down / box.height) * height;
  const at = (depth: number): Point => {
    const [a, b, c] = Array.from(
      renderWindowView.displayToWorld(x, y, depth, renderer),
    );
    return [a, b, c];
  };
  return [at(0), at(1)];
}

/** The same image with another of its axes as the third, so that its slices along that axis are planes of it. */
function turnedTo(geometry: Geometry, axis: 0 | 1 | 2): Geometry {
  const axes = [(axis + 1) % 3, (axis + 2) % 3, axis];
  const { spacing, direction } = geometry;
  return {
    origin: indexToWorld(geometry, [0, 0, 0]),
    spacing: [spacing[axes[0]], spacing[axes[1]], spacing[axes[2]]],
    direction: [0, 3, 6].flatMap((row) =>
      axes.map((column) => direction[row + column]),
    ),
    unit: geometry.unit,
  };
}
