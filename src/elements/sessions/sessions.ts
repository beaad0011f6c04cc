import { packInWorker, sumInWorker } from '../../formats/reader.js';
import { Keys } from '../../session/document/keys.js';
import { sessionEnding } from '../../session/document/look.js';
import type { SessionContent } from '../../session/document/schema.js';
import { toPieces } from '../../session/document/write.js';
import { openSessionZip, sessionFiles } from '../../session/document/zip.js';
import { fileName } from '../../session/export.js';
import type { ReadTask } from '../asking.js';
import { asUnmixingError } from '../layering.js';
import type { Parts } from '../parts.js';
import { recall, remember } from '../remember.js';
import { saveFile } from '../save-file.js';
import { Throttle } from '../throttle.js';
import type { SessionAccess } from './access.js';
import type { AskOf, SessionAsk, SessionsState } from './ask.js';
import {
  type Signature,
  isSame,
  noSignature,
  sameSteps,
  signatureOf,
} from './changes.js';
import { type OpenCube, sessionContent } from './collect.js';
import { Keeping, filesOf } from './keeping.js';
import { Reopening } from './reopening.js';
import { type ShelvedSession, Shelf } from './shelf.js';
import { Sources } from './sources.js';
import { sessionWords, troubleWords } from './words.js';

/** Sessions that earlier pages left are on offer for so long, and so many of them. */
const longestOffer = 30 * 24 * 3600e3; // ms
const mostOffers = 3;

const setting = 'keep sessions';

/** Saving of the whole session into one file, opening of such files, and keeping it in the browser meanwhile. */
export class Sessions {
  readonly #keys = new Keys();
  readonly #sources: Sources;
  #shelf: Shelf | null = null;
  #keeping: Keeping | null = null;
  /** Why there is no shelf. */
  #refused: unknown = null;
  #job: AbortController | null = null;
  readonly #reopening: Reopening;
  /** What waits for an answer. */
  #answer: ((ask: SessionAsk) => void) | null = null;
  /** All that a change can be told by, as it was last looked at and as it is in a file. */
  #seen: Signature = noSignature;
  #inFile: Signature = noSignature;

