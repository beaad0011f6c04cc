import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { controls } from './controls.js';
import { classesId } from './class-entry.js';
import { diagnosticMaps } from './diagnostic-maps.js';
import {
  UnmixingAddMapEvent,
  UnmixingClassThresholdEvent,
  UnmixingRemoveLayerEvent,
  UnmixingStyleEvent,
} from './events.js';
import { closeIcon, eyeIcon, eyeOffIcon } from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { formatShare } from './format.js';
import { limitWords, lookGradient } from './ramp-style.js';
import { slider } from './slider.js';
import type { LayerEntry } from './state.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';

/**
 * Maps that tell about the result: classes, what the model leaves, how far runs disagree, what is no material. They are added
 * from a menu, and go with the result.
 *
 * @fires unmixing-add-map - the user asked for a map
 * @fires unmixing-class-threshold - the user chose the least share of a pixel that makes a class
 * @fires unmixing-style - the user hid or showed one
 * @fires unmixing-remove-layer - the user threw one away
 */
@customElement('unmixing-maps')
export class UnmixingMaps extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        margin-top: 6px;
      }
      li {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) 26px;
        align-items: center;
        column-gap: 6px;
        min-height: 38px;
      }
      li:has(.least) {
        padding: 2px 0;
      }
      .eye {
        width: 24px;
        height: 24px;
        padding: 0;
        background: none;
        color: var(--_text-2);
      }
      .name {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .hidden .name {
        color: var(--_text-3);
      }
      .scale {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 11px;
        line-height: 15px;
        color: var(--_text-3);
      }
      .least {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        column-gap: 8px;
        font-size: 11px;
        color: var(--_text-3);
      }
      i {
        width: 56px;
        height: 6px;
        border-radius: 2px;
        background: var(--_ramp);
      }
    `,
  ];

  @property({ attribute: false }) unmixing: Unmixing | null = null;
  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  /** Least share of a pixel, 0 to 1, with which a material is its class. */
  @property({ type: Number }) threshold = 0;

  private get items(): MenuItem[] {
    if (!this.unmixing) return [];
    const maps = diagnosticMaps(this.unmixing);
    const item = (id: string, label: string): MenuItem => ({
      label,
      act: () => this.dispatchEvent(new UnmixingAddMapEvent(id)),
    });
    return [
      { group: 'Materials', items: [item(classesId, 'Classes')] },
      ...[...new Set(maps.map(({ group }) => group))].map((group) => ({
        group,
        items: maps
          .filter((map) => map.group === group)
          .map(({ id, label }) => item(id, label)),
      })),
    ];
  }

  /** The share from which a material is the class of a pixel. */
  private least(): TemplateResult {
    return html`<div class="least">
      <span aria-hidden="true">at least</span>
      ${slider({
        label: 'Least share of a class',
        value: Math.round(100 * this.threshold),
        low: 0,
        high: 100,
        step: 1,
        unit: '%',
        text: formatShare(this.threshold),
        onValue: (value) =>
          this.dispatchEvent(new UnmixingClassThresholdEvent(value / 100)),
      })}
    </div>`;
  }

  private scale(layer: LayerEntry): TemplateResult {
    const { low, high } = limitWords(layer);
    return html`<span class="scale">
      ${low}<span class="sr"> to </span
      ><i style=${styleMap({ '--_ramp': lookGradient(layer.style) })}></i
      >${high}
    </span>`;
  }

  private row(layer: LayerEntry): TemplateResult {
    const { id, name, style, image } = layer;
    const { visible } = style;
    return html`<li class=${visible ? '' : 'hidden'}>
      <button
        type="button"
        class="eye"
        aria-label="${visible ? 'Hide' : 'Show'} ${name}"
        title=${visible ? 'Hide' : 'Show'}
        @click=${() =>
          this.dispatchEvent(new UnmixingStyleEvent(id, { visible: !visible }))}
      >
        ${visible ? eyeIcon : eyeOffIcon}
      </button>
      <div>
        <span class="name">${name}</span>
        ${image.kind === 'classes' ? this.least() : this.scale(layer)}
      </div>
      <button
        type="button"
        class="icon"
        aria-label="Remove ${name}"
        title="Remove"
        @click=${() => this.dispatchEvent(new UnmixingRemoveLayerEvent(id))}
      >
        ${closeIcon}
      </button>
    </li>`;
  }

  override render(): TemplateResult | null {
    if (!this.unmixing) return null;
    const maps = this.layers.filter(({ role }) => role === 'diagnostic');
    return html`<div class="row">
        <span class="label">Maps</span>
        <unmixing-menu
          text="Add map"
          label="Add map about the result"
          .items=${this.items}
        ></unmixing-menu>
      </div>
      ${
        maps.length === 0
          ? null
          : html`<ul aria-label="Maps about the result">
              ${maps.map((layer) => this.row(layer))}
            </ul>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-maps': UnmixingMaps;
  }
}
