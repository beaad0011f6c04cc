import type uPlot from 'uplot';

/** How far a line may be off on either side: one value a position of the plot, null where there is none. */
export type Spread = readonly (number | null)[];

const opacity = 0.22;

/** A translucent band around each line that has a spread; the line itself is drawn over it. */
export function drawSpreads(
  u: uPlot,
  spreads: readonly (Spread | null)[],
  colours: readonly string[],
): void {
  const { ctx } = u;
  const [x] = u.data;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  ctx.globalAlpha = opacity;
  spreads.forEach((spread, line) => {
    if (!spread) return;
    const values = u.data[line + 1];
    ctx.fillStyle = colours[line];
    // A band for each stretch without a gap.
    let from = 0;
    while (from < x.length) {
      const isThere = (b: number): boolean =>
        typeof values[b] === 'number' && typeof spread[b] === 'number';
      if (!isThere(from)) {
        from++;
        continue;
      }
      let to = from;
      while (to < x.length && isThere(to)) to++;
      const at = (b: number, side: number): [number, number] => [
        u.valToPos(x[b], 'x', true),
        u.valToPos(Number(values[b]) + side * Number(spread[b]), 'y', true),
      ];
      ctx.beginPath();
      for (let b = from; b < to; b++) ctx.lineTo(...at(b, 1));
      for (let b = to - 1; b >= from; b--) ctx.lineTo(...at(b, -1));
      ctx.fill();
      from = to;
    }
  });
  ctx.restore();
}

/** Least and greatest value of all lines with their spreads; `low` and `high` are those of the lines alone. */
export function reachOf(
  [, ...lines]: uPlot.AlignedData,
  spreads: readonly (Spread | null)[],
  low: number,
  high: number,
): [number, number] {
  lines.forEach((values, line) => {
    spreads[line]?.forEach((off, b) => {
      const value = values[b];
      if (typeof off !== 'number' || typeof value !== 'number') return;
      low = Math.min(low, value - off);
      high = Math.max(high, value + off);
    });
  });
  return [low, high];
}
