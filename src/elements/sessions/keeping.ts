import type { Keys } from '../../session/document/keys.js';
import type { SessionContent } from '../../session/document/schema.js';
import { toPieces } from '../../session/document/write.js';
import type { SessionsState } from './ask.js';
import type { Shelf } from './shelf.js';
import { isFull, poorWords, sessionWords, troubleWords } from './words.js';

/** After an edit others follow: they are written together. */
const calm = 1500; // ms
/** Storage that was full is tried again after so long, or when something was taken from it. */
const patience = 60_000; // ms

/** A session as it was at a moment. */
export interface Taken {
  readonly content: SessionContent;
  /** All of it is in a file. */
  readonly inFile: boolean;
}

export interface KeepingTask {
  readonly keys: Keys;
  /** All that is worth keeping, as it is at this moment; null while nothing is open. */
  readonly taken: () => Promise<Taken | null>;
  readonly tell: (patch: Partial<SessionsState>) => void;
}

/** Writes the session into the browser's storage: at once after each step, a moment after an edit. */
export class Keeping {
  #id = newId();
  #owned: AbortController | null = null;
  #written = new Set<string>();
  #isThere = false;
  #kept: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working: Promise<void> | null = null;
  #again = false;
  /** Without files, after the storage was too full for them; until when. */
  #poorUntil = 0;
  /** Another session takes the place of this one. */
  #held = false;
  #ended = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly task: KeepingTask,
  ) {}

  get id(): string {
    return this.#id;
  }

  /** Something changed: a step is written at once. */
  changed(isStep: boolean): void {
    if (this.#ended || this.#held) return;
    if (isStep) {
      void this.now();
      return;
    }
    this.#timer ??= setTimeout(() => void this.now(), calm);
  }

  /** Writes what there is; settles when it is written, or has failed, which is told. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#ended || this.#held) return;
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    await this.#working;
  }

  /** Writes an edit that waits for others: the page may not come back. */
  async flush(): Promise<void> {
    if (this.#timer !== undefined) await this.now();
  }

  /** Writes the last of this session, and no more until it is said what comes. */
  async hold(): Promise<void> {
    await this.now();
    this.#held = true;
  }

  /** Nothing came: the session goes on. */
  goOn(): void {
    this.#held = false;
  }

  /** Tries again with all that there is: something was taken from the storage. */
  freed(): void {
    if (this.#poorUntil === 0) return;
    this.#poorUntil = 0;
    void this.now();
  }

  /** Goes on with a session that is kept already, and whose lock is held until `owned` is aborted. */
  adopt(id: string, owned: AbortController, written: Set<string>): void {
    this.leave();
    this.#id = id;
    this.#owned = owned;
    this.#written = written;
    this.#isThere = true;
  }

  /** What comes is another session: the one before stays where it is kept. */
  leave(): void {
    this.#held = false;
    this.#owned?.abort();
    this.#owned = null;
    this.#id = newId();
    this.#written = new Set();
    this.#isThere = false;
    this.#kept = null;
  }

  /** Takes the session from the storage, and writes no more. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#working;
    if (this.#isThere) await this.shelf.remove(this.#id);
    this.leave();
  }

  /** Writes what waits, as it is at this moment, and no more; what is kept stays for the next page. */
  async dispose(): Promise<void> {
    if (this.#ended) return;
    const waits = !this.#held && (this.#again || this.#timer !== undefined);
    const last = waits ? this.task.taken() : null;
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#working;
    if (last) await this.#try(last);
    this.#owned?.abort();
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#ended) {
      this.#again = false;
      await this.#try(this.task.taken());
    }
  }

  async #try(taking: Promise<Taken | null>): Promise<void> {
    try {
      await this.#write(await taking);
    } catch (error) {
      this.task.tell({ trouble: troubleWords(error, this.#kept) });
    }
  }

  async #write(taken: Taken | null): Promise<void> {
    if (!taken) {
      if (this.#isThere) await this.shelf.remove(this.#id);
      this.#isThere = false;
      this.#kept = null;
      this.#written = new Set();
      this.task.tell({ kept: null });
      return;
    }
    await this.#own();
    const kept = Date.now();
    if (kept >= this.#poorUntil)
      try {
        await this.#put(taken, kept, false);
        this.#poorUntil = 0;
        this.task.tell({ kept, trouble: null });
        return;
      } catch (error) {
        if (!isFull(error)) throw error;
        this.#poorUntil = kept + patience;
      }
    await this.#put(taken, kept, true);
    const trouble = poorWords(taken.content);
    this.task.tell({ kept, trouble });
  }

  /** @param poor files are told of by name only */
  async #put(
    { content, inFile }: Taken,
    kept: number,
    poor: boolean,
  ): Promise<void> {
    const pieces = toPieces(content, this.task.keys, {
      now: new Date(kept),
      ...(poor && {
        references: new Map(filesOf(content).map((file) => [file, null])),
      }),
    });
    const { document } = pieces;
    const words = sessionWords(document);
    const id = this.#id;
    await this.shelf.write({ id, kept, words, inFile }, pieces, this.#written);
    if (id !== this.#id) return;
    this.#isThere = true;
    this.#kept = kept;
  }

  async #own(): Promise<void> {
    if (this.#owned) return;
    const owned = new AbortController();
    this.#owned = owned;
    await this.shelf.claim(this.#id, owned.signal);
  }
}

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** All files of a session that are at hand. */
export const filesOf = ({ cubes }: SessionContent): readonly File[] =>
  cubes.flatMap(({ source }) =>
    source.kind === 'files'
      ? source.files.filter((file) => file instanceof File)
      : [],
  );
