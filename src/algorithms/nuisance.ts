import type { SpectralAxis } from '../spectral/axis.js';

/** Rows over a set of bands with the names they are shown by. */
export interface Terms {
  readonly names: readonly string[];
  /** Count x bands. */
  readonly rows: Float64Array;
}

/** Smooth baselines 1, t and t² over the axis, t from -1 to 1, one value for each of `bands`. */
export function baselines({ values }: SpectralAxis, bands: Uint32Array): Terms {
  const first = values[0];
  const span = values[values.length - 1] - first || 1;
  const count = bands.length;
  const rows = new Float64Array(3 * count);
  bands.forEach((b, i) => {
    const t = (2 * (values[b] - first)) / span - 1;
    rows[i] = 1;
    rows[count + i] = t;
    rows[2 * count + i] = t * t;
  });
  return {
    names: ['Baseline offset', 'Baseline slope', 'Baseline curve'],
    rows,
  };
}
