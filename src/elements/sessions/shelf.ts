import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PieceSource } from '../../session/document/load.js';
import { checkDocument } from '../../session/document/read.js';
import type {
  Pieces,
  SessionArray,
  SessionDocument,
} from '../../session/document/schema.js';
import { arrayType } from '../../session/document/write.js';
import { UnmixingError } from '../../spectral/errors.js';

/** A session as it lies in the browser's storage, without its pieces. */
export interface ShelvedSession {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly kept: number;
  readonly words: string;
  /** All of it is in a file that the user saved. */
  readonly inFile: boolean;
  readonly document: SessionDocument;
}

interface Shelves extends DBSchema {
  sessions: { key: string; value: ShelvedSession };
  /** Arrays and files under the session's id and their key. */
  pieces: { key: [string, string]; value: SessionArray | File };
}

const lockOf = (id: string): string => `stratigraph session ${id}`;

/** The bytes of an array alone, where it is a view of more. */
const whole = (array: SessionArray): SessionArray =>
  array.byteLength === array.buffer.byteLength ? array : array.slice();

const ofSession = (id: string): IDBKeyRange =>
  IDBKeyRange.bound([id], [id, []]);

/** Sessions in the browser's storage. Each belongs to one page at a time, which holds its lock. */
export class Shelf {
  private constructor(private readonly database: IDBPDatabase<Shelves>) {}

  /** @throws where the browser refuses storage, or the page is not on https */
  static async open(): Promise<Shelf> {
    // Types say they are always there: pages on plain http have none.
    if (!(navigator.locks as LockManager | undefined))
      throw new UnmixingError(
        'host',
        'A page that is not on https cannot keep sessions in the browser.',
      );
    const database = await openDB<Shelves>('stratigraph sessions', 1, {
      upgrade(made) {
        made.createObjectStore('sessions', { keyPath: 'id' });
        made.createObjectStore('pieces');
      },
      // Another page with a newer program waits for this one.
      blocking: (_now, _next, event) => {
        (event.target as IDBDatabase).close();
      },
    });
    return new Shelf(database);
  }

  /** Makes a session this page's own until `until` is aborted; false where another page has it. */
  async claim(id: string, until: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(lockOf(id), { ifAvailable: true }, async (lock) => {
          resolve(lock !== null);
          if (lock && !until.aborted)
            await new Promise((end) => {
              until.addEventListener('abort', end);
            });
        })
        .catch(reject);
    });
  }

  /**
   * Those that no page has, newest first.
   * @param freed one whose lock this page has just given up
   */
  async left(freed?: string): Promise<readonly ShelvedSession[]> {
    const { held = [] } = await navigator.locks.query();
    const names = new Set(held.map(({ name }) => name));
    const all = await this.database.getAll('sessions');
    return all
      .filter(({ id }) => id === freed || !names.has(lockOf(id)))
      .sort((a, b) => b.kept - a.kept);
  }

  /**
   * Writes a session: its document, the pieces that are new, and takes away those that are no longer needed, all or nothing.
   * @param written keys of pieces that are there already; those that are written now are added
   * @throws DOMException `QuotaExceededError` when the storage is full
   */
  async write(
    session: Omit<ShelvedSession, 'document'>,
    { document, pieces }: Pieces,
    written: Set<string>,
  ): Promise<void> {
    const { id } = session;
    const fresh: [string, SessionArray | File][] = [];
    for (const [key, piece] of pieces)
      if (!written.has(key))
        fresh.push([
          key,
          piece.kind === 'file'
            ? await piece.load()
            : whole(await piece.load()),
        ]);
    const stale = [...written].filter((key) => !pieces.has(key));
    const work = this.database.transaction(['sessions', 'pieces'], 'readwrite');
    const shelf = work.objectStore('pieces');
    // A transaction that fails tells so through `done`.
    const put = (asked: Promise<unknown>): void =>
      void asked.catch(() => undefined);
    try {
      for (const [key, value] of fresh) put(shelf.put(value, [id, key]));
      for (const key of stale) put(shelf.delete([id, key]));
      put(work.objectStore('sessions').put({ ...session, document }));
      // A page that is closed now has asked for all of it.
      work.commit();
    } finally {
      await work.done;
    }
    for (const [key] of fresh) written.add(key);
    for (const key of stale) written.delete(key);
  }

  /**
   * A session and its pieces.
   * @throws UnmixingError `file` when it is not there or damaged
   */
  async read(id: string): Promise<{
    readonly document: SessionDocument;
    readonly source: PieceSource;
  }> {
    const kept = await this.database.get('sessions', id);
    if (!kept)
      throw new UnmixingError('file', 'This session is no longer kept.');
    const lost = (piece: string): never => {
      throw new UnmixingError(
        'file',
        `The browser has lost a part of this session: ${piece}.`,
      );
    };
    return {
      document: checkDocument(kept.document),
      source: {
        array: async ({ piece, type, shape }) => {
          const array = await this.database.get('pieces', [id, piece]);
          const length = shape.reduce((all, one) => all * one, 1);
          return array &&
            !(array instanceof File) &&
            arrayType(array) === type &&
            array.length === length
            ? array
            : lost(piece);
        },
        file: async (record) => {
          const { piece, size } = record;
          if (piece === null) return record;
          const file = await this.database.get('pieces', [id, piece]);
          return file instanceof File && file.size === size
            ? file
            : lost(piece);
        },
      },
    };
  }

  /** The keys of all pieces that a session has here. */
  async keys(id: string): Promise<Set<string>> {
    const keys = await this.database.getAllKeys('pieces', ofSession(id));
    return new Set(keys.map(([, key]) => key));
  }

  async remove(id: string): Promise<void> {
    const work = this.database.transaction(['sessions', 'pieces'], 'readwrite');
    void work.objectStore('sessions').delete(id);
    void work.objectStore('pieces').delete(ofSession(id));
    await work.done;
  }

  close(): void {
    this.database.close();
  }
}
