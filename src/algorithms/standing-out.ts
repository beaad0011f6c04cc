/** A stretch of a row of values, both ends in it. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  /** Largest value in it. */
  readonly most: number;
}

/**
 * Stretches where values lie above a limit, those with the largest sum of what is above it first.
 * @param counts which values are looked at; what lies between does not end a stretch
 * @param gap so many lower values do not end a stretch either
 */
export function stretchesAbove(
  values: ArrayLike<number>,
  counts: (i: number) => boolean,
  limit: number,
  gap = 0,
): Stretch[] {
  const found: (Stretch & { above: number })[] = [];
  let lower = Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!counts(i)) continue;
    const value = values[i];
    if (!(value > limit)) {
      lower++;
      continue;
    }
    const before = lower <= gap ? found.pop() : undefined;
    found.push({
      first: before?.first ?? i,
      last: i,
      most: Math.max(before?.most ?? -Infinity, value),
      above: (before?.above ?? 0) + value - limit,
    });
    lower = 0;
  }
  return found
    .sort((p, q) => q.above - p.above)
    .map(({ first, last, most }) => ({ first, last, most }));
}

/** Pixels that touch, and the rectangle around them, ends in it. */
export interface Region {
  readonly pixels: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * The largest set of marked pixels that hang together by edges or corners; null without any.
 * @param marked pixels, one byte each, not zero = marked
 */
export function largestRegion(
  marked: Uint8Array,
  width: number,
): Region | null {
  const height = marked.length / width;
  const left = marked.slice();
  let best: Region | null = null;
  for (let start = 0; start < left.length; start++) {
    if (!left[start]) continue;
    const waiting = [start];
    left[start] = 0;
    let [x0, x1, y0, y1, pixels] = [width, 0, height, 0, 0];
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
      const x = n % width;
      const y = (n - x) / width;
      pixels++;
      [x0, x1] = [Math.min(x0, x), Math.max(x1, x)];
      [y0, y1] = [Math.min(y0, y), Math.max(y1, y)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const m = v * width + u;
          if (!left[m]) continue;
          left[m] = 0;
          waiting.push(m);
        }
    }
    if (!best || pixels > best.pixels)
      best = { pixels, x: [x0, x1], y: [y0, y1] };
  }
  return best;
}
