/**
 * Differences of each kept pixel to the mean of its kept neighbours (4-neighbourhood), column by column: what varies
 * slowly over the image vanishes.
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
  const rowOf = new Int32Array(imageWidth * imageHeight).fill(-1);
  kept.forEach((n, i) => (rowOf[n] = i));
  const out = new Float64Array(values.length);
  kept.forEach((n, i) => {
    const x = n % imageWidth;
    const around = [
      x > 0 ? rowOf[n - 1] : -1,
      x < imageWidth - 1 ? rowOf[n + 1] : -1,
      n >= imageWidth ? rowOf[n - imageWidth] : -1,
      n < imageWidth * (imageHeight - 1) ? rowOf[n + imageWidth] : -1,
    ].filter((j) => j >= 0);
    for (const j of around)
      for (let r = 0; r < width; r++)
        out[i * width + r] +=
          (values[i * width + r] - values[j * width + r]) / around.length;
  });
  return out;
}
