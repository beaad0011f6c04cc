import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { LayerStyle } from '../imaging/layer.js';
import { formatShare } from './format.js';
import { slider } from './slider.js';
import type { LayerEntry } from './state.js';

const roleNames = {
  cube: 'cube',
  picture: 'picture',
  abundance: 'abundance',
} as const;

const blendings = [
  ['translucent', 'Translucent'],
  ['additive', 'Additive'],
] as const;
const samplings = [
  ['nearest', 'Nearest'],
  ['linear', 'Linear'],
] as const;

function choice<Value extends string>(
  id: string,
  label: string,
  values: readonly (readonly [Value, string])[],
  chosen: Value,
  give: (value: Value) => void,
): TemplateResult {
  return html`<div class="row">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      @change=${(event: Event) => {
        const known = values.find(
          ([value]) =>
            event.target instanceof HTMLSelectElement &&
            value === event.target.value,
        );
        if (known) give(known[0]);
      }}
    >
      ${values.map(
        ([value, name]) =>
          html`<option value=${value} ?selected=${value === chosen}>
            ${name}
          </option>`,
      )}
    </select>
  </div>`;
}

/** Blending, sampling and opacity of one layer, under the list of layers. */
export function layerProperties(
  { name, role, style }: LayerEntry,
  give: (patch: Partial<LayerStyle>) => void,
): TemplateResult {
  return html`<section
    class="properties"
    part="properties"
    aria-label="Layer ${name}"
  >
    <div class="head">
      <h3>${name}</h3>
      <span>${roleNames[role]}</span>
    </div>
    ${
      role === 'abundance'
        ? choice(
            'blending',
            'Blending',
            blendings,
            style.blending,
            (blending) => give({ blending }),
          )
        : null
    }
    ${choice(
      'sampling',
      'Sampling',
      samplings,
      style.interpolation,
      (interpolation) => give({ interpolation }),
    )}
    <div class="row">
      <span class="label">Opacity</span>
      ${slider({
        label: 'Opacity',
        value: Math.round(100 * style.opacity),
        low: 0,
        high: 100,
        step: 1,
        unit: '%',
        text: formatShare(style.opacity),
        onValue: (value) => give({ opacity: value / 100 }),
      })}
    </div>
  </section>`;
}
