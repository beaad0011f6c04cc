import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { headerNames, isDataName, look, lookBytes } from '../formats/look.js';
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

async function readAsFile(path: string): Promise<File> {
  try {
    if ((await stat(path)).isDirectory())
      throw new UnmixingError('file', `${path} is a folder (want a file).`);
    return new File([await openAsBlob(path)], basename(path));
  } catch (cause) {
    throw cause instanceof UnmixingError ? cause : fileFault(path, cause);
  }
}

/** Names of the data that a file points to; null when it needs none, or is no header. */
async function partnersOf(file: File): Promise<readonly string[] | null> {
  const head = new Uint8Array(await file.slice(0, lookBytes).arrayBuffer());
  const seen = look(head, file.name);
  return 'partners' in seen ? seen.partners : null;
}

/** The first of the wanted names that lies in the folder, in any case. */
function firstThere(
  wanted: readonly string[],
  there: readonly string[],
): string | undefined {
  for (const name of wanted) {
    const found =
      there.find((one) => one === name) ??
      there.find((one) => one.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file and, where its header or data lie beside it, those too. */
export interface Source {
  readonly files: readonly File[];
  /** Absolute paths of all of them. */
  readonly paths: readonly string[];
}

/**
 * Opens a path with its partner beside it: a header with its data, or data with the header that points to them.
 * @throws UnmixingError `file` when it cannot be read
 */
export async function openSource(path: string): Promise<Source> {
  const file = await readAsFile(path);
  const whole = resolve(path);
  const folder = dirname(whole);
  const alone: Source = { files: [file], paths: [whole] };
  const withPartner = async (name: string): Promise<Source> => {
    const partner = join(folder, name);
    return {
      files: [file, await readAsFile(partner)],
      paths: [whole, partner],
    };
  };
  const partners = await partnersOf(file);
  if (partners === null && !isDataName(file.name)) return alone;
  const there = (await readdir(folder)).filter((name) => name !== file.name);
  if (partners) {
    const data = firstThere(partners, there);
    return data === undefined ? alone : withPartner(data);
  }
  for (const wanted of headerNames(file.name)) {
    const header = firstThere([wanted], there);
    if (header === undefined) continue;
    const points = await partnersOf(await readAsFile(join(folder, header)));
    if (points?.some((one) => one.toLowerCase() === file.name.toLowerCase()))
      return withPartner(header);
  }
  return alone;
}
