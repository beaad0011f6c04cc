import {
  type Affine,
  applyTo,
  compose,
  identity,
  turnedAbout,
} from '../../imaging/affine.js';
import { type Point, corners } from '../../imaging/geometry.js';
import { placedGeometry } from '../placements.js';
import type { StageMark } from '../stage/panes.js';
import type { Place } from './action.js';
import { type RegisterImage, middleOf } from './images.js';

/** Corners of an image where a map puts it, around it. */
export function frameOf(
  { source, width, height }: RegisterImage,
  map: Affine | undefined,
): readonly Point[] {
  const [a, b, c, d] = corners(placedGeometry(source, map), width, height);
  return [a, b, d, c];
}

const between = (a: Point, b: Point): Point => [
  (a[0] + b[0]) / 2,
  (a[1] + b[1]) / 2,
  (a[2] + b[2]) / 2,
];

/** What an image is taken hold of by: its corners scale it, the middles of its edges turn it, its middle moves it. */
export function handlesOf(
  image: RegisterImage,
  map: Affine | undefined,
): readonly StageMark[] {
  const frame = frameOf(image, map);
  const middle = between(frame[0], frame[2]);
  const { name } = image;
  return [
    { kind: 'outline', points: frame },
    ...frame.flatMap((corner, i): readonly StageMark[] => [
      {
        kind: 'point',
        id: `scale-${i}`,
        at: corner,
        label: `Scale ${name}, corner ${i + 1}`,
        shape: 'square',
      },
      {
        kind: 'point',
        id: `turn-${i}`,
        at: between(corner, frame[(i + 1) % 4]),
        label: `Turn ${name}, edge ${i + 1}`,
        shape: 'turn',
      },
    ]),
    {
      kind: 'point',
      id: 'move',
      at: middle,
      label: `Move ${name}`,
      shape: 'round',
    },
  ];
}

/**
 * The placement of an image after one of its handles was dragged: scaled or turned about its middle, or moved.
 * @param start its placement when the handle was taken
 */
export function dragged(
  handle: string,
  from: Place,
  to: Place,
  image: RegisterImage,
  start: Affine = identity,
): Affine {
  const [x, y] = applyTo(start, middleOf(image));
  if (handle === 'move')
    return compose([1, 0, to[0] - from[0], 0, 1, to[1] - from[1]], start);
  const before = [from[0] - x, from[1] - y] as const;
  const after = [to[0] - x, to[1] - y] as const;
  if (handle.startsWith('turn')) {
    const angle =
      Math.atan2(after[1], after[0]) - Math.atan2(before[1], before[0]);
    return compose(turnedAbout([x, y], (180 * angle) / Math.PI), start);
  }
  // A handle in the middle would leave nothing.
  const scale = Math.max(0.01, Math.hypot(...after) / Math.hypot(...before));
  return compose(turnedAbout([x, y], 0, scale), start);
}
