import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ExportFile } from '../session/export.js';
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

/**
 * Writes files into a folder, all or none: each under a passing name first, then all are renamed.
 * @throws UnmixingError `file` when the folder cannot be written; `signal.reason` when aborted
 */
export async function store(
  folder: string,
  files: readonly ExportFile[],
  signal: AbortSignal,
): Promise<void> {
  const passing = ({ name }: ExportFile): string =>
    join(folder, `.${name}.${process.pid}.part`);
  let made: string | undefined;
  try {
    made = await makeFolder(resolve(folder));
    for (const file of files) {
      signal.throwIfAborted();
      await writeFile(passing(file), file.content);
    }
    signal.throwIfAborted();
    for (const file of files)
      await rename(passing(file), join(folder, file.name));
  } catch (cause) {
    for (const file of files) await rm(passing(file), { force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    signal.throwIfAborted();
    throw fileFault(folder, cause);
  }
}
