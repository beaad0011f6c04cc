import type uPlot from 'uplot';
import type { AxisUnit, Window } from '../spectral/axis.js';
import { unitNames } from './format.js';
import { findPeaks } from './peaks.js';
import { isCo2 } from './windows.js';

/** Colours as the canvas wants them, and the font of the plot's text. */
export interface Ink {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly strong: string;
  readonly surface: string;
  readonly font: string;
}

/** Room for the weights under the plot, CSS pixels: bars show their height, the strip their grey. */
export const stripHeight = { bars: 28, strip: 6, none: 0 } as const;
export type StripKind = keyof typeof stripHeight;

const left = (u: uPlot, window: Window): number =>
  Math.min(...window.map((end) => u.valToPos(end, 'x', true)));
const right = (u: uPlot, window: Window): number =>
  Math.max(...window.map((end) => u.valToPos(end, 'x', true)));

/** Weights of the bands (0 to 1), under the plot. */
export function drawWeights(
  u: uPlot,
  weights: ArrayLike<number>,
  kind: StripKind,
  windows: readonly Window[],
  ink: Ink,
): void {
  if (kind === 'none') return;
  const { ctx } = u;
  const scale = devicePixelRatio;
  const top = u.bbox.top + u.bbox.height + 5 * scale;
  const height = stripHeight[kind] * scale;
  const [x] = u.data;
  // One column a device pixel holds many bands; the least of them is what a user should see.
  const columns = new Map<number, number>();
  const start = u.bbox.left;
  const end = u.bbox.left + u.bbox.width;
  const step = Math.max(scale, u.bbox.width / x.length);
  for (let b = 0; b < x.length; b++) {
    const position = u.valToPos(x[b], 'x', true);
    if (position < start - 1 || position > end + 1) continue;
    const column = Math.round((position - start) / step);
    columns.set(column, Math.min(columns.get(column) ?? 1, weights[b]));
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(start, top, u.bbox.width, height);
  ctx.clip();
  for (const [column, weight] of columns) {
    const position = start + (column - 0.5) * step;
    if (kind === 'bars') {
      ctx.fillStyle = ink.faint;
      ctx.globalAlpha = 0.6;
      ctx.fillRect(position, top + height * (1 - weight), step + 0.5, height);
    } else {
      ctx.fillStyle = ink.faint;
      ctx.globalAlpha = 0.15 + 0.85 * weight;
      ctx.fillRect(position, top, step + 0.5, height);
    }
  }
  ctx.globalAlpha = 1;
  ctx.restore();
  if (kind === 'strip')
    for (const window of windows) {
      ctx.fillStyle = ink.surface;
      ctx.fillRect(
        left(u, window),
        top,
        right(u, window) - left(u, window),
        height,
      );
    }
  if (kind === 'bars') {
    ctx.fillStyle = ink.strong;
    ctx.fillRect(start, top - 2 * scale, u.bbox.width, scale);
    ctx.fillRect(start, top + height, u.bbox.width, scale);
  }
}

/** Excluded windows as hatching; with handles where they can be moved. */
export function drawWindows(
  u: uPlot,
  windows: readonly Window[],
  kind: StripKind,
  handles: boolean,
  ink: Ink,
): void {
  const { ctx } = u;
  const scale = devicePixelRatio;
  const top = u.bbox.top;
  const height =
    u.bbox.height + (kind === 'bars' ? (5 + stripHeight.bars) * scale : 0);
  for (const window of windows) {
    const from = Math.max(u.bbox.left, left(u, window));
    const to = Math.min(u.bbox.left + u.bbox.width, right(u, window));
    if (to <= from) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, top, to - from, height);
    ctx.clip();
    ctx.fillStyle = ink.surface;
    ctx.globalAlpha = 0.55;
    ctx.fillRect(from, top, to - from, height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = ink.strong;
    ctx.lineWidth = 0.8 * scale;
    ctx.beginPath();
    for (let x = from - height; x < to; x += 6 * scale) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(x + height, top);
    }
    ctx.stroke();
    ctx.restore();
    if (handles) {
      ctx.fillStyle = ink.text;
      for (const edge of [from, to]) {
        ctx.globalAlpha = 0.7;
        ctx.fillRect(edge - scale / 2, top, scale, height);
        ctx.globalAlpha = 1;
        ctx.beginPath();
        ctx.roundRect(
          edge - 2 * scale,
          top + u.bbox.height / 2 - 6 * scale,
          4 * scale,
          12 * scale,
          2 * scale,
        );
        ctx.fill();
      }
    } else if (isCo2(window) && to - from > 16 * scale) {
      ctx.fillStyle = ink.faint;
      ctx.font = ink.font;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'bottom';
      ctx.fillText('CO\u2082', (from + to) / 2, top - 2 * scale);
    }
  }
}

