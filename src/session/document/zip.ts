import { openArchive } from '../../formats/archive.js';
import { readTypedNpy, writeTypedNpy } from '../../formats/npy/typed.js';
import type { PackedFile } from '../../formats/pack.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { PieceSource } from './load.js';
import { documentName } from './look.js';
import { longestDocument, readDocument } from './read.js';
import type { Piece, Pieces, SessionDocument } from './schema.js';

/** The bytes of a piece as they are kept: a file as it is, an array as .npy. */
export async function pieceBlob(piece: Piece): Promise<Blob> {
  return piece.kind === 'file'
    ? piece.load()
    : new Blob([...writeTypedNpy(await piece.load(), piece.shape)]);
}

/** Measured values hardly shrink; pictures, masks and classes do. */
const shrinks = (
  { kind }: Piece,
  key: string,
  { layers }: SessionDocument,
): boolean =>
  kind === 'array' &&
  layers.some(
    ({ image }) =>
      (image?.kind === 'rgba' && image.data.piece === key) ||
      (image?.kind === 'classes' && image.classes.piece === key),
  );

/** The files of a saved session, in the order in which they are written. */
export async function sessionFiles({
  document,
  pieces,
}: Pieces): Promise<readonly PackedFile[]> {
  const json = `${JSON.stringify(document, null, 2)}\n`;
  const files: PackedFile[] = [
    { name: documentName, content: new Blob([json]), shrinks: true },
  ];
  for (const [name, piece] of pieces)
    files.push({
      name,
      content: await pieceBlob(piece),
      shrinks: shrinks(piece, name, document),
    });
  return files;
}

/** A saved session that was opened: what it says, checked, and its parts, each read when asked for. */
export interface SavedSession {
  readonly document: SessionDocument;
  readonly source: PieceSource;
}

/**
 * Opens a saved session. Its document is checked as a whole; parts are checked as they are read.
 * @throws UnmixingError `file` with one sentence
 */
export async function openSessionZip(
  zip: File,
  signal?: AbortSignal,
): Promise<SavedSession> {
  const archive = await openArchive(zip);
  if (!archive.names.has(documentName))
    throw new UnmixingError(
      'file',
      `${zip.name} is no saved session: ${documentName} is missing in it.`,
    );
  const json = await archive.open(documentName, signal);
  if (json.size > longestDocument)
    throw new UnmixingError(
      'file',
      `${zip.name} is no saved session: its ${documentName} is too long.`,
    );
  const document = readDocument(await json.text());
  return {
    document,
    source: {
      array: async ({ piece, type, shape }) =>
        readTypedNpy(await archive.open(piece, signal), type, shape),
      file: async (record) => {
        const { piece, name, size, lastModified } = record;
        if (piece === null) return record;
        const file = await archive.open(piece, signal);
        if (file.size !== size)
          throw new UnmixingError(
            'file',
            `${zip.name} is damaged: ${piece} holds ${file.size} bytes (want ${size}).`,
          );
        return new File([file], name, { lastModified });
      },
    },
  };
}
