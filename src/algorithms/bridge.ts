import { median } from './order-statistics.js';

/** Bands at either side of a gap that tell where its ends are, and how noisy it would be without what hides it. */
const beside = 3;
const besideNoise = 16;
/** Gaps that are so many times as noisy as the bands beside them hold nothing of the materials that could be told. */
const hidden = 3;

const mean = (values: Float64Array): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

/**
 * Draws spectra straight across gaps in the bands that count where something hides them, as carbon dioxide does: what least squares find
 * there is what hides them. Quiet gaps and the ends of the axis stay as they are.
 * @param rows any number of spectra, changed in place
 * @param excluded one byte a band, 1 = does not count
 * @param noise of each band
 */
export function bridgeGaps(
  rows: Float64Array,
  excluded: Uint8Array,
  noise: ArrayLike<number>,
): void {
  const bands = excluded.length;
  const noiseOf = (from: number, to: number): number[] => {
    const out: number[] = [];
    for (let b = Math.max(0, from); b < Math.min(bands, to); b++)
      out.push(noise[b]);
    return out;
  };
  for (let first = beside; first < bands; first++) {
    if (!excluded[first] || excluded[first - 1]) continue;
    const end = excluded.indexOf(0, first);
    if (end < 0 || end + beside > bands) break;
    const around = [
      ...noiseOf(first - besideNoise, first),
      ...noiseOf(end, end + besideNoise),
    ];
    const within = median(Float64Array.from(noiseOf(first, end)));
    if (!(within > hidden * median(Float64Array.from(around)))) continue;
    for (let start = 0; start < rows.length; start += bands) {
      const left = mean(rows.subarray(start + first - beside, start + first));
      const right = mean(rows.subarray(start + end, start + end + beside));
      for (let b = first; b < end; b++) {
        const share = (b - first + 1) / (end - first + 1);
        rows[start + b] = left + share * (right - left);
      }
    }
  }
}
