import type { Cube } from '../spectral/cube.js';

/** Indices of the pixels that the mask leaves, ascending. */
export function keptPixels(mask: Uint8Array): Uint32Array {
  const kept = new Uint32Array(mask.length);
  let count = 0;
  for (let n = 0; n < mask.length; n++) if (!mask[n]) kept[count++] = n;
  return kept.slice(0, count);
}

/** At most `most` of the given pixels, evenly spread over the list; the list itself when it is short enough. */
export function spread(pixels: Uint32Array, most: number): Uint32Array {
  if (pixels.length <= most) return pixels;
  const step = pixels.length / most;
  return Uint32Array.from(
    { length: most },
    (_, i) => pixels[Math.floor((i + 0.5) * step)],
  );
}

/** The chosen rows of a matrix with `width` columns, in the order given. */
export function rowsOf(
  matrix: Float64Array,
  rows: ArrayLike<number>,
  width: number,
): Float64Array {
  const out = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    out.set(matrix.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return out;
}

/** Sixteen floats fill a cache line, so that many bands are gathered together. */
const together = 16;

/**
 * Visits the bands one after the other with the values of the given pixels.
 * `values` is scratch: the visitor may reorder it, and it is overwritten afterwards.
 */
export function forEachBand(
  { axis, data }: Cube,
  pixels: Uint32Array,
  visit: (band: number, values: Float64Array) => void,
): void {
  const bands = axis.values.length;
  const columns = Array.from(
    { length: Math.min(together, bands) },
    () => new Float64Array(pixels.length),
  );
  for (let start = 0; start < bands; start += together) {
    const width = Math.min(together, bands - start);
    for (let i = 0; i < pixels.length; i++) {
      const from = pixels[i] * bands + start;
      for (let j = 0; j < width; j++) columns[j][i] = data[from + j];
    }
    for (let j = 0; j < width; j++) visit(start + j, columns[j]);
  }
}

/** The first `keep` columns of rows of `width` values; zeros beside them where there are fewer. */
export function leadingColumns(
  rows: Float64Array,
  count: number,
  width: number,
  keep: number,
): Float64Array {
  const out = new Float64Array(count * keep);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < Math.min(width, keep); k++)
      out[i * keep + k] = rows[i * width + k];
  return out;
}
