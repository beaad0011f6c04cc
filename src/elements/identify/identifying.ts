import { readInWorker } from '../../formats/reader.js';
import { IdentifyClient } from '../../session/identify-client.js';
import type { Spectra } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { asUnmixingError } from '../layering.js';
import { lazily } from '../lazily.js';
import type { Parts } from '../parts.js';
import { remember } from '../remember.js';
import type {
  IdentifyAction,
  IdentifyingState,
  LibraryListing,
} from './ask.js';
import { recallChoices } from './choices.js';
import { LibraryShelf } from './library-shelf.js';
import { libraryName, openedLibrary } from './opened-library.js';
import { type Wanted, wantedSearch } from './wanted-search.js';

/** Where what reads files and what searches libraries lie. */
export interface IdentifyPlaces {
  readonly itkAssets: string | undefined;
  readonly readerUrl: string | URL | undefined;
  /** Of identify-worker.js. */
  readonly workerUrl?: string | URL;
}

const notKept =
  'This browser keeps no libraries (its storage is refused or full): they last as long as the page.';

/** Libraries of references, and the search of them: anew whenever the result on show, the libraries or the choices change. */
export class Identifying {
  readonly #client = lazily(() =>
    Promise.resolve(new IdentifyClient(this.places.workerUrl)),
  );
  #shelf: LibraryShelf | null = null;
  /** Libraries that the worker has, or is being given. */
  readonly #held = new Map<string, Promise<void>>();
  #searched: Wanted | null = null;
  #call: AbortController | null = null;
  #reading: AbortController | null = null;

  constructor(
    private readonly parts: Parts,
    private readonly places: IdentifyPlaces,
  ) {}

  /** Brings the libraries that are kept, and follows the state from then on. */
  async start(): Promise<void> {
    try {
      this.#shelf = await LibraryShelf.open();
      this.#set({ libraries: await this.#shelf.list() });
    } catch {
      this.#set({ unkept: notKept });
    }
    this.#set({ choices: recallChoices() });
    const undo = this.parts.onChange(() => this.#follow());
    this.parts.ended.addEventListener('abort', () => {
      undo();
      this.#reading?.abort();
      this.#call?.abort();
      this.#shelf?.close();
      if (this.#held.size > 0)
        void this.#client().then((client) => client.dispose());
    });
    this.#follow();
  }

  async act(action: IdentifyAction): Promise<void> {
    switch (action.act) {
      case 'open':
        await this.#open(action.files);
        break;
      case 'remove':
        await this.#remove(action.library);
        break;
      case 'use':
        this.#list((library) =>
          library.id === action.library
            ? { ...library, on: action.on }
            : library,
        );
        await this.#shelf?.use(action.library, action.on);
        break;
      case 'choose': {
        const choices = { ...this.#state.choices, ...action.patch };
        this.#set({ choices });
        remember('identify', choices);
        break;
      }
      case 'draw':
        this.#set({ drawn: action.drawn });
        break;
      case 'search':
        this.#searched = null;
        this.#follow();
        break;
      case 'stop':
        this.#reading?.abort();
        this.#call?.abort();
        this.#set({ work: { state: 'idle' } });
        break;
      case 'dismiss':
        this.#set({ work: { state: 'idle' } });
    }
  }

  get #state(): IdentifyingState {
    return this.parts.store.state.identifying;
  }

  #set(patch: Partial<IdentifyingState>): void {
    this.parts.store.set({ identifying: { ...this.#state, ...patch } });
  }

  #list(change: (library: LibraryListing) => LibraryListing): void {
    this.#set({ libraries: this.#state.libraries.map(change) });
  }

  async #open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#reading?.abort();
    const call = (this.#reading = new AbortController());
    try {
      this.#set({ work: { state: 'reading', fraction: 0 } });
      const { itkAssets, readerUrl } = this.places;
      const opened = await readInWorker(
        { files },
        {
          signal: call.signal,
          itkAssets,
          readerUrl,
          onProgress: (fraction) => {
            if (!call.signal.aborted)
              this.#set({ work: { state: 'reading', fraction } });
          },
        },
      );
      const { listing, lists } = await openedLibrary(
        opened,
        libraryName(files),
      );
      call.signal.throwIfAborted();
      // Opened anew, it takes the place of what it was.
      for (const { id, name, sha256 } of this.#state.libraries)
        if (
          name === listing.name ||
          (sha256 !== null && sha256 === listing.sha256)
        )
          await this.#remove(id);
      const kept = await this.#keep(listing, lists);
      (await this.#client()).hold(listing.id, lists);
      this.#held.set(listing.id, Promise.resolve());
      this.#set({
        libraries: [...this.#state.libraries, { ...listing, kept }],
        work: { state: 'idle' },
      });
    } catch (error) {
      if (!call.signal.aborted)
        this.#set({
          work: { state: 'failed', error: asUnmixingError(error, 'file') },
        });
    } finally {
      if (this.#reading === call) this.#reading = null;
    }
  }

  async #keep(
    listing: LibraryListing,
    lists: readonly Spectra[],
  ): Promise<boolean> {
    try {
      if (!this.#shelf) return false;
      await this.#shelf.add(listing, lists);
      this.#set({ unkept: null });
      return true;
    } catch {
      this.#set({ unkept: notKept });
      return false;
    }
  }

  /** It is shown as removed once it is: a page that ends right then finds it gone. */
  async #remove(id: string): Promise<void> {
    await this.#shelf?.remove(id);
    this.#set({
      libraries: this.#state.libraries.filter((one) => one.id !== id),
    });
    if (this.#held.delete(id)) (await this.#client()).drop(id);
  }

  /** Searches where something changed that the evidence rests on. */
  #follow(): void {
    const { store } = this.parts;
    const wanted = wantedSearch(store.state);
    if (wanted?.key.every((part, i) => part === this.#searched?.key[i])) return;
    if (!wanted && !this.#searched) return;
    this.#searched = wanted;
    this.#call?.abort();
    this.#call = null;
    if (this.#state.work.state === 'searching')
      this.#set({ work: { state: 'idle' } });
    if (wanted) void this.#search(wanted);
    else if (this.#state.libraries.every(({ on }) => !on))
      store.set({ evidence: null });
  }

  async #search({ search, endmembers, libraries }: Wanted): Promise<void> {
    const call = (this.#call = new AbortController());
    const { signal } = call;
    try {
      const client = await this.#client();
      await Promise.all(libraries.map(({ id }) => this.#hold(id, client)));
      signal.throwIfAborted();
      const { found, references, skipped } = await client.search(search, {
        signal,
        onProgress: (fraction) => {
          if (!signal.aborted)
            this.#set({ work: { state: 'searching', fraction } });
        },
      });
      const { store } = this.parts;
      if (store.state.unmixing?.endmembers !== endmembers) return;
      store.set({
        evidence: { endmembers, libraries, references, skipped, found },
        identifying: {
          ...this.#state,
          drawn: null,
          ...(this.#state.work.state === 'searching' && {
            work: { state: 'idle' },
          }),
        },
      });
    } catch (error) {
      if (!signal.aborted)
        this.#set({
          work: { state: 'failed', error: asUnmixingError(error, 'file') },
        });
    }
  }

  /** Gives the worker a library that is kept. */
  #hold(id: string, client: IdentifyClient): Promise<void> {
    const before = this.#held.get(id);
    if (before) return before;
    const held = (async () => {
      const lists = await this.#shelf?.spectra(id);
      if (!lists || lists.length === 0)
        throw new UnmixingError(
          'file',
          'The browser has lost a library: remove it and open it again.',
        );
      client.hold(id, lists);
    })().catch((error: unknown) => {
      this.#held.delete(id);
      throw error;
    });
    this.#held.set(id, held);
    return held;
  }
}
