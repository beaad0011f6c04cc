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
  .count .curve {
    position: relative;
  }
  .count .curve + .curve {
    padding-top: 14px;
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

/** One curve over numbers of endmembers from 2 on. */
interface Curve {
  /** Label at its right end. */
  readonly what: string;
  /** In words, before its figures. */
  readonly words: string;
  /** After its figures. */
  readonly more: string;
  /** Numbers that it has a value for. */
  readonly numbers: readonly number[];
  readonly valueOf: (k: number) => number;
  /** Faint dots. */
  readonly faint: (k: number) => boolean;
}

function drawn(
  { what, words, more, numbers, valueOf, faint }: Curve,
  chosen: number,
  share: (k: number) => number,
): TemplateResult {
  const top = Math.max(...numbers.map(valueOf)) || 1;
  const place = (k: number): string =>
    `${(width * share(k)).toFixed(1)} ${(margin + (height - 2 * margin) * (1 - valueOf(k) / top)).toFixed(1)}`;
  const dots = (some: readonly number[]): string =>
    some.map((k) => `M${place(k)}h.01`).join('');
  const told = numbers.map((k) => `${k}: ${formatFigure(valueOf(k))}`);
  return html`<div class="curve">
    <svg
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      role="img"
      aria-label="${words}: ${told.join(', ')}${more}"
    >
      <path
        d="M${numbers.map(place).join('L')}"
        stroke-linejoin="round"
        vector-effect="non-scaling-stroke"
      />
      <path
        d=${dots(numbers.filter((k) => !faint(k)))}
        stroke-width="4"
        vector-effect="non-scaling-stroke"
      />
      <path
        class="noise"
        d=${dots(numbers.filter(faint))}
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
    <span class="what" aria-hidden="true">${what}</span>
  </div>`;
}

/**
 * Over the number of endmembers, from 2 to 12 or to the number chosen, which has a large dot: the mean residual angle of as
 * many dimensions, with faint dots for those that lie in the noise, and the mean angle between endmembers that are sought
 * in samples of the pixels, which is small where they are stable.
 */
export function countCurve(
  { residual, singularValues, stability }: EndmemberCount['curves'],
  chosen: number,
): TemplateResult | null {
  const last = Math.min(Math.max(usual, chosen), residual.length);
  if (last <= least) return null;
  const numbers = Array.from({ length: last - least + 1 }, (_, i) => least + i);
  const share = (k: number): number => (k - least) / (last - least);
  const isNoise = (k: number): boolean => singularValues[k - 1] <= 1;
  const noise = numbers.filter(isNoise);
  const sought = numbers.filter((k) => k - least < stability.length);
  const ticks = new Set([least, last, ...(chosen <= last ? [chosen] : [])]);
  return html`<div class="count">
    ${drawn(
      {
        what: 'mean residual angle',
        words: 'Mean residual angle in radians by number of dimensions',
        more:
          noise.length > 0 ? `; from ${noise[0]} on they lie in the noise` : '',
        numbers,
        valueOf: (k) => residual[k - 1],
        faint: isNoise,
      },
      chosen,
      share,
    )}
    ${
      sought.length > 1
        ? drawn(
            {
              what: 'angle between samples',
              words:
                'Mean angle in radians between endmembers sought in samples of the pixels, by their number',
              more: '',
              numbers: sought,
              valueOf: (k) => stability[k - least],
              faint: isNoise,
            },
            chosen,
            share,
          )
        : null
    }
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
