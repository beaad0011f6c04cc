import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { styleMap } from './style-map.js';
import { typed } from './typed.js';

interface Slider {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly unit?: string;
  /** Colour of the filled part; the accent when left out. */
  readonly ink?: string;
  /** What the value means, for screen readers. */
  readonly text?: string;
  /** Leaves the field out. */
  readonly bare?: boolean;
  readonly onValue: (value: number) => void;
}

/** A native range with its value in a field beside it. Shift makes the arrows ten times as long. */
export function slider(s: Slider): TemplateResult {
  const give = (value: number): void => {
    if (Number.isFinite(value))
      s.onValue(Math.min(s.high, Math.max(s.low, value)));
  };
  const arrow = (event: KeyboardEvent): void => {
    const way =
      { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] ??
      0;
    if (!event.shiftKey || way === 0) return;
    event.preventDefault();
    give(s.value + 10 * s.step * way);
  };
  const valueOf = (event: Event): number =>
    event.target instanceof HTMLInputElement
      ? event.target.valueAsNumber
      : Number.NaN;
  const at = (100 * (s.value - s.low)) / (s.high - s.low || 1);
  const range = html`<input
    type="range"
    aria-label=${s.label}
    aria-valuetext=${ifDefined(s.text)}
    min=${s.low}
    max=${s.high}
    step=${s.step}
    .value=${live(String(s.value))}
    style=${styleMap({
      '--_at': `${at}%`,
      '--_ink': s.ink ?? 'var(--_accent)',
    })}
    @keydown=${arrow}
    @input=${(event: Event) => give(valueOf(event))}
  />`;
  if (s.bare) return range;
  return html`<div class="slider">
    ${range}
    <label class="value">
      <span class="sr">${s.label}, value</span>
      <input
        type="number"
        min=${s.low}
        max=${s.high}
        step=${s.step}
        .value=${String(s.value)}
        @change=${(event: Event) => give(typed(event, String(s.value)))}
      />
      ${s.unit ? html`<span>&nbsp;${s.unit}</span>` : null}
    </label>
  </div>`;
}
