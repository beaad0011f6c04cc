import type { Measure } from '../../session/identify.js';
import type { Found } from '../../session/identify-client.js';
import type { Window } from '../../spectral/axis.js';
import type { UnmixingError } from '../../spectral/errors.js';

/** How endmembers are compared with references. */
export interface IdentifyChoices {
  readonly measure: Measure;
  /** Parts of the axis that are compared; empty for all bands that the run included. */
  readonly ranges: readonly Window[];
  /** Bands count by their reliability. */
  readonly weighted: boolean;
  /** References are spectra of transmission, and the image of attenuated total reflection. */
  readonly penetration: boolean;
  /** Most references in a sum; below 2 no sums are sought. */
  readonly members: number;
}

/** A library of references that the user opened. */
export interface LibraryListing {
  readonly id: string;
  readonly name: string;
  readonly spectra: number;
  readonly bytes: number;
  /** When it was opened, in milliseconds since 1970. */
  readonly opened: number;
  /** Of its content, 64 hexadecimal digits; null where the browser cannot tell. */
  readonly sha256: string | null;
  /** It is in the browser's storage. */
  readonly kept: boolean;
  /** It is searched. */
  readonly on: boolean;
}

/** A candidate or a sum of an endmember, by its place in the list, drawn over its spectrum. */
export interface Drawn {
  readonly endmember: number;
  readonly what: 'candidate' | 'sum';
  readonly at: number;
}

/** Libraries, choices, and how far a search is: of the whole session. */
export interface IdentifyingState {
  readonly libraries: readonly LibraryListing[];
  readonly choices: IdentifyChoices;
  readonly drawn: Drawn | null;
  /** Why libraries last no longer than the page; null where they are kept. */
  readonly unkept: string | null;
  readonly work:
    | { readonly state: 'idle' }
    | { readonly state: 'reading'; readonly fraction: number }
    | { readonly state: 'searching'; readonly fraction: number }
    | { readonly state: 'failed'; readonly error: UnmixingError };
}

/** What libraries say of the endmembers of a result. */
export interface Evidence {
  /** The endmembers that were compared: it holds for a result that has these. */
  readonly endmembers: Float32Array;
  /** What they were compared with. */
  readonly libraries: readonly Pick<LibraryListing, 'name' | 'sha256'>[];
  /** How many references there were. */
  readonly references: number;
  /** Lists that could not be compared, a sentence each. */
  readonly skipped: readonly string[];
  /** One an endmember. */
  readonly found: readonly Found[];
}

/** What a user asks of libraries. */
export type IdentifyAction =
  /** Open files, those of a folder or a zip, as one library. */
  | { readonly act: 'open'; readonly files: readonly File[] }
  | { readonly act: 'remove'; readonly library: string }
  | { readonly act: 'use'; readonly library: string; readonly on: boolean }
  | { readonly act: 'choose'; readonly patch: Partial<IdentifyChoices> }
  | { readonly act: 'draw'; readonly drawn: Drawn | null }
  /** Search again. */
  | { readonly act: 'search' }
  /** End reading or searching. */
  | { readonly act: 'stop' }
  | { readonly act: 'dismiss' };

export const noIdentifying: IdentifyingState = Object.freeze<IdentifyingState>({
  libraries: [],
  choices: {
    measure: 'derivative',
    ranges: [],
    weighted: true,
    penetration: false,
    members: 3,
  },
  drawn: null,
  unkept: null,
  work: { state: 'idle' },
});
