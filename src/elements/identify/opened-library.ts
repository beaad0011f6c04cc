import type { Opened } from '../../formats/opened.js';
import { sha256 } from '../../formats/sha256.js';
import { spectraLists } from '../../session/library.js';
import type { Spectra } from '../../spectral/cube.js';
import type { LibraryListing } from './ask.js';

/** What a library is called: its folder, its file, or its first file and how many more there are. */
export function libraryName(files: readonly File[]): string {
  const [first, ...others] = files.map(({ name }) => name);
  const folder = /^([^/]+)\//.exec(first)?.[1];
  if (
    folder !== undefined &&
    others.every((name) => name.startsWith(`${folder}/`))
  )
    return folder;
  const stem = first.replace(/^.*\//, '').replace(/(.)\.[^.]*$/, '$1');
  return others.length > 0 ? `${stem} and ${others.length} more` : stem;
}

/**
 * A library from what its files hold.
 * @throws UnmixingError `file` when there are no spectra
 */
export async function openedLibrary(
  opened: readonly Opened[],
  name: string,
): Promise<{ readonly listing: LibraryListing; readonly lists: Spectra[] }> {
  const lists = spectraLists(opened, name);
  const sum = (of: (list: Spectra) => number): number =>
    lists.reduce((all, list) => all + of(list), 0);
  return {
    lists,
    listing: {
      id: `library-${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`,
      name,
      spectra: sum(({ names }) => names.length),
      bytes: sum(({ data, axis }) => data.byteLength + axis.values.byteLength),
      opened: Date.now(),
      sha256: await sha256(
        new Blob(
          lists.flatMap(({ names, axis, data }) => [
            JSON.stringify([names, axis.unit, axis.quantity]),
            Float64Array.from(axis.values),
            Float32Array.from(data),
          ]),
        ),
      ),
      kept: false,
      on: true,
    },
  };
}