  constructor(
    private readonly parts: Parts,
    private readonly access: SessionAccess,
  ) {
    const { host, ended, onChange } = parts;
    this.#sources = new Sources(host);
    this.#reopening = new Reopening(parts, access, this.#sources, {
      tell: (work) => this.#tell({ work }),
      answered: this.#answered,
      sum: (...file) => this.#sum(...file),
      before: () => this.#keeping?.hold(),
    });
    const undos = [
      onChange(() => this.#look()),
      host.camera?.onMove(() => this.#keeping?.changed(false)),
    ];
    // The page may not come back.
    const leaves = (): void => {
      this.#look();
      void this.#keeping?.flush();
    };
    document.addEventListener('visibilitychange', leaves);
    window.addEventListener('pagehide', leaves);
    ended.addEventListener('abort', () => {
      this.#look();
      for (const undo of undos) undo?.();
      document.removeEventListener('visibilitychange', leaves);
      window.removeEventListener('pagehide', leaves);
      this.#job?.abort();
      void this.#end();
    });
    if (access.mayKeep) this.#tell({ keeps: recall(setting) !== false });
  }

  async #end(): Promise<void> {
    await this.#keeping?.dispose();
    this.#shelf?.close();
  }

  get #state(): SessionsState {
    return this.parts.store.state.sessions;
  }

  /** Settles when all that there is is kept in the browser, or could not be, which is told. */
  async kept(): Promise<void> {
    await this.#keeping?.now();
  }

  #tell(patch: Partial<SessionsState>): void {
    if (this.parts.ended.aborted) return;
    this.parts.store.set({ sessions: { ...this.#state, ...patch } });
  }

  /** Opens the browser's storage, and offers what earlier pages left there. */
  async start(): Promise<void> {
    if (!this.#state.keeps || this.#shelf) return;
    try {
      const shelf = await Shelf.open();
      this.#shelf = shelf;
      if (this.parts.ended.aborted) {
        shelf.close();
        return;
      }
      this.#refused = null;
      await this.#offer(shelf);
      this.#keeping = new Keeping(shelf, {
        keys: this.#keys,
        taken: async () => {
          const inFile = isSame(this.#inFile, this.#signature());
          const content = await this.#content();
          return content && { content, inFile };
        },
        tell: (patch) => this.#tell(patch),
      });
      this.#seen = noSignature;
    } catch (error) {
      this.#refused = error;
    }
    this.#look();
  }

  /** Those of the last days that no file has, newest first; the others are thrown away. */
  async #offer(shelf: Shelf, freed?: string): Promise<void> {
    const left = await shelf.left(freed);
    const isFresh = ({ kept, inFile }: ShelvedSession): boolean =>
      !inFile && Date.now() - kept < longestOffer;
    const fresh = left.filter(isFresh).slice(0, mostOffers);
    for (const one of left)
      if (!fresh.includes(one)) await shelf.remove(one.id);
    this.#tell({
      offers: fresh.map(({ id, kept, words }) => ({ id, kept, words })),
    });
  }

  /** Something may have changed. */
  #look(): void {
    const now = this.#signature();
    const before = this.#seen;
    if (isSame(now, before)) return;
    this.#seen = now;
    if (this.#refused !== null && now.edits.length > 0 && this.#isOpen) {
      this.#tell({ trouble: troubleWords(this.#refused, null) });
      this.#refused = null;
    }
    this.#keeping?.changed(!sameSteps(now, before));
  }

  get #isOpen(): boolean {
    const { cubes, pictures } = this.parts.store.state;
    return pictures.length > 0 || cubes.some(({ state }) => state === 'ready');
  }

  #signature(): Signature {
    return signatureOf(this.parts.store.state, this.access.part);
  }

  async #content(): Promise<SessionContent | null> {
    if (!this.#isOpen) return null;
    const { host, store } = this.parts;
    const { state } = store;
    const composite = this.access.composite();
    const view = host.camera?.view() ?? null;
    // All of it as it is now: what is waited for are files.
    const parts = state.cubes.flatMap(({ id }) => {
      const given = this.access.sourceOf(id);
      const part = this.access.part(id);
      return given && part ? [{ ...{ id, part }, ...given }] : [];
    });
    const open: OpenCube[] = [];
    for (const { id, part, said, reading } of parts) {
      const source = await this.#sources.of(id, reading);
      if (source) open.push({ id, part, source, said });
    }
    return sessionContent(state, open, composite, view);
  }

  /** Does what was asked; what goes wrong is told in the state. */
  async asked(ask: SessionAsk): Promise<void> {
    switch (ask.what) {
      case 'save':
        return this.save(ask.files);
      case 'open':
        return this.open(ask.file);
      case 'reopen':
        return this.#reopen(ask.session);
      case 'throw-away':
        return this.#throwAway(ask.session);
      case 'keep':
        return this.#keep(ask.on);
      case 'cancel':
        this.#job?.abort();
        this.#job = null;
        this.#answer = null;
        this.#tell({ work: { state: 'idle' } });
        return;
      default:
        this.#answer?.(ask);
    }
  }

  /** One thing at a time: what went on before ends. */
  async #work(
    begin: SessionsState['work'],
    work: (task: ReadTask) => Promise<void>,
  ): Promise<void> {
    this.#job?.abort();
    const job = new AbortController();
    this.#job = job;
    this.#answer = null;
    this.#tell({ work: begin });
    const told = new Throttle<number>((fraction) => {
      const { work: now } = this.#state;
      if (now.state === 'saving' || now.state === 'opening')
        this.#tell({ work: { ...now, fraction } });
    });
    try {
      await work({
        signal: job.signal,
        onProgress: (fraction) => told.give(fraction),
      });
      told.clear();
      if (this.#job === job) this.#tell({ work: { state: 'idle' } });
    } catch (caught) {
      told.clear();
      this.#keeping?.goOn();
      if (this.#job !== job || job.signal.aborted) return;
      const error = asUnmixingError(caught, 'file');
      this.#tell({ work: { state: 'failed', error } });
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Writes the session into one file and hands it to the browser. */
  save(files: 'embedded' | 'referenced'): Promise<void> {
    return this.#work({ state: 'saving', fraction: 0 }, async (task) => {
      const content = await this.#content();
      if (!content) return;
      const saved = this.#signature();
      const references =
        files === 'referenced' ? await this.#sumsOf(content, task) : undefined;
      const pieces = toPieces(content, this.#keys, { references });
      const zip = await packInWorker(
        await sessionFiles(pieces),
        `${fileName(content.title)}${sessionEnding}`,
        { ...task, readerUrl: this.access.readerUrl },
      );
      task.signal.throwIfAborted();
      saveFile(zip);
      this.#inFile = saved;
      void this.#keeping?.now();
    });
  }

  /** Opens a saved session in place of the one that is open; asks before something that is in no file goes. */
  open(file: File): Promise<void> {
    return this.#replace(file.name, async (task) => {
      const saved = await openSessionZip(file, task.signal);
      await this.#reopening.takePlace(saved, file.name, false, task);
      this.#seen = this.#signature();
      this.#inFile = this.#seen;
      await this.#left(() => this.#keeping?.leave());
      void this.#keeping?.now();
    });
  }

  async #reopen(id: string): Promise<void> {
    const shelf = this.#shelf;
    const offer = this.#state.offers.find((one) => one.id === id);
    if (!shelf || !offer) return;
    await this.#replace(offer.words, async (task) => {
      const owned = new AbortController();
      try {
        if (!(await shelf.claim(id, owned.signal))) {
          await this.#offer(shelf);
          throw new Error('This session is open in another tab.');
        }
        const saved = await shelf.read(id);
        const made = (object: object, piece: string): void =>
          this.#keys.know(object, piece);
        const source = { ...saved.source, made };
        const keys = await shelf.keys(id);
        await this.#reopening.takePlace(
          { ...saved, source },
          offer.words,
          true,
          task,
        );
        await this.#left(() => this.#keeping?.adopt(id, owned, keys));
        this.#inFile = noSignature;
        void this.#keeping?.now();
      } catch (error) {
        owned.abort();
        throw error;
      }
    });
  }

  /** The session before goes on offer. */
  async #left(by: () => void): Promise<void> {
    const before = this.#keeping?.id;
    by();
    if (this.#shelf) await this.#offer(this.#shelf, before);
  }

  async #replace(
    name: string,
    work: (task: ReadTask) => Promise<void>,
  ): Promise<void> {
    const begin = { state: 'opening', name, fraction: 0 } as const;
    if (!this.#isOpen || isSame(this.#inFile, this.#signature()))
      return this.#work(begin, work);
    const content = await this.#content();
    const loses = content
      ? sessionWords(toPieces(content, this.#keys).document)
      : 'what is open';
    const { kept, trouble } = this.#state;
    const stays = this.#keeping !== null && kept !== null && trouble === null;
    const asks = { state: 'replacing', name, loses, stays } as const;
    await this.#work(asks, async (task) => {
      await this.#answered(task, ['replace']);
      this.#tell({ work: begin });
      await work(task);
    });
  }

  /** Waits for one of these answers. */
  readonly #answered = <What extends SessionAsk['what']>(
    { signal }: ReadTask,
    whats: readonly What[],
  ): Promise<AskOf<What>> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () =>
        reject(new DOMException('Given up.', 'AbortError')),
      );
      const isOne = (ask: SessionAsk): ask is AskOf<What> =>
        whats.some((what) => what === ask.what);
      this.#answer = (ask) => {
        if (!isOne(ask)) return;
        this.#answer = null;
        resolve(ask);
      };
    });

  async #throwAway(id: string): Promise<void> {
    if (!this.#shelf) return;
    await this.#shelf.remove(id);
    await this.#offer(this.#shelf);
    this.#keeping?.freed();
  }

  /** Off: all that is kept is thrown away. */
  async #keep(on: boolean): Promise<void> {
    if (!this.access.mayKeep) return;
    remember(setting, on);
    this.#tell({ keeps: on, trouble: null });
    if (on) return this.start();
    const shelf = this.#shelf;
    await this.#keeping?.end();
    this.#keeping = null;
    this.#shelf = null;
    if (shelf) for (const { id } of await shelf.left()) await shelf.remove(id);
    shelf?.close();
    this.#tell({ offers: [], kept: null });
  }

  readonly #sum = (file: File, signal: AbortSignal): Promise<string | null> =>
    sumInWorker(file, { signal, readerUrl: this.access.readerUrl });

  /** The sum of each file, for a session that tells of files by reference. */
  async #sumsOf(
    content: SessionContent,
    { signal }: ReadTask,
  ): Promise<ReadonlyMap<File, string | null>> {
    const sums = new Map<File, string | null>();
    for (const file of filesOf(content))
      sums.set(file, await this.#sum(file, signal));
    return sums;
  }
}
