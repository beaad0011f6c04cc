/** Passes on the latest value, the first at once and then at most once in `interval` ms. */
export class Throttle<T> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: { readonly value: T } | null = null;

  constructor(
    private readonly pass: (value: T) => void,
    private readonly interval = 250,
  ) {}

  give(value: T): void {
    if (this.#timer !== undefined) {
      this.#waiting = { value };
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting) this.give(waiting.value);
    }, this.interval);
    this.pass(value);
  }

  /** Forgets what waits. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = null;
  }
}