/** Positions of the highest peaks of one series, over them; series 0 is the axis and has none. */
export function drawPeaks(
  u: uPlot,
  series: number,
  descending: boolean,
  ink: Ink,
): void {
  const { ctx } = u;
  const scale = devicePixelRatio;
  const x = u.data[0];
  const first = u.data.at(series);
  if (series === 0 || !first) return;
  ctx.fillStyle = ink.faint;
  ctx.font = ink.font;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  const taken: number[] = [];
  for (const index of findPeaks(first, 6)) {
    const value = first[index];
    if (value === null || value === undefined) continue;
    const at = u.valToPos(x[index], 'x', true);
    if (taken.some((other) => Math.abs(other - at) < 34 * scale)) continue;
    taken.push(at);
    const half = 14 * scale;
    ctx.fillText(
      descending || x[index] >= 100
        ? x[index].toFixed(0)
        : x[index].toPrecision(3),
      Math.min(
        Math.max(at, u.bbox.left + half),
        u.bbox.left + u.bbox.width - half,
      ),
      Math.max(
        u.valToPos(value, 'y', true) - 3 * scale,
        u.bbox.top + 8 * scale,
      ),
    );
  }
}

/** Round positions, as many as `count` at most. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((k) => k * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Numbers under the axis, none of them cut off, and the unit at their left where it has room. */
export function drawTicks(
  u: uPlot,
  unit: AxisUnit | null,
  kind: StripKind,
  ink: Ink,
): void {
  const { ctx } = u;
  const scale = devicePixelRatio;
  const { min, max } = u.scales['x'];
  if (min === undefined || max === undefined) return;
  const width = u.bbox.width / scale;
  const room = kind === 'none' ? 0 : stripHeight[kind] + 5;
  const y = u.bbox.top + u.bbox.height + (room + 6) * scale;
  ctx.fillStyle = ink.faint;
  ctx.font = ink.font;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  // Only beside the strip there is room beyond the ends of the axis.
  const beyond = kind === 'strip' ? 10 * scale : 0;
  let leftmost = Infinity;
  for (const tick of niceTicks(min, max, Math.max(2, width / 52))) {
    const half = ctx.measureText(String(tick)).width / 2;
    const end = u.bbox.left + u.bbox.width + beyond;
    const at = Math.min(
      end - half,
      Math.max(u.bbox.left - beyond + half, u.valToPos(tick, 'x', true)),
    );
    ctx.fillText(String(tick), at, y);
    leftmost = Math.min(leftmost, at - half);
  }
  if (unit === null) return;
  ctx.textAlign = 'left';
  if (ctx.measureText(unitNames[unit]).width + 8 * scale < leftmost)
    ctx.fillText(unitNames[unit], 0, y);
}

/** What is measured, in the upper corner. */
export function drawHeading(u: uPlot, heading: string, ink: Ink): void {
  if (!heading) return;
  const { ctx } = u;
  const scale = devicePixelRatio;
  ctx.fillStyle = ink.faint;
  ctx.font = ink.font;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(heading, u.bbox.left + 6 * scale, u.bbox.top - 2 * scale);
}
