import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Shows one of two things after the other, as long as it runs. */
export class Flicker implements ReactiveController {
  shown: 'first' | 'second' = 'first';
  #timer: ReturnType<typeof setInterval> | null = null;
  #rate = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get running(): boolean {
    return this.#timer !== null;
  }

  /** @param rate changes a second */
  start(rate: number): void {
    if (this.running && rate === this.#rate) return;
    this.stop();
    this.#rate = rate;
    this.#timer = setInterval(() => this.show(), 1000 / rate);
    this.host.requestUpdate();
  }

  stop(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.host.requestUpdate();
  }

  /** The other one, or the one that is named. */
  show(
    which: 'first' | 'second' = this.shown === 'first' ? 'second' : 'first',
  ): void {
    this.shown = which;
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.stop();
  }
}

/** The user asked for less motion: nothing flickers by itself. */
export const prefersStill = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches;
