import {
  cross,
  dot,
  subtract,
  transposeDirection,
  type Point,
} from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import { inBandOrder, seriesName } from './series.js';
import type { Cornerstone, StackViewport } from './viewer.js';
import type { Source } from './volumes.js';

/** How many images of a stack are asked for at a time. */
const atOnce = 8;

/** The images that a viewport goes through, one band each; null before it has any. */
export function stackSource(
  cornerstone: Cornerstone,
  viewport: StackViewport,
): Source | null {
  const ids = viewport.getImageIds();
  const [id] = ids;
  const plane = planeOf(cornerstone, id);
  if (!plane) return null;
  const kept = cornerstone.cache.getImage(id);
  const components = kept?.numberOfComponents ?? 1;
  const width = kept?.columns ?? plane.columns;
  const height = kept?.rows ?? plane.rows;
  return {
    ref: {
      id,
      name: seriesName(cornerstone, id) ?? id,
      width,
      height,
      bands: ids.length > 1 ? ids.length : components,
    },
    geometry: geometryOf(plane, planeOf(cornerstone, ids[1])),
    depth: ids.length,
    components,
    async slices({ signal, onProgress }) {
      const slices: ArrayLike<number>[] = [];
      while (slices.length < ids.length) {
        signal?.throwIfAborted();
        const next = ids.slice(slices.length, slices.length + atOnce);
        const images = await Promise.all(
          next.map((image) =>
            cornerstone.imageLoader.loadAndCacheImage(
              image,
              viewport.getLoaderImageOptions(image),
            ),
          ),
        );
        for (const image of images)
          slices.push(
            image.voxelManager?.getScalarData() ?? image.getPixelData(),
          );
        onProgress?.(slices.length / ids.length);
      }
      return inBandOrder(cornerstone, ids, slices);
    },
  };
}

/** Where DICOM says that an image lies. */
interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly imagePositionPatient?: ArrayLike<number> | null;
  readonly rowCosines?: ArrayLike<number> | null;
  readonly columnCosines?: ArrayLike<number> | null;
  readonly rowPixelSpacing?: number | null;
  readonly columnPixelSpacing?: number | null;
}

function planeOf(
  { metaData }: Cornerstone,
  id: string | undefined,
): Plane | undefined {
  return id === undefined
    ? undefined
    : (metaData.get('imagePlaneModule', id) as Plane | undefined);
}

const point = (
  given: ArrayLike<number> | null | undefined,
  instead: Point,
): Point => {
  const [x, y, z] = given ? Array.from(given) : instead;
  return [x, y, z];
};

/** The third axis goes from the first image to the second, where they lie one behind the other. */
function geometryOf(first: Plane, second: Plane | undefined): Geometry {
  const origin = point(first.imagePositionPatient, [0, 0, 0]);
  const right = point(first.rowCosines, [1, 0, 0]);
  const down = point(first.columnCosines, [0, 1, 0]);
  const normal = cross(right, down);
  const step = dot(
    subtract(point(second?.imagePositionPatient, origin), origin),
    normal,
  );
  const side = step < 0 ? -1 : 1;
  return {
    origin,
    spacing: [
      first.columnPixelSpacing ?? 1,
      first.rowPixelSpacing ?? 1,
      Math.abs(step) || 1,
    ],
    direction: transposeDirection([
      ...right,
      ...down,
      ...normal.map((value) => side * value),
    ]),
    unit: 'mm',
  };
}
