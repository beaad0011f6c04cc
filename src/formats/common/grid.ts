import { type Cube, type Geometry, unitGeometry } from '../../spectral/cube.js';
import type { Missing } from '../opened.js';

/** Positions that fill a rectangle: which one lies at each pixel, and where the pixels lie. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Position n of the file stands at pixel `order[n]`, row by row from the top. */
  readonly order: Uint32Array;
  readonly geometry: Geometry;
}

/** Positions closer than this share of a step are the same. */
const tolerance = 0.25;

/** The steps of one coordinate: its distinct values in rising order, when they are evenly spaced; null otherwise. */
function steps(values: Float64Array): Float64Array | null {
  const sorted = values.toSorted();
  const range = sorted[sorted.length - 1] - sorted[0];
  if (!Number.isFinite(range)) return null;
  if (range === 0) return sorted.slice(0, 1);
  // The widest gap between neighbours is the step, or close to it, when the positions are a grid with a little noise.
  let widest = 0;
  for (let i = 1; i < sorted.length; i++)
    widest = Math.max(widest, sorted[i] - sorted[i - 1]);
  const count = Math.round(range / widest) + 1;
  const step = range / (count - 1);
  const even = sorted.every((value) => {
    const at = (value - sorted[0]) / step;
    return Math.abs(at - Math.round(at)) <= tolerance;
  });
  return even
    ? Float64Array.from({ length: count }, (_, i) => sorted[0] + i * step)
    : null;
}

const stepOf = (values: Float64Array): number =>
  values.length > 1 ? values[1] - values[0] : 1;

/**
 * Finds the image in a list of stage positions, µm, whose y runs upwards as stages count it. In our world y runs
 * downwards like the rows of a picture, so it is the stage's y with its sign turned.
 * @returns null when the positions do not fill a rectangle of evenly spaced points exactly once
 */
export function gridOf(x: Float64Array, y: Float64Array): Grid | null {
  const down = y.map((value) => -value);
  const [columns, rows] = [steps(x), steps(down)];
  if (!columns || !rows || columns.length * rows.length !== x.length)
    return null;
  const [dx, dy] = [stepOf(columns), stepOf(rows)];
  const seen = new Uint8Array(x.length);
  const order = new Uint32Array(x.length);
  for (let n = 0; n < x.length; n++) {
    const column = Math.round((x[n] - columns[0]) / dx);
    const row = Math.round((down[n] - rows[0]) / dy);
    const pixel = row * columns.length + column;
    if (seen[pixel]) return null;
    seen[pixel] = 1;
    order[n] = pixel;
  }
  // A single row or column has one step only: its pixels are taken as square.
  const [sx, sy] =
    columns.length > 1 ? [dx, rows.length > 1 ? dy : dx] : [dy, dy];
  return {
    width: columns.length,
    height: rows.length,
    order,
    geometry: {
      ...unitGeometry,
      origin: [columns[0], rows[0], 0],
      spacing: [sx, sy, 1],
      unit: 'µm',
    },
  };
}

/**
 * A cube of spectra that lie on a grid, and what is missing of it; without one they are a row whose width nobody says.
 * @param count number of spectra
 */
export function onGrid(
  spectra: Pick<Cube, 'name' | 'axis' | 'data' | 'mask'>,
  grid: Grid | null,
  count: number,
): { readonly cube: Cube; readonly missing: readonly Missing[] } {
  const { unit, quantity } = spectra.axis;
  const { width, height, geometry } = grid ?? {
    width: count,
    height: 1,
    geometry: unitGeometry,
  };
  const missing: Missing[] = [];
  if (unit === null) missing.push('unit');
  if (quantity === null) missing.push('quantity');
  if (!grid) missing.push('width');
  return { cube: { ...spectra, width, height, geometry }, missing };
}
