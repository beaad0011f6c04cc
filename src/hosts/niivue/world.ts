import type { Point } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Volume } from './viewer.js';

/**
 * niivue's world is that of NIfTI, with x to the right and y to the front of a patient. The host's is that of ITK, DICOM and the
 * files this package reads, x to the left and y to the back: each is the other with two axes turned round.
 */
export const turned = ([x, y, z]: Point): [number, number, number] => [
  -x,
  -y,
  z,
];

/** NIfTI's unit of space, the low three bits; niivue takes every number for millimetres. */
const units: Readonly<Record<number, Geometry['unit']>> = { 2: 'mm', 3: 'µm' };

/** Where a volume lies. */
export function geometryOf({ hdr: { affine, xyzt_units } }: Volume): Geometry {
  const column = (c: number): [number, number, number] =>
    turned([affine[0][c], affine[1][c], affine[2][c]]);
  const axes = [0, 1, 2].map(column);
  const [dx, dy, dz] = axes.map((axis) => Math.hypot(...axis) || 1);
  return {
    origin: column(3),
    spacing: [dx, dy, dz],
    direction: [0, 1, 2].flatMap((row) => [
      axes[0][row] / dx,
      axes[1][row] / dy,
      axes[2][row] / dz,
    ]),
    unit: units[xyzt_units & 7] ?? null,
  };
}

/** The affine, as four rows, of a volume that lies there. */
export function affineOf({ origin, spacing, direction }: Geometry): number[][] {
  const signs: Point = [-1, -1, 1];
  return [
    ...signs.map((sign, row) => [
      sign * direction[3 * row] * spacing[0],
      sign * direction[3 * row + 1] * spacing[1],
      sign * direction[3 * row + 2] * spacing[2],
      sign * origin[row],
    ]),
    [0, 0, 0, 1],
  ];
}
