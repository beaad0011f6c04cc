import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Unmixing } from '../spectral/unmixing.js';
import './contrast.js';
import { controls } from './controls.js';
import { UnmixingCompositeEvent, UnmixingStyleEvent } from './events.js';
import { formatShare } from './format.js';
import './maps-list.js';
import { segments } from './segments.js';
import { inkColour } from './shown.js';
import { slider } from './slider.js';
import type { LayerEntry, SessionState } from './state.js';
import { base } from './theme.js';

const blendings = [
  ['translucent', 'Translucent'],
  ['additive', 'Additive'],
  ['composite', 'Composite'],
] as const;

/**
 * How the overlay of the selected endmember is drawn, and maps that tell about the result.
 *
 * @fires unmixing-style - the user changed opacity, contrast or blending
 * @fires unmixing-composite - the user chose one blended layer, or separate ones
 */
@customElement('unmixing-overlays')
export class UnmixingOverlays extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .segments {
        --_gap: 4px;
      }
      .segments label {
        padding: 0 4px;
      }
      .blending {
        margin-top: 6px;
      }
      .hint {
        margin-top: 4px;
      }
      /* The narrowest panels that viewers have. */
      @container (max-width: 300px) {
        :host {
          --_label: 60px;
        }
        .segments label {
          padding: 0 1px;
        }
      }
    `,
  ];

  @property({ attribute: false }) layer: LayerEntry | null = null;
  @property({ attribute: false }) colour = '#808080';
  @property({ attribute: false }) composite: SessionState['composite'] = {
    on: false,
    reason: null,
  };
  /** The result, and all layers: for the maps that tell about it. */
  @property({ attribute: false }) unmixing: Unmixing | null = null;
  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  @property({ attribute: false }) mask: Uint8Array | null = null;
  @property({ attribute: false }) classThreshold = 0;

  private choose(blending: (typeof blendings)[number][0]): void {
    const { layer, composite } = this;
    if (!layer) return;
    if (blending === 'composite')
      this.dispatchEvent(new UnmixingCompositeEvent(true));
    else {
      if (composite.on && composite.reason === null)
        this.dispatchEvent(new UnmixingCompositeEvent(false));
      this.dispatchEvent(new UnmixingStyleEvent(layer.id, { blending }));
    }
  }

  override render(): TemplateResult | null {
    const { layer, composite } = this;
    if (!layer) return null;
    const { opacity, blending } = layer.style;
    const forced = composite.reason !== null;
    const chosen = composite.on && !forced ? 'composite' : blending;
    return html`<div class="row">
        <span class="label">Opacity</span>
        ${slider({
          label: 'Opacity',
          value: Math.round(100 * opacity),
          low: 0,
          high: 100,
          step: 1,
          unit: '%',
          text: formatShare(opacity),
          ink: inkColour(this.colour),
          onValue: (value) =>
            this.dispatchEvent(
              new UnmixingStyleEvent(layer.id, { opacity: value / 100 }),
            ),
        })}
      </div>
      <unmixing-contrast .layer=${layer} .mask=${this.mask}></unmixing-contrast>
      <div class="row blending">
        ${segments({
          id: 'blending',
          label: 'Blending',
          choices: blendings,
          chosen,
          disabled: (known) => forced && known === 'composite',
          onChoice: (known) => this.choose(known),
        })}
      </div>
      ${forced ? html`<p class="hint">${composite.reason}</p>` : null}
      <unmixing-maps
        .unmixing=${this.unmixing}
        .layers=${this.layers}
        .threshold=${this.classThreshold}
      ></unmixing-maps>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-overlays': UnmixingOverlays;
  }
}
