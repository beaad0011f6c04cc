import { isUnmixingError } from '../../spectral/errors.js';
import type { Host } from '../host.js';
import { dress } from './look.js';
import { checkOhif, type Ohif, type OhifManagers } from './viewer.js';

/** What runs once the plugin is activated: `activate` of the package gives one. */
export interface Running {
  dispose(): void;
}

/** Makes a host of OHIF for its active viewport. */
export type MakeHost = (
  ohif: Ohif,
  viewport: string,
  place?: HTMLElement,
) => Host;

interface Session {
  /** `lost` when its viewport was closed, as by another layout: nothing can be drawn any more, all else works. */
  state(): 'running' | 'failed' | 'lost';
  stop(): Promise<void>;
}

const wordsOf = (error: unknown): string =>
  isUnmixingError(error)
    ? error.message
    : `The panel could not be opened: ${String(error)}`;

/** Keys of a control in the panel are not OHIF's shortcuts as well. */
const keys = ['keydown', 'keypress', 'keyup'] as const;

/**
 * The plugin while OHIF shows a study: it starts when its panel is first opened, goes on while the panel is closed, and
 * ends with the mode.
 */
export class Visit {
  readonly #place = document.createElement('div');
  readonly #undress = dress();
  #session: Session | null = null;

  constructor(
    private readonly managers: OhifManagers,
    private readonly makeHost: MakeHost,
    private readonly activate: (host: Host) => Promise<Running>,
  ) {
    for (const type of keys)
      this.#place.addEventListener(type, (event) => event.stopPropagation());
    for (const type of ['pointerenter', 'focusin'])
      this.#place.addEventListener(type, () => this.#look());
  }

  /** Shows the panel in an element of OHIF's. */
  show(element: HTMLElement): void {
    element.append(this.#place);
    if (!this.#session || this.#session.state() === 'failed') this.#begin();
    else this.#look();
  }

  end(): void {
    this.#stop();
    this.#place.remove();
    this.#undress();
  }

  #begin(): void {
    this.#stop();
    this.#place.replaceChildren();
    try {
      this.#session = this.#start();
    } catch (error) {
      this.#say(wordsOf(error));
    }
  }

  #start(): Session {
    const ohif = checkOhif(this.managers);
    const viewport = ohif.activeViewport();
    const drawn = ohif.elementOf(viewport);
    const host = this.makeHost(ohif, viewport, this.#place);
    let failed = false;
    const running = this.activate(host).catch((error: unknown) => {
      failed = true;
      host.dispose();
      this.#say(wordsOf(error));
      return null;
    });
    return {
      state() {
        if (failed) return 'failed';
        return ohif.elementOf(viewport) === drawn ? 'running' : 'lost';
      },
      async stop() {
        (await running)?.dispose();
        host.dispose();
      },
    };
  }

  #stop(): void {
    void this.#session?.stop();
    this.#session = null;
  }

  /** Says once when the viewport is gone; the result stays until the user has saved what he wants. */
  #look(): void {
    if (this.#session?.state() !== 'lost' || this.#place.querySelector('p'))
      return;
    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = 'Start in the active one';
    again.addEventListener('click', () => this.#begin());
    this.#say(
      'The viewport of these layers is closed. Save what you want to keep. ',
    ).append(again);
  }

  /** Above the panel, if that is there. */
  #say(sentence: string): HTMLElement {
    const alert = document.createElement('p');
    alert.setAttribute('role', 'alert');
    alert.textContent = sentence;
    this.#place.prepend(alert);
    return alert;
  }
}
