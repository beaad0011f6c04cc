import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { type Affine, applyTo, compose, invert } from '../affine.js';
import { axisVector } from '../geometry.js';
import type { GreyImage } from './auto-types.js';

/** A picture of one channel on a grid of its own: value (x, y) lies at y * width + x and is NaN where it is left out. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** From index (x, y), whole at centres of pixels, to the frame. */
  readonly place: Affine;
}

/**
 * Both images in one frame, in which a registration is sought: the fixed image's world with the middle of the moving one (as it is
 * placed at the start) as its origin, and the size of a pixel of the moving one as its unit.
 */
export interface Frame {
  readonly moving: Grid;
  readonly fixed: Grid;
  /** From the fixed image's world to the frame. */
  readonly ofWorld: Affine;
}

/** Images larger than this, in pixels a side, are thinned out: what registers them is coarser by far. */
const largest = 512;

/** From index to world, in x and y. */
export function indexMap(geometry: Geometry): Affine {
  const [x, y] = [axisVector(geometry, 0), axisVector(geometry, 1)];
  const { origin } = geometry;
  return [x[0], y[0], origin[0], x[1], y[1], origin[1]];
}

/** Mean length of a pixel that a map of indices makes. */
export const pixelSize = ([a, b, , d, e]: Affine): number =>
  Math.sqrt(Math.abs(a * e - b * d));

/** Refuses an image that tells nothing, or whose parts do not fit together. */
export function checkGrey(name: string, image: GreyImage): void {
  const { width, height, data, mask } = image;
  if (
    data.length !== width * height ||
    (mask && mask.length !== width * height)
  )
    throw new UnmixingError(
      'input',
      `invalid ${name} image: ${data.length} values (want ${width} x ${height})`,
    );
  let [least, most] = [Infinity, -Infinity];
  for (let n = 0; n < data.length; n++) {
    if (mask?.[n] || !Number.isFinite(data[n])) continue;
    least = Math.min(least, data[n]);
    most = Math.max(most, data[n]);
  }
  if (!(most > least))
    throw new UnmixingError(
      'input',
      `The ${name} image is the same everywhere: there is nothing to register it by.`,
    );
}

/** Means of blocks of `factor` x `factor` pixels, over those that are not left out; what does not fill a block is dropped. */
export function thinned(
  { width, height, data, mask }: Omit<GreyImage, 'geometry'>,
  place: Affine,
  factor: number,
): Grid {
  const [columns, rows] = [width, height].map((n) => Math.floor(n / factor));
  const out = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      let [sum, count] = [0, 0];
      for (let j = y * factor; j < (y + 1) * factor; j++)
        for (let i = x * factor; i < (x + 1) * factor; i++) {
          const n = j * width + i;
          if (mask?.[n] || !Number.isFinite(data[n])) continue;
          sum += data[n];
          count++;
        }
      out[y * columns + x] = count > 0 ? sum / count : NaN;
    }
  const middle = (factor - 1) / 2;
  return {
    width: columns,
    height: rows,
    data: out,
    place: compose(place, [factor, 0, middle, 0, factor, middle]),
  };
}

/** How many pixels to take together so that they are no finer than `wanted` and the image no larger than `largest`. */
function factorFor(
  { width, height }: GreyImage,
  size: number,
  wanted: number,
): number {
  const coarse = Math.max(
    1,
    Math.floor(wanted / size + 1e-6),
    Math.ceil(Math.max(width, height) / largest),
  );
  return Math.min(coarse, width, height);
}

/** The middle of an image, as index. */
export const middleOf = ({
  width,
  height,
}: Pick<GreyImage, 'width' | 'height'>): [number, number] => [
  (width - 1) / 2,
  (height - 1) / 2,
];

/** Puts both images into one frame, the finer thinned to the coarser: the fixed one to half a pixel of the moving one. */
export function framed(
  moving: GreyImage,
  fixed: GreyImage,
  start: Affine,
): Frame {
  const ofMoving = compose(start, indexMap(moving.geometry));
  const ofFixed = indexMap(fixed.geometry);
  const [size, fixedSize] = [pixelSize(ofMoving), pixelSize(ofFixed)];
  const [x, y] = applyTo(ofMoving, middleOf(moving));
  const ofWorld: Affine = [1 / size, 0, -x / size, 0, 1 / size, -y / size];
  return {
    moving: thinned(
      moving,
      compose(ofWorld, ofMoving),
      factorFor(moving, size, fixedSize),
    ),
    fixed: thinned(
      fixed,
      compose(ofWorld, ofFixed),
      factorFor(fixed, fixedSize, size / 2),
    ),
    ofWorld,
  };
}

/** The map of worlds that a move within the frame stands for, after the start. */
export function worldMap(
  { ofWorld }: Frame,
  move: Affine,
  start: Affine,
): Affine {
  return compose(invert(ofWorld), compose(move, compose(ofWorld, start)));
}
