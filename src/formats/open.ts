import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { type Format, formatOf, formats } from './catalogue.js';
import { inUsablePlace } from './common/usable-place.js';
import { type Head, readHead, startsWith } from './head.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { baseName, ending, listed, stem } from './common/words.js';
import { isWorldFile, readWorldFile } from './world-file.js';

export type { OpenOptions, Opened } from './opened.js';

/** A group with the format that reads it. */
interface Known extends Group {
  readonly format: Format;
}

/** Takes pictures to where the world files beside them say. */
async function place(
  opened: readonly Opened[],
  worlds: readonly File[],
): Promise<Opened[]> {
  const placed = [...opened];
  for (const world of worlds) {
    const at = placed.findIndex(
      (one) => one.kind === 'picture' && one.picture.name === stem(world.name),
    );
    const one = at < 0 ? null : placed[at];
    if (one?.kind !== 'picture')
      throw new UnmixingError(
        'file',
        `${world.name} says where a picture lies: open it together with the picture.`,
      );
    const geometry = await readWorldFile(world);
    placed[at] = { ...one, picture: { ...one.picture, geometry } };
  }
  return placed;
}

const sameName = (a: string, b: string): boolean =>
  baseName(a).toLowerCase() === baseName(b).toLowerCase();

/** Whether a file name looks like that of values whose header lies beside them. */
const isDataName = (name: string): boolean =>
  ['', 'zraw', 'img', 'dat', 'raw', 'bip', 'bil', 'bsq', 'sli'].includes(
    ending(name),
  );

/** Why a file in no format we know cannot be opened. */
function unknownReason({ name }: File): string {
  const end = ending(name);
  if (end === 'dmd')
    return `${name} is one tile of a mosaic: open it together with ${stem(name).replace(/(_\d{4}){2}$/, '')}.dmt, or open their folder.`;
  if (isDataName(name))
    return `${name} holds values without their description: open it together with its header, such as ${stem(name)}.hdr.`;
  if (end === 'hdr')
    return `${name} is not an ENVI header: its first line is not "ENVI".`;
  const named = formats.find(({ endings }) => endings.includes(end));
  return named
    ? `${name} is named like ${named.name} but does not hold it: the file is damaged or misnamed.`
    : `${name} is in no format that can be opened (want ${formats.map((format) => format.name).join(', ')}).`;
}

function refuseEmpty(files: readonly File[]): void {
  const empty = files.find(({ size }) => size === 0);
  if (empty)
    throw new UnmixingError('file', `${empty.name} is empty (0 bytes).`);
}

function refuseAlone({ name }: File, partners: readonly string[]): never {
  const [first, ...others] = partners;
  const endings = others.map((partner) => `.${ending(partner)}`);
  throw new UnmixingError(
    'file',
    others.length > 0
      ? `${name} is a header without its data: open it together with ${first}${endings.slice(0, -1).join(', ')} or ${endings[endings.length - 1]}, whichever there is.`
      : `${name} is a header without its data: open it together with ${first}.`,
  );
}

/** The first of the wanted names that is there; in any case of letters. */
function firstThere(
  wanted: readonly string[],
  there: readonly File[],
): File | undefined {
  for (const name of wanted) {
    const found = there.find((one) => sameName(one.name, name));
    if (found) return found;
  }
  return undefined;
}

/** Files that belong to a file of this format. */
function besides(
  format: Format,
  head: Head,
  file: File,
  others: readonly File[],
): readonly File[] {
  const parts = others.filter((one) => format.isPart?.(head, one.name));
  const wanted = format.data?.(head) ?? null;
  if (wanted === null) return parts;
  const data = firstThere(wanted, others);
  return data ? [data, ...parts] : refuseAlone(file, wanted);
}

const depth = ({ name }: File): number => name.split('/').length;

/** Takes an error of a file: throws it, or keeps its sentence where others can still be opened. */
type Refused = (file: File, error: unknown) => void;

interface Groups {
  readonly known: readonly Known[];
  readonly unknown: readonly File[];
}

/**
 * Puts together what belongs together. Files high in a folder come first, so that what describes a folder takes its
 * contents before they are looked at.
 */
