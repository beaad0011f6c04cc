import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFile } from '../session/export.js';
import { fileFault } from './sources.js';

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
    made = await mkdir(folder, { recursive: true });
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
