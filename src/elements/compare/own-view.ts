import type { Host, Undo } from '../../hosts/host.js';
import { mountStage } from '../stage/mount-stage.js';
import type { SessionState } from '../state.js';
import { UnmixingComparison } from './comparison.js';

/** The element of a comparison, over the viewer's image while there is one: it begins where the viewer looks, and the viewer goes on where it looked last. */
export class OwnView {
  #element: UnmixingComparison | null = null;
  #undo: Undo | null = null;

  constructor(
    private readonly host: Host,
    private readonly listen: (target: EventTarget) => Undo,
  ) {}

  /** Shows the comparison of a state; null ends it. */
  show(state: SessionState | null): void {
    if (!state) {
      this.#end();
      return;
    }
    const element = this.#element ?? this.#begin();
    element.session = state;
    element.theme = state.theme;
  }

  #begin(): UnmixingComparison {
    const element = new UnmixingComparison();
    element.start = this.host.camera?.view() ?? null;
    const unlisten = this.listen(element);
    const unmount = mountStage(element, this.host);
    this.#element = element;
    this.#undo = () => {
      unmount();
      unlisten();
    };
    element.focus({ preventScroll: true });
    return element;
  }

  #end(): void {
    const view = this.#element?.view;
    this.#undo?.();
    if (view) this.host.camera?.look(view);
    this.#element = null;
    this.#undo = null;
  }
}
