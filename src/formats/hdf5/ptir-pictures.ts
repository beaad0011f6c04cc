import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import type { Dataset, Hdf5 } from './store.js';
import type { OpenOptions, Opened } from '../opened.js';
import { toPicture } from '../common/picture.js';
import { allocate } from '../common/samples.js';

/**
 * Where a picture lies: the file states its centre and size, µm, on a stage whose y runs upwards; the first row lies
 * highest. In our world y runs downwards.
 */
function geometryOf(
  file: Hdf5,
  path: string,
  width: number,
  height: number,
): Geometry {
  const [x, y, across, down] = [
    'PositionX',
    'PositionY',
    'SizeWidth',
    'SizeHeight',
  ].map((name) => file.number(path, name) ?? NaN);
  const [dx, dy] = [across / width, down / height];
  if (!(dx > 0 && dy > 0 && Number.isFinite(x + y + dx + dy)))
    return unitGeometry;
  return {
    ...unitGeometry,
    origin: [x - across / 2 + dx / 2, -y - down / 2 + dy / 2, 0],
    spacing: [dx, dy, 1],
    unit: 'µm',
  };
}

async function valuesOf(
  file: Hdf5,
  dataset: Dataset,
  task: OpenOptions,
): Promise<Uint8Array | Float32Array> {
  file.check(dataset);
  const count = dataset.shape.reduce((all, size) => all * size, 1);
  const values =
    dataset.type === 'uint8'
      ? new Uint8Array(count)
      : allocate(count, file.name);
  const rowValues = count / dataset.shape[0];
  await file.read(
    dataset,
    (piece, firstRow) => values.set(piece, firstRow * rowValues),
    task,
  );
  return values;
}

/** A camera picture (Images) or a map of one signal (Heightmaps), of one value a pixel or of red, green, blue and perhaps alpha. */
export async function openPtirPicture(
  file: Hdf5,
  dataset: Dataset,
  task: OpenOptions,
): Promise<Opened | null> {
  const [height, width, components = 1] = dataset.shape;
  const isPicture =
    [2, 3].includes(dataset.shape.length) &&
    components >= 1 &&
    components <= 4 &&
    width * height > 0;
  if (!isPicture) return null;
  const { path } = dataset;
  const warnings: string[] = [];
  const angle = parseFloat(file.words(path, 'ScanAngle'));
  if (angle)
    warnings.push(
      `${path} was scanned at an angle of ${angle}°, which its place does not take into account.`,
    );
  return {
    kind: 'picture',
    type: 'Photothermal .ptir',
    warnings,
    picture: {
      name: file.words(path, 'Label') || path,
      width,
      height,
      data: await toPicture(
        await valuesOf(file, dataset, task),
        width * height,
        components,
        warnings,
        task,
      ),
      geometry: geometryOf(file, path, width, height),
    },
  };
}
