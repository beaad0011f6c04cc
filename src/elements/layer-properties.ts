import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatHex, parseHex } from '../imaging/colour.js';
import type { ColourMap, LayerStyle } from '../imaging/layer.js';
import { inUnit } from '../imaging/geometry.js';
import { lengthLabel } from '../imaging/scale-bar.js';
import './contrast.js';
import { controls } from './controls.js';
import { UnmixingPixelSizeEvent, UnmixingStyleEvent } from './events.js';
import { formatShare } from './format.js';
import { chevronIcon } from './icons.js';
import { recall, remember } from './remember.js';
import { select } from './select.js';
import { slider } from './slider.js';
import type { LayerEntry } from './state.js';
import { base } from './theme.js';
import { typed } from './typed.js';

const blendings = [
  ['translucent', 'Translucent'],
  ['additive', 'Additive'],
] as const;
const samplings = [
  ['nearest', 'Nearest'],
  ['linear', 'Linear'],
] as const;
const colourMaps: readonly (readonly [ColourMap, string])[] = [
  ['single', 'One colour'],
  ['grey', 'Grey'],
  ['heat', 'Heat'],
  ['ice', 'Ice'],
  ['moss', 'Moss'],
  ['balance', 'Blue to orange'],
];

/**
 * How one layer is drawn: blending, colours, sampling, opacity, contrast, and how large its pixels are. Of a layer that is
 * locked all of it is disabled.
 *
 * @fires unmixing-style - the user changed how the layer is drawn
 * @fires unmixing-pixel-size - the user said how large a pixel is
 */
