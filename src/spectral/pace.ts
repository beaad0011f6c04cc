/** Longest stretch of work between two rests, milliseconds: a fraction of a frame, so that a page stays fluent. */
const stretch = 12;

/** Lets waiting events and frames pass. A message, because timers are held back to 4 ms in a page and to 1 s in a hidden one. */
export function letEventsPass(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Awaited often inside long work, with the share done: mostly free, now and then it lets waiting events pass. */
export type Pace = (fraction?: number) => Promise<void>;

/**
 * Divides long work into stretches: a stop or abort message can only arrive between two of them.
 * @param onProgress hears the share done, 0 to 1, at every rest
 * @returns a function that rejects with `signal.reason` once the signal is aborted
 */
export function keepPace(
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Pace {
  let until = performance.now() + stretch;
  return async (fraction) => {
    signal?.throwIfAborted();
    if (performance.now() < until) return;
    if (fraction !== undefined) onProgress?.(fraction);
    await letEventsPass();
    signal?.throwIfAborted();
    until = performance.now() + stretch;
  };
}
