const longestRun = 30; // ms of work between two rests

/** Awaited often inside long work: mostly free, now and then it lets waiting messages through. */
export type Pace = () => Promise<void>;

/**
 * Makes long work polite: a stop or abort message can only arrive between macrotasks.
 * @returns a function that rejects with `signal.reason` once the signal is aborted
 */
export function keepPace(signal?: AbortSignal): Pace {
  let rested = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - rested < longestRun) return;
    await new Promise((resolve) => setTimeout(resolve));
    rested = performance.now();
    signal?.throwIfAborted();
  };
}
