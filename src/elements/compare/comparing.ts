import type { Undo } from '../../hosts/host.js';
import type { Parts } from '../parts.js';
import type { ComparisonState } from '../state.js';
import { isOwnMode, rememberWays } from './modes.js';
import { OwnView } from './own-view.js';
import { subjectOf } from './subjects.js';
import { ViewerComparing, type ViewerComparison } from './viewer-comparing.js';

/** The session that is compared in: it does what elements ask for. */
export interface Session {
  readonly parts: Parts;
  listen(target: EventTarget): Undo;
}

const isViewers = (
  comparison: ComparisonState,
): comparison is ViewerComparison => !isOwnMode(comparison.mode);

/** Keeps what is on the screen in line with the comparison of the state: our own view, or the viewer's own comparison. */
export class Comparing {
  readonly #viewer: ViewerComparing;
  readonly #own: OwnView;
  #last: ComparisonState | null = null;

  constructor(private readonly session: Session) {
    const { store, host, ended, onChange } = session.parts;
    this.#viewer = new ViewerComparing(store, host);
    this.#own = new OwnView(host, (target) => session.listen(target));
    if (ended.aborted) return;
    const undo = onChange(() => this.#follow());
    ended.addEventListener(
      'abort',
      () => {
        undo();
        this.#end();
      },
      { once: true },
    );
    this.#follow();
  }

  #follow(): void {
    const { store, host } = this.session.parts;
    const { state } = store;
    const { comparison } = state;
    if (this.#last && this.#last.mode !== comparison?.mode)
      rememberWays(this.#last);
    this.#last = comparison;
    if (!comparison || isViewers(comparison)) {
      this.#own.show(null);
      if (comparison && !host.capabilities.has('compare'))
        store.set({ comparison: null });
      else this.#viewer.follow(comparison);
      return;
    }
    this.#viewer.follow(null);
    const here = [comparison.first, comparison.second].every((id) =>
      subjectOf(state, id),
    );
    if (here) this.#own.show(state);
    else {
      this.#own.show(null);
      store.set({ comparison: null });
    }
  }

  /** The viewer shows the layers again. */
  #end(): void {
    this.#own.show(null);
    this.#viewer.follow(null);
    this.session.parts.store.set({ comparison: null });
  }
}
