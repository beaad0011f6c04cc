import type { CubeDescription } from '../engine/protocol.js';
import type { Reading } from './asking.js';
import type { CubePart } from './cube-part.js';
import type { Engine } from './engine.js';
import type { SessionState } from './state.js';

/** How a cube came into the session. */
export interface CubeSource {
  /** Null where its files are not at hand. */
  readonly reading: Reading | null;
  /** What the user said of it. */
  readonly said: CubeDescription;
}

/** A cube that was made ready beside the session that is open. */
export interface PreparedCube extends CubeSource {
  readonly id: string;
  /** Its worker, with the image described and corrected; null where the files are not at hand. */
  readonly engine: Engine | null;
  /** Why there is no worker, in a sentence. */
  readonly lacks: string | null;
  readonly part: CubePart;
}

/** What of a session is of no cube, and comes back with it. */
export type SharedPart = Pick<
  SessionState,
  | 'pictures'
  | 'layers'
  | 'placements'
  | 'registrations'
  | 'composite'
  | 'comparison'
> &
  Partial<SessionState>;
