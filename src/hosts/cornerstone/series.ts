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