@customElement('unmixing-layer-properties')
export class UnmixingLayerProperties extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        --_label: 74px;
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        margin-bottom: 6px;
      }
      h3 {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-size: 12px;
        font-weight: 600;
      }
      .head span {
        color: var(--_text-3);
        font-size: 11px;
      }
      fieldset:disabled label,
      fieldset:disabled .label,
      fieldset:disabled input,
      fieldset:disabled select {
        color: var(--_text-3);
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 32px;
        gap: 6px;
      }
      input[type='color'] {
        width: 32px;
        height: 24px;
        padding: 0;
        border: 0;
        border-radius: var(--_radius);
        background: none;
      }
      details {
        margin-top: 2px;
      }
      summary {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 28px;
        margin-left: -4px;
        list-style: none;
        color: var(--_text-2);
        cursor: default;
      }
      summary svg {
        width: 14px;
        height: 14px;
        transition: transform 120ms ease-out;
      }
      [open] summary svg {
        transform: rotate(90deg);
      }
      @media (prefers-reduced-motion: reduce) {
        summary svg {
          transition: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) layer: LayerEntry | null = null;
  /** Pixels that do not count for limits. */
  @property({ attribute: false }) mask: Uint8Array | null = null;
  /** The viewer adds light for layers of any kind; abundances are blended by us where it does not. */
  @property({ type: Boolean }) additive = false;
  /** Its file does not say how large pixels are: the user may. */
  @property({ type: Boolean }) sizeable = false;
  /** It was brought onto another image, or another onto it: its size must stay. */
  @property({ type: Boolean }) registered = false;

  private give(patch: Partial<LayerStyle>): void {
    if (this.layer)
      this.dispatchEvent(new UnmixingStyleEvent(this.layer.id, patch));
  }

  private row<Value extends string>(
    label: string,
    id: string,
    choices: readonly (readonly [Value, string])[],
    chosen: Value,
    onChoice: (value: Value) => void,
    beside: TemplateResult | null = null,
  ): TemplateResult {
    const field = select({ id, choices, chosen, onChoice });
    return html`<div class="row">
      <label for=${id}>${label}</label>
      ${beside ? html`<div class="pair">${field}${beside}</div>` : field}
    </div>`;
  }

  private colours({ role, style, name }: LayerEntry): TemplateResult {
    const { colourMap, colour } = style;
    const own = colourMap === 'single' && role !== 'abundance';
    return this.row(
      'Colours',
      'colours',
      role === 'abundance'
        ? colourMaps.with(0, ['single', 'Endmember'])
        : colourMaps,
      colourMap,
      (chosen) => this.give({ colourMap: chosen }),
      own
        ? html`<input
            type="color"
            aria-label="Colour of ${name}"
            .value=${formatHex(colour).toLowerCase()}
            @change=${({ target }: Event) => {
              if (target instanceof HTMLInputElement)
                this.give({ colour: parseHex(target.value) });
            }}
          />`
        : null,
    );
  }

  /** Of an image that lies in a unit, or may be told so. */
  private pixelSize({
    owner,
    role,
    source,
  }: LayerEntry): TemplateResult | null {
    if (role !== 'cube' && role !== 'picture') return null;
    const { spacing, unit } = source;
    const known =
      unit === null
        ? null
        : html`<div class="row">
            <span class="label">Pixel size</span>
            <span
              >${lengthLabel(spacing[0], unit)}${
                spacing[1] === spacing[0]
                  ? null
                  : html` × ${lengthLabel(spacing[1], unit)}`
              }</span
            >
          </div>`;
    if (this.sizeable && this.registered)
      return html`${known}
        <p class="hint">
          Its pixel size can be set while it has no landmarks and lies where its
          file puts it.
        </p>`;
    if (!this.sizeable) return known;
    const shown =
      unit === null
        ? ''
        : String(Number(inUnit(source, 'µm').spacing[0].toPrecision(9)));
    return html`<div class="row">
      <label for="pixel-size">Pixel size</label>
      <span class="field">
        <input
          id="pixel-size"
          type="number"
          min="0"
          step="any"
          placeholder="not known"
          .value=${shown}
          @change=${(event: Event) => {
            const size = typed(event, shown);
            if (size > 0 && Number.isFinite(size))
              this.dispatchEvent(new UnmixingPixelSizeEvent(owner, size));
          }}
        />
        <span>&nbsp;µm</span>
      </span>
    </div>`;
  }

  private contrast(layer: LayerEntry): TemplateResult {
    return html`<details
      ?open=${recall('layer contrast') !== false}
      @toggle=${({ target }: Event) => {
        if (target instanceof HTMLDetailsElement)
          remember('layer contrast', target.open);
      }}
    >
      <summary>${chevronIcon}Contrast</summary>
      <unmixing-contrast .layer=${layer} .mask=${this.mask}></unmixing-contrast>
    </details>`;
  }

  override render(): TemplateResult | null {
    const { layer } = this;
    if (!layer) return null;
    const { name, role, style, image, locked } = layer;
    const classes = image.kind === 'classes';
    return html`<div class="head">
        <h3>${name}</h3>
        <span>${locked ? 'locked' : classes ? 'classes' : role}</span>
      </div>
      <fieldset ?disabled=${locked}>
        ${
          classes
            ? null
            : this.row(
                'Blending',
                'blending',
                blendings,
                style.blending,
                (blending) => this.give({ blending }),
              )
        }
        ${
          style.blending === 'additive' &&
          role !== 'abundance' &&
          !this.additive
            ? html`<p class="hint">
                This viewer adds no light: here the layer is translucent; it is
                added where images are compared.
              </p>`
            : null
        }
        ${image.kind === 'map' ? this.colours(layer) : null}
        ${
          // Between two classes there is none.
          classes
            ? null
            : this.row(
                'Sampling',
                'sampling',
                samplings,
                style.interpolation,
                (interpolation) => this.give({ interpolation }),
              )
        }
        ${this.pixelSize(layer)}
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
            onValue: (value) => this.give({ opacity: value / 100 }),
          })}
        </div>
        ${classes || locked ? null : this.contrast(layer)}
      </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-layer-properties': UnmixingLayerProperties;
  }
}
