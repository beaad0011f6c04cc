import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Spectra } from '../../spectral/cube.js';
import type { LibraryListing } from './ask.js';

interface Shelves extends DBSchema {
  libraries: { key: string; value: LibraryListing };
  /** The spectra of a library under its id: only read when it is searched. */
  spectra: { key: string; value: readonly Spectra[] };
}

/** Libraries in the browser's storage, apart from sessions: they outlive them. */
export class LibraryShelf {
  private constructor(private readonly database: IDBPDatabase<Shelves>) {}

  /** @throws where the browser refuses storage */
  static async open(): Promise<LibraryShelf> {
    return new LibraryShelf(
      await openDB<Shelves>('stratigraph libraries', 1, {
        upgrade(made) {
          made.createObjectStore('libraries', { keyPath: 'id' });
          made.createObjectStore('spectra');
        },
        // Another page with a newer program waits for this one.
        blocking: (_now, _next, event) => {
          (event.target as IDBDatabase).close();
        },
      }),
    );
  }

  /** Oldest first. */
  async list(): Promise<readonly LibraryListing[]> {
    const all = await this.database.getAll('libraries');
    return all.sort((a, b) => a.opened - b.opened);
  }

  /** The spectra of a library; none where it is gone. */
  async spectra(id: string): Promise<readonly Spectra[]> {
    return (await this.database.get('spectra', id)) ?? [];
  }

  /** @throws DOMException `QuotaExceededError` when the storage is full */
  async add(
    library: LibraryListing,
    spectra: readonly Spectra[],
  ): Promise<void> {
    const work = this.database.transaction(
      ['libraries', 'spectra'],
      'readwrite',
    );
    // A transaction that fails tells so through `done`.
    const put = (asked: Promise<unknown>): void =>
      void asked.catch(() => undefined);
    try {
      put(work.objectStore('libraries').put({ ...library, kept: true }));
      put(work.objectStore('spectra').put(spectra, library.id));
    } finally {
      await work.done;
    }
  }

  async use(id: string, on: boolean): Promise<void> {
    const work = this.database.transaction('libraries', 'readwrite');
    const library = await work.store.get(id);
    if (library) await work.store.put({ ...library, on });
    await work.done;
  }

  async remove(id: string): Promise<void> {
    const work = this.database.transaction(
      ['libraries', 'spectra'],
      'readwrite',
    );
    void work.objectStore('libraries').delete(id);
    void work.objectStore('spectra').delete(id);
    await work.done;
  }

  close(): void {
    this.database.close();
  }
}
