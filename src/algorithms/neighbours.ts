/**
 * Sum of the differences of each kept pixel to its kept neighbours (4-neighbourhood), column by column: what varies slowly over
 * the image all but vanishes. The operator is symmetric (the Laplacian of the graph of neighbours).
 * @param values pixels x width, row i belongs to pixel kept[i]
 * @param kept indices of the pixels, ascending
 */
export function laplacian(
  values: Float64Array,
  width: number,
  kept: Uint32Array,
  imageWidth: number,
  imageHeight: number,
): Float64Array {
  const out = new Float64Array(values.length);
  forEachPair(kept, imageWidth, imageHeight, (i, j) => {
    for (let r = 0; r < width; r++) {
      const difference = values[i * width + r] - values[j * width + r];
      out[i * width + r] += difference;
      out[j * width + r] -= difference;
    }
  });
  return out;
}

/** Variance that the Laplacian gives to white noise of variance 1, summed over the kept pixels. */
export function laplacianNoise(
  kept: Uint32Array,
  imageWidth: number,
  imageHeight: number,
): number {
  const around = new Float64Array(kept.length);
  forEachPair(kept, imageWidth, imageHeight, (i, j) => {
    around[i]++;
    around[j]++;
  });
  return around.reduce((sum, m) => sum + m * (m + 1), 0);
}

/** Visits each pair of neighbours once, by their rows. */
function forEachPair(
  kept: Uint32Array,
  imageWidth: number,
  imageHeight: number,
  visit: (i: number, j: number) => void,
): void {
  const rowOf = new Int32Array(imageWidth * imageHeight).fill(-1);
  kept.forEach((n, i) => (rowOf[n] = i));
  kept.forEach((n, i) => {
    const right = (n + 1) % imageWidth > 0 ? rowOf[n + 1] : -1;
    const below = n + imageWidth < rowOf.length ? rowOf[n + imageWidth] : -1;
    if (right >= 0) visit(i, right);
    if (below >= 0) visit(i, below);
  });
}
