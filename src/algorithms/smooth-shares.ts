/** Turns of the iteration: each leaves at most 0.8 of the error. */
const turns = 20;
/** Differences up to about so many standard deviations of their noise are taken for noise. */
const reach = 2;

/**
 * Shares smoothed within their noise, edges kept: the least of Σ_n |x_n - a_n|² + Σ_nm w_nm |x_n - x_m|² over pairs of neighbours n, m,
 * by Jacobi's iteration, with w_nm = exp(-|a_n - a_m|² / (2 · 2² (v_n + v_m))) (weights of Perona & Malik 1990, IEEE TPAMI 12, 629).
 * Rows that sum to one still do.
 * @param shares N x R, N = width * height; rows of masked pixels are left as they are and nobody's neighbours
 * @param variance N expected squared errors of a row; 0 leaves all as it is
 */
export function smoothShares(
  shares: Float32Array,
  width: number,
  variance: ArrayLike<number>,
  mask: Uint8Array,
): Float32Array {
  const pixels = mask.length;
  const order = shares.length / pixels;
  /** Weights of the pairs to the right and below. */
  const right = new Float32Array(pixels);
  const below = new Float32Array(pixels);
  const weight = (n: number, m: number): number => {
    const noise = variance[n] + variance[m];
    if (mask[n] || mask[m] || !(noise > 0)) return 0;
    let squared = 0;
    for (let r = 0; r < order; r++)
      squared += (shares[n * order + r] - shares[m * order + r]) ** 2;
    return Math.exp(-squared / (2 * reach ** 2 * noise));
  };
  for (let n = 0; n < pixels; n++) {
    if ((n + 1) % width !== 0) right[n] = weight(n, n + 1);
    if (n + width < pixels) below[n] = weight(n, n + width);
  }
  let now = shares;
  for (let turn = 0; turn < turns; turn++) {
    const next = shares.slice();
    for (let n = 0; n < pixels; n++) {
      const pairs = [
        [n + 1, right[n]],
        [n + width, below[n]],
        [n - 1, n > 0 ? right[n - 1] : 0],
        [n - width, n >= width ? below[n - width] : 0],
      ];
      let total = 1;
      for (const [m, w] of pairs) {
        if (w === 0) continue;
        total += w;
        for (let r = 0; r < order; r++)
          next[n * order + r] += w * now[m * order + r];
      }
      for (let r = 0; r < order; r++) next[n * order + r] /= total;
    }
    now = next;
  }
  return now;
}
