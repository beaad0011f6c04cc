/**
 * Turns weights of endmembers of any height into shares that sum to one and a strength.
 * @param weights N x R, non-negative
 * @param heights R
 * @param mask one byte a pixel, 1 = left out
 * @returns shares N x R; strength[n] = Σ_r weights · heights. Pixels without any weight get even shares and strength 0.
 */
export function sharesOf(
  weights: Float32Array,
  heights: ArrayLike<number>,
  mask: Uint8Array,
): { readonly shares: Float32Array; readonly strength: Float32Array } {
  const order = heights.length;
  const shares = new Float32Array(weights.length);
  const strength = new Float32Array(mask.length);
  for (let n = 0; n < mask.length; n++) {
    if (mask[n]) continue;
    let sum = 0;
    for (let r = 0; r < order; r++) sum += weights[n * order + r] * heights[r];
    strength[n] = sum;
    for (let r = 0; r < order; r++)
      shares[n * order + r] =
        sum > 0 ? (weights[n * order + r] * heights[r]) / sum : 1 / order;
  }
  return { shares, strength };
}
