import type { SpectralAxis } from '../spectral/axis.js';
import type { Baseline } from './each-spectrum.js';

/** The lower convex hull of each spectrum over its axis (Andrew's monotone chain), as a string drawn tight from below. */
export function rubberband({ values }: SpectralAxis): Baseline {
  // Counted from the first band, so that the order of the chain is the order of the bands on a falling axis too.
  const x = values.map((value) => Math.abs(value - values[0]));
  const hull = new Uint32Array(x.length);
  return (y, baseline) => {
    let corners = 0;
    for (let b = 0; b < y.length; b++) {
      while (corners > 1 && !turnsUp(x, y, hull, corners, b)) corners--;
      hull[corners++] = b;
    }
    baseline[0] = y[0];
    for (let k = 1; k < corners; k++) {
      const from = hull[k - 1];
      const to = hull[k];
      const slope = (y[to] - y[from]) / (x[to] - x[from]);
      for (let b = from + 1; b < to; b++)
        baseline[b] = y[from] + slope * (x[b] - x[from]);
      baseline[to] = y[to];
    }
  };
}

/** Whether the last corner lies below the line from the one before it to band `b`. */
function turnsUp(
  x: Float64Array,
  y: Float64Array,
  hull: Uint32Array,
  corners: number,
  b: number,
): boolean {
  const p = hull[corners - 2];
  const q = hull[corners - 1];
  return (y[q] - y[p]) * (x[b] - x[q]) < (y[b] - y[q]) * (x[q] - x[p]);
}
