/** The middle value, or the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, and best to worst where they differ as written. */
export function spread(values: readonly number[], digits: number): string {
  const [middle, best, worst] = [
    median(values),
    Math.min(...values),
    Math.max(...values),
  ].map((v) => v.toFixed(digits));
  return best === worst ? middle : `${middle} (${best} to ${worst})`;
}

/**
 * The p of y ≈ c x^p by least squares on logarithms: 1 where y grows in proportion to x, 0 where it does not grow.
 * @param x at least two different sizes, all above 0
 * @param y what was measured at each, all above 0
 */
export function growthExponent(
  x: readonly number[],
  y: readonly number[],
): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((a, b) => a + b, 0) / values.length;
  const u = x.map(Math.log);
  const v = y.map(Math.log);
  const [meanU, meanV] = [mean(u), mean(v)];
  let uv = 0;
  let uu = 0;
  u.forEach((value, i) => {
    uv += (value - meanU) * (v[i] - meanV);
    uu += (value - meanU) ** 2;
  });
  return uv / uu;
}
