import { type EnviHeader, readList } from './header.js';

/** A field of ours with names that hold signs which structure a header: those signs as %2C and the like. */
export const namesField = 'stratigraph names';

/** Text without the signs that structure a header. */
export const plainName = (text: string): string =>
  text.replace(/[{}=,\s]+/g, ' ').trim();

export const encodeName = (name: string): string =>
  name.replace(/[%{}=,;\s]/g, encodeURIComponent);

function decodeName(said: string): string {
  try {
    return decodeURIComponent(said);
  } catch {
    return said;
  }
}

/** Names of bands or spectra, from our own field where it fits; null when the header has none. */
export function readNames(
  header: EnviHeader,
  key: 'band names' | 'spectra names',
  count: number,
): readonly string[] | null {
  const own = readList(header, namesField);
  if (own?.length === count) return own.map(decodeName);
  return readList(header, key)?.map((name) => name.slice(0, 200)) ?? null;
}
