import {
  type CubePart,
  divided,
  isListed,
  listingOf,
  partOf,
} from './cube-part.js';
import type { SessionState } from './state.js';

/** The state, as someone sees it and may change it. */
export interface Store {
  readonly state: SessionState;
  set(patch: Partial<SessionState>): void;
}

/** The state of one cube. */
export interface CubeStore extends Store {
  /** It was put away; another may have its id. */
  readonly isGone: boolean;
}

/**
 * The one state of the session with the parts of all its cubes, and those who are told when it was replaced: many changes at once
 * are told once. What it shows and sets of a cube is of the active one; while there is none, of the part that the next one
 * begins with.
 */
export class SessionStore implements Store {
  #shared: SessionState;
  #waiting: CubePart;
  readonly #parts = new Map<string, CubePart>();
  /** Which cube has an id, counted: another may have it later. */
  readonly #holders = new Map<string, number>();
  #added = 0;
  #seen: SessionState;
  #told = true;

  constructor(
    state: SessionState,
    private readonly tell: () => void,
  ) {
    this.#seen = state;
    this.#shared = state;
    this.#waiting = partOf(state);
    if (state.active !== '') this.add(state.active, partOf(state));
  }

  get state(): SessionState {
    return this.#seen;
  }

  set(patch: Partial<SessionState>): void {
    this.#put(this.#shared.active, patch);
  }

  /** The part of a cube; null when there is none of this id. */
  part(id: string): CubePart | null {
    return this.#parts.get(id) ?? null;
  }

  /** The ids of all cubes, in the order in which they came. */
  get ids(): readonly string[] {
    return [...this.#parts.keys()];
  }

  add(id: string, part: CubePart): void {
    this.#parts.set(id, part);
    this.#holders.set(id, (this.#added += 1));
    this.#list();
    this.#show();
  }

  /** Takes a cube out. When it was the active one, another must be activated first, or none is. */
  remove(id: string): void {
    this.#parts.delete(id);
    this.#holders.delete(id);
    if (this.#shared.active === id)
      this.#shared = { ...this.#shared, active: '' };
    this.#list();
    this.#show();
  }

  /** Makes a cube the one that the panel is about; the empty id for none. */
  activate(id: string): void {
    this.#shared = { ...this.#shared, active: id };
    this.#show();
  }

  /** Sets what the next cube begins with; it is seen while there is no cube. */
  await(part: Partial<CubePart>): void {
    this.#waiting = { ...this.#waiting, ...part };
    this.#show();
  }

  /** The state as it is for one cube, whichever the panel is about; it shows nothing of it, and takes nothing, once it is gone. */
  of(id: string): CubeStore {
    let base = this.#shared;
    let part: CubePart | null = null;
    let seen: SessionState | null = null;
    const holder = this.#holders.get(id);
    const isThere = (): boolean =>
      holder !== undefined && this.#holders.get(id) === holder;
    const look = (): SessionState => {
      const now = (isThere() && this.#parts.get(id)) || this.#waiting;
      if (!seen || base !== this.#shared || part !== now) {
        base = this.#shared;
        part = now;
        seen = { ...base, ...now, active: id };
      }
      return seen;
    };
    return {
      get isGone() {
        return !isThere();
      },
      get state() {
        return look();
      },
      set: (patch) => {
        if (isThere()) this.#put(id, patch);
      },
    };
  }

  #put(id: string, patch: Partial<SessionState>): void {
    const { own, shared } = divided(patch);
    if (Object.keys(shared).length > 0)
      this.#shared = { ...this.#shared, ...shared };
    if (Object.keys(own).length > 0) {
      const part = this.#parts.get(id);
      if (part) this.#parts.set(id, { ...part, ...own });
      else this.#waiting = { ...this.#waiting, ...own };
      if (isListed(own)) this.#list();
    }
    this.#show();
  }

  /** The same list as long as nothing of it changed. */
  #list(): void {
    const { cubes: before } = this.#shared;
    const cubes = listingOf(this.#parts, before);
    if (cubes !== before) this.#shared = { ...this.#shared, cubes };
  }

  #show(): void {
    const { active } = this.#shared;
    this.#seen = {
      ...this.#shared,
      ...(this.#parts.get(active) ?? this.#waiting),
    };
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      this.tell();
    });
  }
}
