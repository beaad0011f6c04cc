import type { Undo } from '../../hosts/host.js';
import { UnmixingRegisterEvent } from '../events.js';
import type { Parts } from '../parts.js';
import { mountStage } from '../stage/mount-stage.js';
import type { RegisterAction } from './action.js';
import type { UnmixingRegisterStage } from './register-stage.js';

/** The stage of the registration over the viewer's image, while the state asks for it. It ends a comparison, and a comparison ends it. */
export class Staging {
  #stage: UnmixingRegisterStage | null = null;
  #unmount: Undo | null = null;

  constructor(
    private readonly parts: Parts,
    private readonly act: (action: RegisterAction) => Promise<void>,
  ) {
    parts.ended.addEventListener('abort', () => this.#close());
  }

  /** Opens, closes and fills it as the state has it. */
  follow(): void {
    const { state } = this.parts.store;
    if (state.registering.stage === 'closed' || this.parts.ended.aborted)
      this.#close();
    else if (this.#stage && state.comparison)
      void this.act({ do: 'stage', show: 'closed' });
    else if (this.#stage) {
      this.#stage.session = state;
      this.#stage.theme = state.theme;
    } else void this.#open();
  }

  async #open(): Promise<void> {
    const { UnmixingRegisterStage } = await import('./register-stage.js');
    const { store } = this.parts;
    if (this.#stage || store.state.registering.stage === 'closed') return;
    if (store.state.comparison) store.set({ comparison: null });
    const { state } = store;
    const stage = new UnmixingRegisterStage();
    // What is asked here is heard here alone, wherever the viewer puts it.
    stage.addEventListener('unmixing-register', (event) => {
      event.stopPropagation();
      if (event instanceof UnmixingRegisterEvent) void this.act(event.action);
    });
    this.#stage = stage;
    stage.session = state;
    stage.theme = state.theme;
    this.#unmount = mountStage(stage, this.parts.host);
    await stage.updateComplete;
    stage.focus();
  }

  #close(): void {
    this.#unmount?.();
    this.#unmount = null;
    this.#stage = null;
  }
}
