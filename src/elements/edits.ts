import type { LayerStyle } from '../imaging/layer.js';
import type { Step } from '../preprocess/steps.js';
import type { SessionState } from './state.js';

/** What undo brings back. */
export interface Edit {
  readonly request: SessionState['request'];
  readonly steps: readonly Step[];
  readonly names: readonly string[];
  /** Top-most first. */
  readonly layers: readonly {
    readonly id: string;
    readonly style: LayerStyle;
  }[];
  readonly composite: boolean;
  readonly classThreshold: number;
}

const limit = 100;
/** Edits of one thing that follow each other as closely as this are one step: a slider that is dragged. */
const together = 800; // ms

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
    const same = this.#last?.what === what && at - this.#last.at < together;
    this.#last = { what, at };
    this.#future = [];
    if (!same || this.#past.length === 0)
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

  clear(): void {
    this.#past = [];
    this.#future = [];
    this.#last = null;
  }
}
