import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SavedFile } from '../formats/saved.js';
import { UnmixingError } from '../spectral/errors.js';
import { fileFault } from './sources.js';

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

/**
 * Makes a folder and those above it; gives the topmost that was made. One by one: Node's own way never ends where a file
 * system says that a folder is missing which is there, as /proc does.
 */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return undefined;
    const above = dirname(folder);
    if (codeOf(cause) !== 'ENOENT' || above === folder) throw cause;
    const made = await makeFolder(above);
    if (made === undefined) throw cause;
    await mkdir(folder);
    return made;
  }
}

/** Refuses an --out that is a file before any work is done. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found && !found.isDirectory())
    throw new UnmixingError(
      'input',
      `invalid --out: ${folder} is a file (want a folder)`,
    );
}

/** Name of what a file is stored in: itself, or the folder at the beginning of its name. */
const topOf = ({ name }: SavedFile): string => name.split('/')[0];

/**
 * Writes files into a folder, all or none: files, and folders that their names begin with, come under a passing name
 * first, then all are renamed.
 * @throws UnmixingError `file` when the folder cannot be written; `signal.reason` when aborted
 */
export async function store(
  folder: string,
  files: readonly SavedFile[],
  signal: AbortSignal,
): Promise<void> {
  const tops = [...new Set(files.map(topOf))];
  const passing = (name: string): string =>
    join(folder, name.replace(/^[^/]+/, `.$&.${process.pid}.part`));
  let made: string | undefined;
  try {
    made = await makeFolder(resolve(folder));
    for (const { name, content } of files) {
      signal.throwIfAborted();
      const path = passing(name);
      if (name.includes('/')) await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    signal.throwIfAborted();
    for (const top of tops) {
      const path = join(folder, top);
      // A folder takes no other's place by renaming.
      if (files.some(({ name }) => name.startsWith(`${top}/`)))
        await rm(path, { recursive: true, force: true });
      await rename(passing(top), path);
    }
  } catch (cause) {
    for (const top of tops)
      await rm(passing(top), { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    signal.throwIfAborted();
    throw fileFault(folder, cause);
  }
}
