import { type Backend, type Preset, trains } from './options.js';
import type { Progress, Stage } from './protocol.js';

/** Rough shares of the time that a run without training spends in each stage. */
const usualShares: Readonly<Record<Stage, number>> = {
  preparing: 0.15,
  subspace: 0.5,
  extracting: 0.15,
  training: 0,
  fitting: 0.2,
};
/** Before this much is done, an estimate of the rest would be a guess. */
const leastDone = 0.1;

/** Keeps the time of each stage and turns what the steps report into the progress of the run. */
export class Timeline {
  readonly #begun = performance.now();
  readonly #seconds = new Map<Stage, number>();
  #stage: Stage = 'preparing';
  #entered = this.#begun;
  #training: { begun: number; first: number } | null = null;
  #told: Progress['training'];

  constructor(
    readonly preset: Preset,
    readonly onProgress: ((progress: Progress) => void) | undefined,
    /** How often endmembers are sought. */
    readonly runs = 1,
  ) {}

  get seconds(): number {
    return (performance.now() - this.#begun) / 1000;
  }

  /** Time of each stage so far, in the order in which they were entered. */
  get stages(): { stage: Stage; seconds: number }[] {
    this.#book();
    return Array.from(this.#seconds, ([stage, seconds]) => ({
      stage,
      seconds,
    }));
  }

  #book(): void {
    const now = performance.now();
    this.#seconds.set(
      this.#stage,
      (this.#seconds.get(this.#stage) ?? 0) + (now - this.#entered) / 1000,
    );
    this.#entered = now;
  }

  /** Reports a fraction of a stage, which is entered if it was not. */
  at(stage: Stage, fraction: number): void {
    if (stage !== this.#stage) {
      this.#book();
      this.#stage = stage;
    }
    this.onProgress?.({
      stage,
      fraction,
      secondsLeft: this.#left(stage, fraction),
    });
  }

  /** Reports passes done (with a fraction), of `epochs`; training began at `first`. */
  train(
    epoch: number,
    first: number,
    epochs: number,
    backend: Backend,
    loss?: number,
    best?: number,
  ): void {
    this.#training ??= { begun: performance.now(), first };
    if (loss !== undefined && best !== undefined)
      this.#told = { epoch, epochs, loss, best, backend };
    const done = epoch - first;
    const each = (performance.now() - this.#training.begun) / 1000 / done;
    this.onProgress?.({
      stage: 'training',
      fraction: done / Math.max(1, epochs - first),
      ...(this.#told && { training: this.#told }),
      secondsLeft:
        done > 0 ? each * (epochs - epoch) + this.#before() / 2 : null,
    });
  }

  /** Seconds before training began; the fit afterwards takes about half of them. */
  #before(): number {
    return this.#training
      ? (this.#training.begun - this.#begun) / 1000
      : this.seconds;
  }

  #left(stage: Stage, fraction: number): number | null {
    if (trains(this.preset)) {
      if (stage !== 'fitting' || !this.#training) return null;
      return (this.#before() / 2) * (1 - fraction);
    }
    const order = Object.keys(usualShares);
    let past = 0;
    let whole = 0;
    for (const [other, usual] of Object.entries(usualShares)) {
      const again = other === 'extracting' || other === 'fitting';
      const share = usual * (again ? this.runs : 1);
      whole += share;
      if (other === stage) past += share * fraction;
      else if (order.indexOf(other) < order.indexOf(stage)) past += share;
    }
    const done = past / whole;
    return done < leastDone ? null : (this.seconds * (1 - done)) / done;
  }
}
