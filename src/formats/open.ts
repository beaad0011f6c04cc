import { UnmixingError } from '../spectral/errors.js';
import { openColumns } from './dpt.js';
import { openEnvi } from './envi.js';
import { itkFormats, openItk } from './itk.js';
import { type Look, headerNames, isDataName, look, lookBytes } from './look.js';
import { type OpenOptions, type Opened, partOf } from './opened.js';
import { ending, stem } from './words.js';
import { isWorldFile, readWorldFile } from './world-file.js';

export type { OpenOptions, Opened } from './opened.js';

/** One thing to open: a file, and the data its header points to. */
interface Group {
  readonly file: File;
  readonly look: Look;
  readonly data: File | null;
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
  a.toLowerCase() === b.replace(/^.*[\\/]/, '').toLowerCase();

/** Formats by the ending of a name, to tell a damaged file from one we do not know. */
const formatOfEnding: ReadonlyMap<string, string> = new Map([
  ['nrrd', itkFormats.nrrd],
  ['nhdr', itkFormats.nrrd],
  ['mha', itkFormats.meta],
  ['mhd', itkFormats.meta],
  ['nii', itkFormats.nifti],
  ['gz', itkFormats.nifti],
  ['tif', itkFormats.tiff],
  ['tiff', itkFormats.tiff],
  ['png', itkFormats.png],
  ['jpg', itkFormats.jpeg],
  ['jpeg', itkFormats.jpeg],
]);

function refuseUnknown({ name }: File): never {
  const end = ending(name);
  const format = formatOfEnding.get(end);
  const sentence = isDataName(name)
    ? `${name} holds values without their description: open it together with its header, such as ${headerNames(name)[0]}.`
    : end === 'hdr'
      ? `${name} is not an ENVI header: its first line is not "ENVI".`
      : format
        ? `${name} is named like ${format} but does not hold it: the file is damaged or misnamed.`
        : `${name} is in no format that can be opened (want ENVI, Bruker .dpt, NRRD, MetaImage, NIfTI, TIFF, PNG or JPEG).`;
  throw new UnmixingError('file', sentence);
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

/** Puts headers and their data together. */
async function group(files: readonly File[]): Promise<Group[]> {
  const looks = await Promise.all(
    files.map(async (file) => {
      if (file.size === 0)
        throw new UnmixingError('file', `${file.name} is empty (0 bytes).`);
      const head = await file.slice(0, lookBytes).arrayBuffer();
      return { file, look: look(new Uint8Array(head), file.name) };
    }),
  );
  const taken = new Set<File>();
  const groups = looks.flatMap(({ file, look }): Group[] => {
    const partners = 'partners' in look ? look.partners : null;
    if (partners === null) return [{ file, look, data: null }];
    for (const partner of partners) {
      const data = files.find(
        (other) => other !== file && sameName(other.name, partner),
      );
      if (!data) continue;
      taken.add(data);
      return [{ file, look, data }];
    }
    return refuseAlone(file, partners);
  });
  return groups.filter(({ file }) => !taken.has(file));
}

async function openGroup(
  { file, look, data }: Group,
  task: OpenOptions,
): Promise<Opened> {
  switch (look.as) {
    case 'envi':
      return data
        ? openEnvi(file, data, task)
        : refuseAlone(file, look.partners);
    case 'columns':
      return openColumns(file, task);
    case 'itk':
      return openItk(
        look.reader,
        file,
        data && look.partners ? { data, dataPath: look.partners[0] } : null,
        task,
      );
    case 'unknown':
      return refuseUnknown(file);
  }
}

/**
 * Opens files as cubes, spectra or pictures. Headers and data that belong together are given together, in any order;
 * so are pictures and the world files that say where they lie.
 * What a file is, is read from its first bytes, then from its name. The work is done in short stretches.
 * @returns one entry for each file or pair, in the order of the files or headers
 * @throws UnmixingError `file` with one sentence; `signal.reason` when aborted
 */
export async function openFiles(
  files: readonly File[],
  options: OpenOptions = {},
): Promise<Opened[]> {
  const groups = await group(files.filter(({ name }) => !isWorldFile(name)));
  const sizes = groups.map(({ file, data }) => file.size + (data?.size ?? 0));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const opened: Opened[] = [];
  let done = 0;
  for (const [i, one] of groups.entries()) {
    options.signal?.throwIfAborted();
    const part = partOf(options, done / all, (done + sizes[i]) / all);
    try {
      opened.push(await openGroup(one, part));
      part.onProgress?.(1);
      options.signal?.throwIfAborted();
    } catch (cause) {
      // A file that was moved, changed or locked since it was chosen.
      if (cause instanceof DOMException && cause.name === 'NotReadableError')
        throw new UnmixingError(
          'file',
          `${one.file.name} can no longer be read: it was moved or changed.`,
          { cause },
        );
      throw cause;
    }
    done += sizes[i];
  }
  return place(
    opened,
    files.filter(({ name }) => isWorldFile(name)),
  );
}
