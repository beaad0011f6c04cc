import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { copied, interleaved } from '../common/reading.js';
import type { LongTask } from '../host.js';
import type { ItkImage } from './viewer.js';

/** Size of an image: bands are its components or, with one component, its slices. */
export interface Shape {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly components: number;
}

export function shapeOfItk({ size, imageType }: ItkImage): Shape {
  const [width, height = 1, depth = 1] = size;
  return { width, height, depth, components: imageType.components };
}

export const bandsOf = ({ depth, components }: Shape): number =>
  components > 1 ? components : depth;

/** Where an image lies; one of two dimensions lies in the plane z = 0. */
export function geometryOfItk(image: ItkImage): Geometry {
  const [x, y, z = 0] = image.origin;
  const [dx, dy, dz = 1] = image.spacing;
  const d = Array.from(image.direction);
  return {
    origin: [x, y, z],
    spacing: [dx, dy, dz],
    direction: d.length === 4 ? [d[0], d[1], 0, d[2], d[3], 0, 0, 0, 1] : d,
    unit: null,
  };
}

/**
 * Its values, copied out band-interleaved by pixel.
 * @throws UnmixingError `host` when they cannot be a cube
 */
export async function valuesOf(
  image: ItkImage,
  name: string,
  task: LongTask,
): Promise<Float32Array> {
  const { width, height, depth, components } = shapeOfItk(image);
  if (components > 1 && depth > 1)
    throw new UnmixingError(
      'host',
      `cannot read ${name}: ${depth} slices of ${components} components (want one slice with the bands as components, or one component with the bands as slices)`,
    );
  const pixels = width * height;
  const wanted = pixels * depth * components;
  if (image.data.length !== wanted)
    throw new UnmixingError(
      'host',
      `cannot read ${name}: ${image.data.length} values (want ${width} x ${height} x ${depth * components} = ${wanted})`,
    );
  const values = numbersOf(image.data);
  return components > 1 || depth === 1
    ? copied(values, task)
    : interleaved(values, pixels, depth, task);
}

/** Integers of 64 bits become numbers, to 2^53 exactly. */
const numbersOf = (data: ItkImage['data']): ArrayLike<number> =>
  data instanceof BigInt64Array || data instanceof BigUint64Array
    ? Float64Array.from(data, Number)
    : (data as ArrayLike<number>);
