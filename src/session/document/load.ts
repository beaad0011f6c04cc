import { partOf } from '../../formats/opened.js';
import type { OpenOptions } from '../../formats/opened.js';
import type {
  ArrayPiece,
  FileRecord,
  SessionArray,
  SessionContent,
  SessionDocument,
} from './schema.js';

/** Where the parts that lie beside a document come from. */
export interface PieceSource {
  /** @throws UnmixingError `file` naming the part that is missing or damaged */
  array(piece: ArrayPiece): Promise<SessionArray>;
  /** The file of a record; the record itself where the file is not at hand. */
  file(record: FileRecord): Promise<File | FileRecord>;
  /** Hears of each object that was made of a piece, so that it is not written again. */
  made?(object: object, piece: string): void;
}

type Task = Pick<OpenOptions, 'signal' | 'onProgress'>;

const isPiece = (value: object): value is ArrayPiece =>
  'piece' in value && 'shape' in value;

const isRecord = (value: object): value is FileRecord =>
  'piece' in value && 'sha256' in value;

/** Volumes stay where they are until their cube is opened. */
const isVolume = (value: object): value is { readonly data: ArrayPiece } =>
  'kind' in value && value.kind === 'values' && 'data' in value;

/**
 * The session that a checked document stands for, with its arrays and files in place; one array that several results share is
 * loaded once.
 * @throws UnmixingError `file` naming the part that is missing or damaged; `signal.reason` when aborted
 */
export async function fromPieces(
  document: SessionDocument,
  source: PieceSource,
  task: Task = {},
): Promise<SessionContent> {
  const loaded = new Map<string, SessionArray>();
  const told = partOf(task, 0, 1);
  const all = countPieces(document);
  let done = 0;

  const load = async (piece: ArrayPiece): Promise<SessionArray> => {
    task.signal?.throwIfAborted();
    const key = `${piece.piece} ${piece.type} ${piece.shape.join()}`;
    const known = loaded.get(key);
    const array = known ?? (await source.array(piece));
    if (!known) source.made?.(array, piece.piece);
    loaded.set(key, array);
    told.onProgress?.(++done / all);
    return array;
  };

  async function revived(value: unknown): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const revivedAll: unknown[] = [];
      for (const one of value) revivedAll.push(await revived(one));
      return revivedAll;
    }
    if (isPiece(value)) return load(value);
    if (isRecord(value)) {
      const file = await source.file(value);
      if (file instanceof File && value.piece !== null)
        source.made?.(file, value.piece);
      return file;
    }
    const entries: [string, unknown][] = [];
    for (const [key, one] of Object.entries(value))
      entries.push([
        key,
        isVolume(value) && key === 'data'
          ? later(value.data)
          : await revived(one),
      ]);
    return Object.fromEntries(entries);
  }

  const later = (piece: ArrayPiece): unknown => {
    const identity = {};
    source.made?.(identity, piece.piece);
    const { type, shape } = piece;
    return { identity, type, shape, load: () => source.array(piece) };
  };

  return (await revived(document)) as SessionContent;
}

function countPieces(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (isPiece(value)) return 1;
  return Object.values(value).reduce<number>(
    (sum, one) => sum + countPieces(one),
    0,
  );
}

/** Every file that the document tells of. */
export function fileRecords({
  cubes,
}: Pick<SessionDocument, 'cubes'>): FileRecord[] {
  return cubes.flatMap(({ source }) =>
    source.kind === 'files' ? source.files : [],
  );
}

/** The keys of all pieces that a document needs, each once. */
export function pieceKeys(document: SessionDocument): ReadonlySet<string> {
  const keys = new Set<string>();
  const gather = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('piece' in value && typeof value.piece === 'string')
      keys.add(value.piece);
    else Object.values(value).forEach(gather);
  };
  gather(document.cubes);
  gather(document.layers);
  return keys;
}