async function group(
  files: readonly File[],
  refused: Refused,
): Promise<Groups> {
  const taken = new Set<File>();
  const known: Known[] = [];
  const unknown: File[] = [];
  for (const file of files.toSorted((a, b) => depth(a) - depth(b))) {
    if (taken.has(file)) continue;
    const head = await readHead(file);
    const format = formatOf(head);
    if (!format) {
      unknown.push(file);
      continue;
    }
    try {
      const others = files.filter((one) => one !== file);
      const beside = besides(format, head, file, others);
      beside.forEach((one) => taken.add(one));
      known.push({ file, beside, format });
    } catch (error) {
      refused(file, error);
    }
  }
  const isFree = (file: File): boolean => !taken.has(file);
  return {
    known: known.filter(({ file }) => isFree(file)),
    unknown: unknown.filter(isFree),
  };
}

async function openGroup(known: Known, task: OpenOptions): Promise<Opened[]> {
  refuseEmpty([known.file, ...known.beside]);
  try {
    const open = await known.format.load();
    const opened = await open(known, task);
    task.onProgress?.(1);
    task.signal?.throwIfAborted();
    return opened.map(inUsablePlace);
  } catch (cause) {
    // A file that was moved, changed or locked since it was chosen.
    if (cause instanceof DOMException && cause.name === 'NotReadableError')
      throw new UnmixingError(
        'file',
        `${known.file.name} can no longer be read: it was moved or changed.`,
        { cause },
      );
    throw cause;
  }
}

/** Says what was skipped beside the first thing that was opened. */
const withSkipped = (
  opened: readonly Opened[],
  skipped: readonly string[],
): Opened[] =>
  opened.map((one, i) =>
    i > 0 ? one : { ...one, warnings: [...one.warnings, ...skipped] },
  );

/** Whether a file is a zip; .ozx is one of an OME-Zarr, .npz one of arrays of NumPy. */
async function isZip(file: File): Promise<boolean> {
  if (!['zip', 'ozx', 'npz'].includes(ending(file.name))) return false;
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return startsWith(start, 'PK\x03\x04');
}

/** The files, and in place of each zip those in it. */
async function unpacked(
  files: readonly File[],
  task: OpenOptions,
): Promise<File[]> {
  const all: File[] = [];
  for (const file of files)
    if (await isZip(file))
      all.push(...(await (await import('./zip.js')).unzip(file, task)));
    else all.push(file);
  return all;
}

/**
 * Opens files as cubes, spectra or pictures. Headers and data that belong together are given together, in any order;
 * so are tiles of a mosaic, and pictures with the world files that say where they lie. A file from a folder carries its
 * path in its name; a zip is opened as the files in it. What a file is, is read from its first bytes, then from its name.
 * The work is done in short stretches.
 * @returns what each file or group holds, in the order of the files or headers; files that are in no known format are
 * skipped and listed in the first warnings, unless there is nothing else; so is what is damaged in a folder
 * @throws UnmixingError `file` with one sentence; `signal.reason` when aborted
 */
export async function openFiles(
  given: readonly File[],
  options: OpenOptions = {},
): Promise<Opened[]> {
  const files = await unpacked(given, { signal: options.signal });
  const errors: UnmixingError[] = [];
  const refused: Refused = ({ name }, error) => {
    // Files chosen one by one are all wanted; one of a folder does not keep the others from being opened.
    if (!isUnmixingError(error) || !name.includes('/')) throw error;
    errors.push(error);
  };
  const { known, unknown } = await group(
    files.filter(({ name }) => !isWorldFile(name)),
    refused,
  );
  if (known.length + errors.length === 0 && unknown.length > 0) {
    refuseEmpty(unknown);
    throw new UnmixingError('file', unknownReason(unknown[0]));
  }
  const sizes = known.map(({ file, beside }) =>
    beside.reduce((sum, { size }) => sum + size, file.size),
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const opened: Opened[] = [];
  let done = 0;
  for (const [i, one] of known.entries()) {
    options.signal?.throwIfAborted();
    const part = partOf(options, done / all, (done + sizes[i]) / all);
    try {
      opened.push(...(await openGroup(one, part)));
    } catch (error) {
      refused(one.file, error);
    }
    done += sizes[i];
  }
  if (opened.length === 0 && errors.length > 0) throw errors[0];
  const skipped = errors.map(({ message }) => `Skipped: ${message}`);
  if (unknown.length > 0)
    skipped.push(
      `Skipped, in no format that can be opened: ${listed(unknown.map(({ name }) => name))}.`,
    );
  return place(
    withSkipped(opened, skipped),
    files.filter(({ name }) => isWorldFile(name)),
  );
}
