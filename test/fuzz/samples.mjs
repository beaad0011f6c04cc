// The files that are damaged: every sample of the data folder, with what belongs to it.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** Files that are no samples of a format: notes, and interferograms or settings beside others. */
const ignored = /(^|\/)(README[^/]*|LICEN[SC]E[^/]*|\.[^/]*)$/i;

/**
 * Every sample below a folder: a name, and the paths of its files.
 * @param companionsOf gives the files that belong to one, as the command line finds them
 */
export async function samplesIn(folder, companionsOf) {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !ignored.test(path))
    .toSorted();
  const samples = new Map();
  for (const path of paths) {
    const files = await companionsOf(path);
    const key = files.toSorted().join('\n');
    if (!samples.has(key))
      samples.set(key, { name: relative(folder, files[0]), paths: files });
  }
  return [...samples.values()].map(({ name, paths }) => ({
    name,
    files: paths.map((path) => ({
      name: basename(path),
      bytes: new Uint8Array(readFileSync(path)),
    })),
  }));
}
