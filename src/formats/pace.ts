import type { OpenOptions } from './opened.js';

/** Longest stretch of work between two rests, milliseconds: a fraction of a frame, so that a page stays fluent. */
const stretch = 12;

/** Lets waiting events and frames pass. A message, because timers are held back to 4 ms in a page and to 1 s in a hidden one. */
function letEventsPass(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Divides long work into stretches: in the loop `if (pace.due()) await pace.rest(done / all)`.
 * Resting reports progress and rejects with `signal.reason` once aborted.
 */
export class Pace {
  private until = performance.now() + stretch;

  constructor(private readonly task: OpenOptions) {}

  due(): boolean {
    return performance.now() >= this.until;
  }

  async rest(fraction: number): Promise<void> {
    this.task.onProgress?.(fraction);
    await letEventsPass();
    this.task.signal?.throwIfAborted();
    this.until = performance.now() + stretch;
  }
}

/** The part of a task from `from` to `to`, as a task of its own. */
export function partOf(
  task: OpenOptions,
  from: number,
  to: number,
): OpenOptions {
  return {
    ...task,
    onProgress: (fraction) => task.onProgress?.(from + (to - from) * fraction),
  };
}
