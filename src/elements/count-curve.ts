import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { EndmemberCount } from '../engine/protocol.js';
import { formatFigure } from './format.js';
import { styleMap } from './style-map.js';

const width = 200;
const height = 36;
const margin = 4;
const least = 2;
/** Where the axis ends, unless more endmembers are asked for. */
const usual = 12;

export const countCurveStyles = css`
  .count {
    position: relative;
    margin: 0 8px 4px calc(var(--_label, 84px) + 8px);
    padding-bottom: 15px;
    font-size: 11px;
    line-height: 15px;
    color: var(--_text-3);
  }
  .count svg {
    width: 100%;
    height: ${height}px;
    overflow: visible;
    color: var(--_text-2);
  }
  .count path.noise {
    stroke: var(--_control);
  }
  .count path.chosen {
    stroke: var(--_text);
  }
  .count .what {
    position: absolute;
    top: 0;
    right: 0;
  }
  .count .tick {
    position: absolute;
    bottom: 0;
    left: var(--_at);
    transform: translateX(-50%);
  }
  .count .tick.chosen {
    font-weight: 600;
    color: var(--_text);
  }
`;

/**
 * Mean residual angle over the number of dimensions kept, from 2 to 12 or to the number chosen, which has a large dot. Dots of dimensions
 * that lie in the noise are faint.
 */
export function countCurve(
  { residual, singularValues }: EndmemberCount['curves'],
  chosen: number,
): TemplateResult | null {
  const last = Math.min(Math.max(usual, chosen), residual.length);
  if (last <= least) return null;
  const numbers = Array.from({ length: last - least + 1 }, (_, i) => least + i);
  const top = residual[least - 1] || 1;
  const share = (k: number): number => (k - least) / (last - least);
  const place = (k: number): string =>
    `${(width * share(k)).toFixed(1)} ${(margin + (height - 2 * margin) * (1 - residual[k - 1] / top)).toFixed(1)}`;
  const dots = (some: readonly number[]): string =>
    some.map((k) => `M${place(k)}h.01`).join('');
  const isSignal = (k: number): boolean => singularValues[k - 1] > 1;
  const noise = numbers.filter((k) => !isSignal(k));
  const ticks = new Set([least, last, ...(chosen <= last ? [chosen] : [])]);
  const told = numbers.map((k) => `${k}: ${formatFigure(residual[k - 1])}`);
  return html`<div class="count">
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      role="img"
      aria-label="Mean residual angle in radians by number of dimensions: ${told.join(', ')}${noise.length > 0 ? `; from ${noise[0]} on they lie in the noise` : ''}"
    >
      <path
        d="M${numbers.map(place).join('L')}"
        stroke-linejoin="round"
        vector-effect="non-scaling-stroke"
      />
      <path
        d=${dots(numbers.filter(isSignal))}
        stroke-width="4"
        vector-effect="non-scaling-stroke"
      />
      <path
        class="noise"
        d=${dots(noise)}
        stroke-width="4"
        vector-effect="non-scaling-stroke"
      />
      <path
        class="chosen"
        d=${dots(numbers.filter((k) => k === chosen))}
        stroke-width="8"
        vector-effect="non-scaling-stroke"
      />
    </svg>
    <span class="what" aria-hidden="true">mean residual angle</span>
    ${[...ticks].map(
      (k) =>
        html`<span
          class="tick ${k === chosen ? 'chosen' : ''}"
          aria-hidden="true"
          style=${styleMap({ '--_at': `${100 * share(k)}%` })}
          >${k}</span
        >`,
    )}
  </div>`;
}
