import { LitElement, css, html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { logHistogram } from '../imaging/histogram.js';
import { controls } from './controls.js';
import { UnmixingStyleEvent } from './events.js';
import { formatFigure } from './format.js';
import { rampCss } from './ramp-style.js';
import { inkColour } from './shown.js';
import type { LayerEntry } from './state.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';
import { typed } from './typed.js';

const bins = 40;
const height = 44;

/**
 * How values of a map become strengths: a log histogram tinted by its own ramp, two handles, and three fields.
 *
 * @fires unmixing-style - the user moved a limit or the threshold
 */
@customElement('unmixing-contrast')
export class UnmixingContrast extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .histogram {
        position: relative;
        height: 54px;
        margin: 2px 0 8px;
      }
      .histogram > svg {
        width: 100%;
        height: ${height}px;
        border-bottom: 1px solid var(--_strong);
      }
      .outside {
        fill: var(--_strong);
      }
      .histogram input {
        position: absolute;
        inset: 0;
        width: calc(100% + 12px);
        left: -6px;
        height: 54px;
        opacity: 0;
        pointer-events: none;
      }
      .histogram input::-webkit-slider-runnable-track {
        height: 54px;
      }
      .histogram input::-webkit-slider-thumb {
        width: 12px;
        height: 54px;
        margin: 0;
        pointer-events: auto;
        cursor: ew-resize;
      }
      .histogram input::-moz-range-thumb {
        width: 12px;
        height: 54px;
        pointer-events: auto;
        cursor: ew-resize;
      }
      .handle {
        position: absolute;
        top: 0;
        left: var(--_at);
        width: 1px;
        height: ${height + 2}px;
        background: var(--_text);
        pointer-events: none;
      }
      .handle::after {
        content: '';
        position: absolute;
        left: -5px;
        top: ${height + 1}px;
        width: 11px;
        height: 7px;
        background: var(--_accent);
        clip-path: polygon(50% 0, 100% 100%, 0 100%);
      }
      input:focus-visible + .handle {
        outline: 2px solid var(--_focus);
        outline-offset: 3px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 6px;
      }
      .field {
        gap: 4px;
      }
      @container (max-width: 300px) {
        .fields {
          gap: 4px;
        }
        .field {
          gap: 2px;
          padding: 0 5px;
        }
      }
      @container (max-width: 260px) {
        .fields {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) layer: LayerEntry | null = null;
  /** Pixels that do not count. */
  @property({ attribute: false }) mask: Uint8Array | null = null;

  private give(
    patch: ConstructorParameters<typeof UnmixingStyleEvent>[1],
  ): void {
    if (this.layer)
      this.dispatchEvent(new UnmixingStyleEvent(this.layer.id, patch));
  }

  private limit(which: 0 | 1, value: number, step: number): void {
    if (!this.layer || !Number.isFinite(value)) return;
    const [low, high] = this.layer.style.limits;
    this.give({
      limits:
        which === 0
          ? [Math.min(value, high - step), high]
          : [low, Math.max(value, low + step)],
    });
  }

  private handle(
    which: 0 | 1,
    value: number,
    from: number,
    to: number,
    step: number,
  ): TemplateResult {
    const at = Math.min(1, Math.max(0, (value - from) / (to - from)));
    return html`<input
        type="range"
        aria-label=${which === 0 ? 'Low limit' : 'High limit'}
        aria-valuetext=${formatFigure(value)}
        min=${from}
        max=${to}
        step=${step}
        .value=${live(String(value))}
        @keydown=${(event: KeyboardEvent) => {
          const way =
            { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[
              event.key
            ] ?? 0;
          if (!event.shiftKey || way === 0) return;
          event.preventDefault();
          this.limit(which, value + 10 * step * way, step);
        }}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement)
            this.limit(which, event.target.valueAsNumber, step);
        }}
      /><span
        class="handle"
        style=${styleMap({ '--_at': `${100 * at}%` })}
      ></span>`;
  }

  private field(
    label: string,
    value: number,
    step: number,
    give: (value: number) => void,
  ): TemplateResult {
    const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
    const shown = value.toFixed(decimals);
    return html`<label class="field">
      <span>${label}</span>
      <input
        type="number"
        step=${step}
        .value=${shown}
        @change=${(event: Event) => give(typed(event, shown))}
      />
    </label>`;
  }

  override render(): TemplateResult | null {
    const { layer } = this;
    if (layer?.image.kind !== 'map') return null;
    const { ramp } = layer.image;
    const { limits, threshold, colour } = layer.style;
    const { heights, range } = logHistogram(layer.image.values, bins, {
      mask: this.mask ?? undefined,
    });
    const from = Math.min(range[0], limits[0]);
    const to = Math.max(range[1], limits[1]);
    const step = 10 ** Math.floor(Math.log10((to - from) / 100 || 0.01));
    const ink = inkColour(
      `#${colour.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`,
    );
    const x = (value: number): number => (bins * (value - from)) / (to - from);
    return html`<div class="histogram">
        <svg
          viewBox="0 0 ${bins} ${height}"
          preserveAspectRatio="none"
          role="img"
          aria-label="How often values occur, from ${formatFigure(
            from,
          )} to ${formatFigure(to)}"
        >
          ${Array.from(heights, (share, b) => {
            const left =
              range[0] + ((range[1] - range[0]) * b) / heights.length;
            const width = (range[1] - range[0]) / heights.length;
            const middle = left + width / 2;
            const strength = (middle - limits[0]) / (limits[1] - limits[0]);
            const inside = strength >= 0 && strength <= 1;
            const fill = ramp
              ? rampCss(ramp, strength)
              : `color-mix(in srgb, ${ink} ${30 + 70 * strength}%, var(--_strong))`;
            return svg`<rect
              class=${inside ? '' : 'outside'}
              x=${x(left) + 0.06}
              y=${height - share * (height - 4)}
              width=${Math.max(0, x(left + width) - x(left) - 0.12)}
              height=${share * (height - 4)}
              style=${styleMap(inside ? { fill } : {})}
            />`;
          })}
        </svg>
        ${this.handle(0, limits[0], from, to, step)}
        ${this.handle(1, limits[1], from, to, step)}
      </div>
      <div class="fields">
        ${this.field('Low', limits[0], step, (v) => this.limit(0, v, step))}
        ${this.field('High', limits[1], step, (v) => this.limit(1, v, step))}
        ${this.field('Hide <', threshold, step, (value) => {
          if (Number.isFinite(value)) this.give({ threshold: value });
        })}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-contrast': UnmixingContrast;
  }
}
