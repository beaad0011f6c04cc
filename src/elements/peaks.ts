/**
 * Indices of the most prominent local maxima, most prominent first. The prominence of a peak is its height above
 * the higher of the two lowest points between it and higher ground.
 * @param least smallest prominence, as a share of the whole range of values
 */
export function findPeaks(
  values: ArrayLike<number | null | undefined>,
  count: number,
  least = 0.12,
): number[] {
  const known = Array.from(values, (value) => value ?? Number.NaN);
  const finite = known.filter(Number.isFinite);
  const range = Math.max(...finite) - Math.min(...finite);
  const descend = (from: number, step: number): number => {
    let low = known[from];
    for (let i = from + step; i >= 0 && i < known.length; i += step) {
      if (!(known[i] <= known[from])) break;
      low = Math.min(low, known[i]);
    }
    return low;
  };
  const peaks: { index: number; prominence: number }[] = [];
  for (let i = 1; i < known.length - 1; i++) {
    if (!(known[i] > known[i - 1] && known[i] >= known[i + 1])) continue;
    const prominence = known[i] - Math.max(descend(i, -1), descend(i, 1));
    if (prominence > least * range) peaks.push({ index: i, prominence });
  }
  return peaks
    .sort((a, b) => b.prominence - a.prominence)
    .slice(0, count)
    .map(({ index }) => index);
}
