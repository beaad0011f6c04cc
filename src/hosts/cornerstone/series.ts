import type { Cornerstone } from './viewer.js';

/** What a series of images is called, by its file or the page; null where nobody says. */
export function seriesName(
  { metaData }: Cornerstone,
  imageId: string | undefined,
): string | null {
  if (imageId === undefined) return null;
  const series = metaData.get('generalSeriesModule', imageId) as
    { readonly seriesDescription?: unknown } | undefined;
  const name = series?.seriesDescription;
  return typeof name === 'string' && name.trim() ? name.trim() : null;
}

/**
 * Slices as bands: by the instance numbers that the files give, where each image has one of its own, else as they lie. Viewers sort a
 * series by place, some from one side and some from the other.
 * @param imageIds of the slices, one each
 */
export function inBandOrder<T>(
  { metaData }: Cornerstone,
  imageIds: readonly string[],
  slices: readonly T[],
): readonly T[] {
  const numbers = imageIds.map((id) => {
    const about = metaData.get('generalImageModule', id) as
      { readonly instanceNumber?: unknown } | undefined;
    return Number(about?.instanceNumber ?? NaN);
  });
  if (
    imageIds.length !== slices.length ||
    !numbers.every(Number.isFinite) ||
    new Set(numbers).size < numbers.length
  )
    return slices;
  return Array.from(slices.keys())
    .sort((a, b) => numbers[a] - numbers[b])
    .map((k) => slices[k]);
}
