import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { formatOf } from '../formats/catalogue.js';
import { type Head, readHead } from '../formats/head.js';
import { openFiles } from '../formats/open.js';
import type { OpenOptions, Opened } from '../formats/opened.js';
import { nameOf, openUrls, readAddress } from '../formats/url.js';
import { stem } from '../formats/common/words.js';
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

/** Files to open together, and where they lie. */
export interface Found {
  readonly files: readonly File[];
  /** Absolute paths of all of them. */
  readonly paths: readonly string[];
}

/** A folder with more files than this is no measurement. */
const mostFiles = 100_000;

/** All files of a folder and of those in it, under names that start with its own. */
async function openFolder(folder: string): Promise<Found> {
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
 * Finds what belongs to a path beside it: to a header its data, to data the header that points to them, to a tile its
 * mosaic; of a folder, all that it holds.
 */
export async function openSource(path: string): Promise<Found> {
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
  ): Promise<Found> => {
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

/** One thing to open. */
export interface Source {
  /** Absolute paths of its files, or its address. */
  readonly paths: readonly string[];
  /** @param variable which of several arrays to take */
  open(variable: string | null, task: OpenOptions): Promise<Opened[]>;
}

/** What a file of any of these names shall give, if it holds several arrays. */
const asked = (names: readonly string[], variable: string | null) =>
  variable === null
    ? {}
    : {
        variables: Object.fromEntries(names.map((name) => [name, variable])),
      };

/**
 * Finds what there is at a path, with what belongs to it, or at an address of the web.
 * @throws UnmixingError `file` when it cannot be read
 */
export async function findSource(path: string): Promise<Source> {
  if (/^https?:/i.test(path)) {
    const name = nameOf(readAddress(path));
    return {
      paths: [path],
      open: (variable, task) =>
        openUrls([path], { ...task, ...asked([name], variable) }),
    };
  }
  const { files, paths } = await openSource(path);
  const names = files.map(({ name }) => name);
  return {
    paths,
    open: (variable, task) =>
      openFiles(files, { ...task, ...asked(names, variable) }),
  };
}
