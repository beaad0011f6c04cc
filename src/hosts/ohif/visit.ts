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
  /** False once it failed or its viewport is gone. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

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
  }

  /** Shows the panel in an element of OHIF's; starts anew when the viewport that it worked on is gone. */
  show(element: HTMLElement): void {
    element.append(this.#place);
    if (this.#session?.isAlive()) return;
    this.#stop();
    this.#place.replaceChildren();
    try {
      this.#session = this.#start();
    } catch (error) {
      this.#say(error);
    }
  }

  end(): void {
    this.#stop();
    this.#place.remove();
    this.#undress();
  }

  #start(): Session {
    const ohif = checkOhif(this.managers);
    const viewport = ohif.activeViewport();
    const host = this.makeHost(ohif, viewport, this.#place);
    let failed = false;
    const running = this.activate(host).catch((error: unknown) => {
      failed = true;
      host.dispose();
      this.#say(error);
      return null;
    });
    return {
      isAlive: () => !failed && ohif.isThere(viewport),
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

  #say(error: unknown): void {
    const alert = document.createElement('p');
    alert.setAttribute('role', 'alert');
    alert.textContent = isUnmixingError(error)
      ? error.message
      : `The panel could not be opened: ${String(error)}`;
    this.#place.replaceChildren(alert);
  }
}
