import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatNumber } from './format.js';

const width = 300;
const height = 48;

/** Loss of each epoch so far over all epochs to come, with the least of them as a dotted line. */
export function lossCurve(
  losses: readonly number[],
  epochs: number,
  best: number,
): TemplateResult | null {
  const known = losses.filter(Number.isFinite);
  if (known.length < 2) return null;
  const least = Math.min(best, ...known);
  const most = Math.max(...known);
  const x = (epoch: number): number =>
    (width * epoch) / Math.max(epochs - 1, losses.length - 1);
  const y = (loss: number): number =>
    4 + (height - 8) * (1 - (loss - least) / (most - least || 1));
  const points = losses
    .map((loss, epoch) => [x(epoch), y(loss)])
    .filter((point) => point.every(Number.isFinite));
  const last = points[points.length - 1];
  const place = (point: number[]): string =>
    point.map((value) => value.toFixed(1)).join(' ');
  return html`<div class="loss">
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      fill="none"
      stroke="currentColor"
      role="img"
      aria-label="Loss by epoch, best ${formatNumber(least, 4)}"
    >
      <path
        class="best"
        d="M0 ${y(least)}H${width}"
        stroke-dasharray="2 4"
        vector-effect="non-scaling-stroke"
      />
      <path
        d="M${points.map(place).join('L')}"
        stroke-width="1.4"
        stroke-linejoin="round"
        vector-effect="non-scaling-stroke"
      />
      <path
        d="M${place(last)}h.01"
        stroke-width="5"
        stroke-linecap="round"
        vector-effect="non-scaling-stroke"
      />
    </svg>
    <span class="best">best so far ${formatNumber(least, 4)}</span>
  </div>`;
}
