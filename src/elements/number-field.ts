import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { NumberParameter } from '../preprocess/corrections.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { formatSize, unitNames } from './format.js';
import { slider } from './slider.js';
import { typed } from './typed.js';

/** Sliders have about so many places. */
const places = 200;
/** Wider ranges than this are no use on a straight slider. */
const widest = 1000;
/** The nearest number that a parameter may be. */
function fitted(
  { type, least, most, odd }: NumberParameter,
  value: number,
): number {
  const held = Math.min(most, Math.max(least, value));
  if (odd) return 2 * Math.round((held - 1) / 2) + 1;
  return type === 'whole' ? Math.round(held) : held;
}

interface NumberField {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  readonly unit?: string;
  readonly onValue: (value: number) => void;
}

/** A number to type, given once it is left. */
export const numberField = (field: NumberField): TemplateResult =>
  html`<span class="field">
    <input
      type="number"
      step="any"
      aria-label=${field.label}
      min=${field.least ?? ''}
      max=${field.most ?? ''}
      .value=${String(field.value)}
      @change=${(event: Event) => {
        const value = typed(event, String(field.value));
        if (!Number.isNaN(value)) field.onValue(value);
      }}
    />
    ${field.unit ? html`<span>&nbsp;${field.unit}</span>` : null}
  </span>`;

/** What a slider can show of a number: the range it runs over, or its powers of ten; null where it is no use. */
function slidable(
  { type, least, most, odd, unit, logarithmic }: NumberParameter,
  { values }: SpectralAxis,
): { low: number; high: number; step: number } | null {
  if (logarithmic)
    return { low: Math.log10(least), high: Math.log10(most), step: 0.1 };
  if (unit === 'axis') {
    const ends = [values[0], values[values.length - 1]];
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return { low, high, step: (high - low) / places };
  }
  if (most - least > widest) return null;
  const step = odd ? 2 : type === 'whole' ? 1 : (most - least) / places;
  return { low: least, high: most, step };
}

/** A parameter that is a number: a field, a slider where that is of use, and what 0 stands for. */
export function numberRows(
  parameter: NumberParameter,
  value: number,
  axis: SpectralAxis,
  give: (value: number) => void,
): TemplateResult {
  const { label, least, most, unit, logarithmic, zero } = parameter;
  const range = slidable(parameter, axis);
  const units = {
    axis: axis.unit ? unitNames[axis.unit] : '',
    value: '',
    band: 'bands',
    pixel: 'px',
  };
  return html`<div class="value">
      <span class="label">${label}</span>
      ${numberField({
        label,
        value,
        least,
        most,
        unit: unit && units[unit],
        onValue: (given) => give(fitted(parameter, given)),
      })}
    </div>
    ${
      range &&
      slider({
        ...range,
        label,
        bare: true,
        text: formatSize(value),
        value: logarithmic ? Math.log10(value) : value,
        onValue: (given) =>
          give(
            fitted(
              parameter,
              Number(
                (logarithmic ? 10 ** given : given).toPrecision(
                  logarithmic ? 2 : 6,
                ),
              ),
            ),
          ),
      })
    }
    ${zero ? html`<p class="hint">0: ${zero}.</p>` : null}`;
}
