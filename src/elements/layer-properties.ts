import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { LayerStyle } from '../imaging/layer.js';
import { formatShare } from './format.js';
import { select } from './select.js';
import { slider } from './slider.js';
import type { LayerEntry } from './state.js';

const blendings = [
  ['translucent', 'Translucent'],
  ['additive', 'Additive'],
] as const;
const samplings = [
  ['nearest', 'Nearest'],
  ['linear', 'Linear'],
] as const;

/** Blending, sampling and opacity of one layer, under the list of layers. */
export function layerProperties(
  layer: LayerEntry,
  give: (patch: Partial<LayerStyle>) => void,
): TemplateResult {
  const { name, role, style, image } = layer;
  const classes = image.kind === 'classes';
  return html`<section
    class="properties"
    part="properties"
    aria-label="Layer ${name}"
  >
    <div class="head">
      <h3>${name}</h3>
      <span>${classes ? 'classes' : role}</span>
    </div>
    ${
      role === 'abundance'
        ? html`<div class="row">
            <label for="blending">Blending</label>
            ${select({
              id: 'blending',
              choices: blendings,
              chosen: style.blending,
              onChoice: (blending) => give({ blending }),
            })}
          </div>`
        : null
    }
    ${
      // Between two classes there is none.
      classes
        ? null
        : html`<div class="row">
            <label for="sampling">Sampling</label>
            ${select({
              id: 'sampling',
              choices: samplings,
              chosen: style.interpolation,
              onChoice: (interpolation) => give({ interpolation }),
            })}
          </div>`
    }
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
    ${
      role === 'diagnostic' && !classes
        ? html`<unmixing-contrast .layer=${layer}></unmixing-contrast>`
        : null
    }
  </section>`;
}
