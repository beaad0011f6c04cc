import { UnmixingError } from '../spectral/errors.js';

/** A folder with more files than this is no measurement. */
const mostFiles = 100_000;

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry =>
  entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry =>
  entry.isDirectory;

/** A file under its name as readers see it: with its folder where it came from one. */
export const named = (file: File, path: string): File =>
  path === file.name ? file : new File([file], path);

/** All entries of a folder; the browser gives them in portions. */
async function entriesOf(
  folder: FileSystemDirectoryEntry,
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Adds the files of an entry, and of the folders in it, to those found. */
async function gather(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject);
    });
    found.push(named(file, entry.fullPath.replace(/^\//, '')));
    if (found.length > mostFiles)
      throw new UnmixingError(
        'file',
        `More than ${mostFiles} files were dropped: choose a folder with fewer.`,
      );
  } else if (isFolder(entry))
    for (const inside of await entriesOf(entry)) await gather(inside, found);
}

async function gatherAll(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const found: File[] = [];
  try {
    for (const entry of entries) await gather(entry, found);
  } catch (cause) {
    if (cause instanceof UnmixingError) throw cause;
    throw new UnmixingError(
      'file',
      'What was dropped cannot be read: it was moved, or access is denied.',
      { cause },
    );
  }
  return found;
}

/**
 * The files that were dropped, and those in folders that were dropped: these carry their path in their name.
 * To be called while the event is being handled; null when it brings no files.
 */
export function droppedFiles({
  dataTransfer,
}: DragEvent): Promise<readonly File[]> | null {
  const items = Array.from(dataTransfer?.items ?? []).filter(
    ({ kind }) => kind === 'file',
  );
  if (items.length === 0) return null;
  const entries = items
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  // Files that a script dropped have no entries.
  return entries.length === items.length
    ? gatherAll(entries)
    : Promise.resolve(Array.from(dataTransfer?.files ?? []));
}
