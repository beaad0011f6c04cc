import type { UnmixingError } from '../../spectral/errors.js';

/** What a user asked to be done with the session as a whole. */
export type SessionAsk =
  /** Written into one file: with the files that were opened in it, or with their names and sums. */
  | { readonly what: 'save'; readonly files: 'embedded' | 'referenced' }
  | { readonly what: 'open'; readonly file: File }
  /** It takes the place of the session that is open. */
  | { readonly what: 'replace' }
  /** Files that were missing. */
  | { readonly what: 'find'; readonly files: readonly File[] }
  /** Lets images be read from the sites that were named. */
  | { readonly what: 'fetch' }
  /** Goes on without the files that are missing. */
  | { readonly what: 'without' }
  /** Ends what goes on or was asked: things stay as they are. */
  | { readonly what: 'cancel' }
  /** A session that an earlier page left, by its id. */
  | { readonly what: 'reopen'; readonly session: string }
  | { readonly what: 'throw-away'; readonly session: string }
  /** Whether sessions are kept in this browser. */
  | { readonly what: 'keep'; readonly on: boolean };

/** The asks of some kinds. */
export type AskOf<What extends SessionAsk['what']> = Extract<
  SessionAsk,
  { readonly what: What }
>;

/** A session that an earlier page left without saving it. */
export interface SessionOffer {
  readonly id: string;
  /** When it was last kept, milliseconds since 1970. */
  readonly kept: number;
  /** What was in it: "cross-section, 5 endmembers, 2 layers moved". */
  readonly words: string;
}

/** A file that a session needs and that is not at hand. */
export interface WantedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** Saving and opening of whole sessions. */
export interface SessionsState {
  readonly work:
    | { readonly state: 'idle' }
    | { readonly state: 'saving'; readonly fraction: number }
    | {
        readonly state: 'opening';
        readonly name: string;
        readonly fraction: number;
      }
    /** What is open is in no file: may another session take its place? */
    | {
        readonly state: 'replacing';
        readonly name: string;
        readonly loses: string;
        /** It is kept in the browser, and on offer at the next start. */
        readonly stays: boolean;
      }
    | {
        readonly state: 'missing';
        readonly name: string;
        readonly files: readonly WantedFile[];
        /** Other sites that images would be read from. */
        readonly sites: readonly string[];
        /** Why files that were given are not those that are missing. */
        readonly refused: string | null;
      }
    | { readonly state: 'failed'; readonly error: UnmixingError };
  readonly offers: readonly SessionOffer[];
  /** Whether the user lets sessions be kept in this browser; null where the viewer does not. */
  readonly keeps: boolean | null;
  /** Why they are not, in a sentence; null while they are. */
  readonly trouble: string | null;
  /** When the session was last kept, milliseconds since 1970. */
  readonly kept: number | null;
}

export const noSessions = Object.freeze<SessionsState>({
  work: { state: 'idle' },
  offers: [],
  keeps: true,
  trouble: null,
  kept: null,
});
