import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { formatOf } from '../formats/catalogue.js';
import { type Head, readHead } from '../formats/head.js';
import { stem } from '../formats/words.js';
import { UnmixingError } from '../spectral/errors.js';

/** A fault of the file system as a sentence. */
export function fileFault(path: string, cause: unknown): UnmixingError {
  const code =
    cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'access is denied',
    EPERM: 'access is denied',
    ENOTDIR: 'a part of the path is no folder',
    EEXIST: 'a file of that name stands there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  const reason =
    reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new UnmixingError('file', `${path}: ${reason}.`, { cause });
}

/** @param name of the file as readers see it: with its folder where it came from one */
async function readAsFile(path: string, name = basename(path)): Promise<File> {
  try {
    return new File([await openAsBlob(path)], name);
  } catch (cause) {
    throw fileFault(path, cause);
  }
}

/** One thing to open and where it lies. */
export interface Source {
  readonly files: readonly File[];
  /** Absolute paths of all of them. */
  readonly paths: readonly string[];
}

/** A folder with more files than this is no measurement. */
const mostFiles = 100_000;

/** All files of a folder and of those in it, under names that start with its own. */
async function openFolder(folder: string): Promise<Source> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  if (paths.length === 0 || paths.length > mostFiles)
    throw new UnmixingError(
      'file',
      `${folder} holds ${paths.length} files (want 1 to ${mostFiles}).`,
    );
  const above = dirname(folder);
  const files = await Promise.all(
    paths.map((path) =>
      readAsFile(path, relative(above, path).split(sep).join('/')),
    ),
  );
  return { files, paths };
}

/** Names, among those in a folder, of files that belong to this one; null when it is in no known format. */
function companions(head: Head, there: readonly string[]): string[] | null {
  const format = formatOf(head);
  if (!format) return null;
  const data = (format.data?.(head) ?? [])
    .map((name) => there.find((one) => sameName(one, name)))
    .find((name) => name !== undefined);
  const parts = there.filter((name) => format.isPart?.(head, name));
  return data === undefined ? parts : [...new Set([data, ...parts])];
}

const sameName = (a: string, b: string): boolean =>
  a.toLowerCase() === b.toLowerCase();

/** Whether one name begins like the other, endings aside: so a header and its data are named. */
function areAlike(a: string, b: string): boolean {
  const [one, other] = [stem(a).toLowerCase(), stem(b).toLowerCase()];
  return one.startsWith(other) || other.startsWith(one);
}

/**
 * Opens a path with what belongs to it beside it: a header with its data, data with the header that points to them, a
 * tile with its mosaic; of a folder, all that it holds.
 * @throws UnmixingError `file` when it cannot be read
 */
export async function openSource(path: string): Promise<Source> {
  const whole = resolve(path);
  const folder = dirname(whole);
  const name = basename(whole);
  const found = await stat(whole).catch((cause: unknown) => {
    throw fileFault(path, cause);
  });
  if (found.isDirectory()) return openFolder(whole);
  const there = (await readdir(folder)).filter((one) => one !== name);
  const withBeside = async (
    main: string,
    beside: readonly string[],
  ): Promise<Source> => {
    const paths = [main, ...beside].map((one) => join(folder, one));
    return {
      files: await Promise.all(paths.map((one) => readAsFile(one))),
      paths,
    };
  };
  const headOf = async (one: string): Promise<Head> =>
    readHead(await readAsFile(join(folder, one)));
  const own = companions(await headOf(name), there);
  if (own) return withBeside(name, own);
  for (const other of there.filter((one) => areAlike(one, name))) {
    if (!(await stat(join(folder, other))).isFile()) continue;
    const beside = companions(await headOf(other), [
      name,
      ...there.filter((one) => one !== other),
    ]);
    if (beside?.includes(name)) return withBeside(other, beside);
  }
  return withBeside(name, []);
}
