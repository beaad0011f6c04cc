import type { LayerImage } from './layer.js';

/** Pixels looked at, evenly over the image, for limits and histograms. */
const mostSampled = 2 ** 17;
/** Below this share of the other side, values of one sign are noise around zero. */
const leastSide = 0.05;

/** Shares of the values that lie below the automatic limits. */
export const autoShares = Object.freeze([0.02, 0.98] as const);

/** What has contrast limits. */
export type LimitedImage = Exclude<LayerImage, { readonly kind: 'classes' }>;

const known = new WeakMap<
  LimitedImage,
  { readonly mask: Uint8Array | undefined; readonly values: Float32Array }
>();

/**
 * Values of an image that its contrast limits act on: of a map those that are finite, of finished colours the brightness of
 * those that are not clear, as a share of full brightness (luma of Rec. 709). Of a large image every n-th pixel counts.
 * @param mask one byte a pixel, 1 = left out
 */
export function sampledValues(
  image: LimitedImage,
  mask?: Uint8Array,
): Float32Array {
  const last = known.get(image);
  if (last && last.mask === mask) return last.values;
  const pixels = image.width * image.height;
  const step = Math.max(1, Math.floor(pixels / mostSampled));
  const found = new Float32Array(Math.ceil(pixels / step));
  let count = 0;
  for (let n = 0; n < pixels; n += step) {
    if (mask?.[n]) continue;
    const value =
      image.kind === 'map' ? image.values[n] : brightness(image.data, 4 * n);
    if (Number.isFinite(value)) found[count++] = value;
  }
  const values = found.subarray(0, count);
  known.set(image, { mask, values });
  return values;
}

const brightness = (data: Uint8ClampedArray, at: number): number =>
  data[at + 3] === 0
    ? Number.NaN
    : (0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2]) / 255;

/** Limits that a few stray values do not move: the 2nd and the 98th percentile; without a difference, 1 apart. */
export function autoLimits(
  image: LimitedImage,
  mask?: Uint8Array,
): readonly [number, number] {
  const sorted = sampledValues(image, mask).toSorted();
  const [low, high] = autoShares.map(
    (share) => sorted.at(Math.round(share * (sorted.length - 1))) ?? 0,
  );
  return rising(low, high);
}

/** Automatic limits, as far on either side of zero, for values that have a sign. */
export function balancedLimits(
  image: LimitedImage,
  mask?: Uint8Array,
): readonly [number, number] {
  const most = Math.max(...autoLimits(image, mask).map(Math.abs));
  return [-most || -1, most || 1];
}

/** Whether values lie on both sides of zero by more than noise. */
export const hasSign = ([low, high]: readonly [number, number]): boolean =>
  Math.min(-low, high) > leastSide * Math.max(-low, high);

/** All values: from the smallest to the largest of a map, finished colours as they are. */
export function fullLimits(
  image: LimitedImage,
  mask?: Uint8Array,
): readonly [number, number] {
  if (image.kind === 'rgba') return [0, 1];
  const { values } = image;
  let low = Infinity;
  let high = -Infinity;
  for (let n = 0; n < values.length; n++) {
    if (mask?.[n] || !Number.isFinite(values[n])) continue;
    if (values[n] < low) low = values[n];
    if (values[n] > high) high = values[n];
  }
  return low <= high ? rising(low, high) : [0, 1];
}

/** Without a difference there is still something to show. */
const rising = (low: number, high: number): readonly [number, number] => [
  low,
  high > low ? high : low + 1,
];
