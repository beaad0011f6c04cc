import type { Host, Undo } from '../hosts/host.js';
import type { Layering } from './layering.js';
import type { Store } from './store.js';

/** What every concern of the session works with. */
export interface Parts {
  /** The state that the elements see, of the cube that the panel is about. */
  readonly store: Store;
  readonly layering: Layering;
  readonly host: Host;
  /** Aborted when the session ends. */
  readonly ended: AbortSignal;
  /** Calls after the state was replaced; many changes at once are told once. */
  onChange(listener: () => void): Undo;
  /** Keeps how things are, for undo, before `what` is edited: edits of one thing that follow closely are one step. */
  before(what: string): void;
}
