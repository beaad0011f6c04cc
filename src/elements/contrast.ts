import { LitElement, css, html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  autoLimits,
  autoShares,
  balancedLimits,
  fullLimits,
  sampledValues,
} from '../imaging/auto-limits.js';
import { formatHex } from '../imaging/colour.js';
import { logHistogram } from '../imaging/histogram.js';
import type { Histogram } from '../imaging/histogram.js';
import type { LayerStyle } from '../imaging/layer.js';
import { controls } from './controls.js';
import { UnmixingStyleEvent } from './events.js';
import { formatFigure } from './format.js';
import { lookCss } from './ramp-style.js';
import { inkColour } from './shown.js';
import { slider } from './slider.js';
import type { LayerEntry } from './state.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';
import { typed } from './typed.js';

const bins = 40;
const height = 44;
/** Gamma runs from its inverse to this, evenly in its logarithm. */
const mostGamma = 5;
const percents = autoShares.map((share) => Math.round(100 * share)).join('–');

/**
 * How values become strengths: a log histogram tinted by its own look, two handles, limits as numbers, automatic or over all
 * values, and gamma; of maps also what is hidden. Of pictures the values are shares of full brightness.
 *
 * @fires unmixing-style - the user changed limits, gamma or the threshold
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
      /* Both ends of a ramp can be told from the ground. */
      .ramp {
        background: var(--_field);
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
      .fields.two {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      .limits {
        display: flex;
        gap: 6px;
        margin: 6px 0 4px;
      }
      .limits button {
        flex: 1 1 auto;
        padding: 0 6px;
      }
      .gamma .slider {
        grid-template-columns: minmax(0, 1fr) 44px;
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
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .field:nth-child(3) {
          grid-column: span 2;
        }
      }
    `,
  ];

  @property({ attribute: false }) layer: LayerEntry | null = null;
  /** Pixels that do not count. */
  @property({ attribute: false }) mask: Uint8Array | null = null;

  private give(patch: Partial<LayerStyle>): void {
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

  private auto(): void {
    const { layer, mask } = this;
    if (!layer || layer.image.kind === 'classes') return;
    const find =
      layer.style.colourMap === 'balance' ? balancedLimits : autoLimits;
    this.give({ limits: find(layer.image, mask ?? undefined) });
  }

  private full(): void {
    const { layer, mask } = this;
    if (!layer || layer.image.kind === 'classes') return;
    this.give({ limits: fullLimits(layer.image, mask ?? undefined) });
  }

  private gamma({ gamma }: LayerStyle): TemplateResult {
    const text = gamma.toFixed(2);
    const give = (value: number): void => {
      if (value > 0)
        this.give({
          gamma: Number(
            Math.min(mostGamma, Math.max(1 / mostGamma, value)).toFixed(2),
          ),
        });
    };
    return html`<div class="row gamma">
      <span class="label">Gamma</span>
      <div class="slider">
        ${slider({
          label: 'Gamma',
          bare: true,
          text,
          value: Math.log10(gamma),
          low: -Math.log10(mostGamma),
          high: Math.log10(mostGamma),
          step: Math.log10(mostGamma) / 50,
          onValue: (value) => give(10 ** value),
        })}
        <label class="value">
          <span class="sr">Gamma, value</span>
          <input
            type="number"
            min=${1 / mostGamma}
            max=${mostGamma}
            step="0.05"
            .value=${text}
            @change=${(event: Event) => give(typed(event, text))}
          />
        </label>
      </div>
    </div>`;
  }

  private histogram(
    { image, style }: LayerEntry,
    from: number,
    to: number,
    { heights, range }: Histogram,
  ): TemplateResult {
    const { limits, colour, colourMap, gamma } = style;
    const single = image.kind === 'map' && colourMap === 'single';
    const ink = inkColour(formatHex(colour));
    const fillOf = (strength: number): string =>
      single
        ? `color-mix(in srgb, ${ink} ${30 + 70 * strength}%, var(--_strong))`
        : lookCss(
            { colour, colourMap: image.kind === 'map' ? colourMap : 'grey' },
            strength,
          );
    const x = (value: number): number => (bins * (value - from)) / (to - from);
    const wide = (range[1] - range[0]) / heights.length;
    return html`<svg
      class=${single ? '' : 'ramp'}
      viewBox="0 0 ${bins} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label="How often values occur, from ${formatFigure(
        from,
      )} to ${formatFigure(to)}"
    >
      ${Array.from(heights, (share, b) => {
        const left = range[0] + wide * b;
        const t = (left + wide / 2 - limits[0]) / (limits[1] - limits[0]);
        const inside = t >= 0 && t <= 1;
        return svg`<rect
          class=${inside ? '' : 'outside'}
          x=${x(left) + 0.06}
          y=${height - share * (height - 4)}
          width=${Math.max(0, x(left + wide) - x(left) - 0.12)}
          height=${share * (height - 4)}
          style=${styleMap(inside ? { fill: fillOf(t ** gamma) } : {})}
        />`;
      })}
    </svg>`;
  }

  override render(): TemplateResult | null {
    const { layer } = this;
    if (!layer || layer.image.kind === 'classes') return null;
    const { image, style } = layer;
    const { limits, threshold } = style;
    const values = sampledValues(image, this.mask ?? undefined);
    const histogram = logHistogram(
      values,
      bins,
      image.kind === 'rgba' ? { range: [0, 1] } : {},
    );
    const from = Math.min(histogram.range[0], limits[0]);
    const to = Math.max(histogram.range[1], limits[1]);
    const step = 10 ** Math.floor(Math.log10((to - from) / 100 || 0.01));
    const hides = image.kind === 'map';
    return html`<div class="histogram">
        ${this.histogram(layer, from, to, histogram)}
        ${this.handle(0, limits[0], from, to, step)}
        ${this.handle(1, limits[1], from, to, step)}
      </div>
      <div class="fields ${hides ? '' : 'two'}">
        ${this.field('Low', limits[0], step, (v) => this.limit(0, v, step))}
        ${this.field('High', limits[1], step, (v) => this.limit(1, v, step))}
        ${
          hides
            ? this.field('Hide <', threshold, step, (value) => {
                if (Number.isFinite(value)) this.give({ threshold: value });
              })
            : null
        }
      </div>
      <div class="limits">
        <button
          type="button"
          title="Limits at the ${percents.replace('–', ' and ')} percentiles of the values"
          @click=${() => this.auto()}
        >
          Auto ${percents}&nbsp;%
        </button>
        <button type="button" @click=${() => this.full()}>Full range</button>
      </div>
      ${this.gamma(style)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-contrast': UnmixingContrast;
  }
}
