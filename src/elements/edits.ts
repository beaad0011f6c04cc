import type { CubeDescription } from '../engine/protocol.js';
import type { Step } from '../preprocess/steps.js';
import type { CubePart } from './cube-part.js';
import { placementsWithout } from './placements.js';
import type { ReadyState, SessionState } from './state.js';

/** What undo brings back of one cube. */
export interface CubeEdit extends Pick<
  CubePart,
  | 'display'
  | 'request'
  | 'unmixing'
  | 'run'
  | 'runs'
  | 'shownRun'
  | 'colours'
  | 'classThreshold'
> {
  readonly cube: ReadyState;
  /** The chain as the user had it, and as the cube had it. */
  readonly steps: readonly Step[];
  readonly applied: readonly Step[];
  readonly said: CubeDescription;
}

/** What undo brings back: all that can be edited, by reference. */
export interface Edit extends Pick<
  SessionState,
  'layers' | 'pictures' | 'placements' | 'registrations' | 'caption'
> {
  /** Rises with each. */
  readonly at: number;
  readonly cubes: ReadonlyMap<string, CubeEdit>;
  /** The user's choice of one blended layer. */
  readonly composite: boolean;
}

const limit = 100;
/** Edits of one thing that follow each other as closely as this are one step: a slider that is dragged. */
const together = 800; // ms

/** An edit as it is when one cube is gone. */
function without(id: string, edit: Edit): Edit {
  return {
    ...edit,
    cubes: new Map([...edit.cubes].filter(([cube]) => cube !== id)),
    layers: edit.layers.filter(({ owner }) => owner !== id),
    placements: placementsWithout(edit.placements, id),
    registrations: edit.registrations.filter(
      ({ moving, fixed }) => moving !== id && fixed !== id,
    ),
  };
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

const sameFields = (a: object, b: object): boolean =>
  sameList(Object.keys(a), Object.keys(b)) &&
  sameList(Object.values(a), Object.values(b));

/** Whether two leave everything as it is. */
const same = (a: Edit, b: Edit): boolean =>
  a.composite === b.composite &&
  a.caption === b.caption &&
  sameList(a.layers, b.layers) &&
  sameList(a.pictures, b.pictures) &&
  sameList(a.registrations, b.registrations) &&
  sameFields(a.placements, b.placements) &&
  sameList([...a.cubes.keys()], [...b.cubes.keys()]) &&
  [...a.cubes].every(([id, cube]) => {
    const other = b.cubes.get(id);
    return other !== undefined && sameFields(cube, other);
  });

/** The edits that can be taken back, and those that were. */
export class Edits {
  #past: Edit[] = [];
  #future: Edit[] = [];
  #last: { readonly what: string; readonly at: number } | null = null;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Keeps how things are before `what` is edited. */
  before(what: string, now: Edit, at = performance.now()): void {
    const last = this.#last;
    const follows = last?.what === what && at - last.at < together;
    this.#last = { what, at };
    this.#future = [];
    if (!follows || this.#past.length === 0)
      this.#past = [...this.#past, now].slice(-limit);
  }

  undo(now: Edit): Edit | null {
    const edit = this.#past.pop() ?? null;
    if (edit) this.#future.push(now);
    this.#last = null;
    return edit;
  }

  redo(now: Edit): Edit | null {
    const edit = this.#future.pop() ?? null;
    if (edit) this.#past.push(now);
    this.#last = null;
    return edit;
  }

  /** Forgets all about a cube; steps that were about nothing else are gone. */
  forget(cube: string, now: Edit): void {
    const strip = (edits: readonly Edit[]): Edit[] => {
      const kept: Edit[] = [];
      // From the nearest to the farthest, each against the one that it leads to.
      for (const edit of edits.toReversed()) {
        const left = without(cube, edit);
        if (!same(left, kept[0] ?? now)) kept.unshift(left);
      }
      return kept;
    };
    this.#past = strip(this.#past);
    this.#future = strip(this.#future);
    this.#last = null;
  }

  clear(): void {
    this.#past = [];
    this.#future = [];
    this.#last = null;
  }
}
