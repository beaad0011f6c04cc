import { type Affine, applyTo } from '../affine.js';
import { indexMap, middleOf, pixelSize } from './auto-frame.js';
import type { Reach } from './auto-search.js';
import type { GreyImage } from './auto-types.js';
import type { RegistrationKind } from './kind.js';

/** Where a search starts, and how far it goes. */
export interface Plan {
  readonly start: Affine;
  readonly reach: Reach;
}

const millimetres = { µm: 1e-3, mm: 1 } as const;

const extent = ({ width, height, geometry }: GreyImage): [number, number] => {
  const [a, b, , d, e] = indexMap(geometry);
  return [width * Math.hypot(a, d), height * Math.hypot(b, e)];
};

/** Around a start of the user: within some 12 degrees, 13 % of size, and a fifth of the image. */
function around(
  start: Affine,
  moving: GreyImage,
  kind: RegistrationKind,
): Plan {
  const shift = Math.max(18, 0.2 * Math.min(moving.width, moving.height));
  const scale = kind === 'rigid' ? 1 : 1.13;
  return {
    start,
    reach: { turn: 12, scale, shift, overlap: 0.7, samples: 1600, looked: 16 },
  };
}

/**
 * From nothing: middle on middle, sizes by the units where both are known, else such that the moving image fits into the fixed one, and
 * then looked for within a factor of two.
 */
function fromNothing(
  moving: GreyImage,
  fixed: GreyImage,
  kind: RegistrationKind,
): Plan {
  const [from, to] = [moving.geometry.unit, fixed.geometry.unit];
  const [size, room] = [extent(moving), extent(fixed)];
  const known = from !== null && to !== null;
  const scale = known
    ? millimetres[from] / millimetres[to]
    : Math.min(room[0] / size[0], room[1] / size[1]);
  const [x, y] = applyTo(indexMap(moving.geometry), middleOf(moving));
  const [u, v] = applyTo(indexMap(fixed.geometry), middleOf(fixed));
  const start: Affine = [scale, 0, u - scale * x, 0, scale, v - scale * y];
  const pixel = scale * pixelSize(indexMap(moving.geometry));
  return {
    start,
    reach: {
      turn: 33,
      scale: known ? (kind === 'rigid' ? 1 : 1.06) : 2.1,
      shift: Math.max(...room) / 2 / pixel,
      overlap: 0.9,
      samples: 1200,
      looked: 32,
    },
  };
}

export function planOf(
  moving: GreyImage,
  fixed: GreyImage,
  start: Affine | null,
  kind: RegistrationKind,
): Plan {
  return start ? around(start, moving, kind) : fromNothing(moving, fixed, kind);
}
