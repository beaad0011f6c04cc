import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from './style-map.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { controls } from './controls.js';
import {
  UnmixingRecolourEvent,
  UnmixingRenameEvent,
  UnmixingSelectEvent,
  UnmixingStyleEvent,
} from './events.js';
import { formatNumber, formatShare } from './format.js';
import { dropIcon, eyeIcon, eyeOffIcon, pencilIcon } from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { findPeaks } from './peaks.js';
import { inkColour } from './shown.js';
import type { ShownEndmembers } from './shown.js';
import { sparkline, sparklinePath } from './sparkline.js';
import type { LayerEntry } from './state.js';
import { base } from './theme.js';

/**
 * The endmembers: how much of the area each takes, its spectrum and its name. One tab stop; arrows move,
 * Enter selects, Space hides, F2 renames.
 *
 * @fires unmixing-select - the user turned to an endmember
 * @fires unmixing-style - the user hid or showed an endmember's overlay
 * @fires unmixing-rename - the user gave a name
 * @fires unmixing-recolour - the user chose a colour
 * @csspart strata - the bar of area shares
 */
@customElement('unmixing-endmembers')
export class UnmixingEndmembers extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .strata {
        display: flex;
        gap: 1px;
        height: 8px;
        margin: 4px 0 6px;
        border-radius: 2px;
        overflow: hidden;
      }
      .strata span {
        background: var(--_fill);
      }
      ul {
        margin: 0 -12px -6px;
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: 30px minmax(0, 1fr) 78px 42px 26px;
        align-items: center;
        height: 40px;
        padding: 0 6px 0 8px;
      }
      li:hover {
        background: var(--_raised);
      }
      li[aria-current='true'] {
        background: var(--_select);
        box-shadow: inset 2px 0 var(--_accent);
      }
      .eye {
        width: 26px;
        height: 26px;
        padding: 0;
        background: none;
      }
      .eye:hover:not(:disabled) {
        background: none;
      }
      .eye.off .swatch {
        background: none;
        box-shadow: inset 0 0 0 1.5px var(--_fill);
        color: var(--_text);
      }
      .main {
        position: static;
        display: block;
        height: 34px;
        padding: 0 6px 0 0;
        overflow: hidden;
        background: none;
        text-align: left;
      }
      .main::after {
        content: '';
        position: absolute;
        inset: 0 26px 0 34px;
      }
      .main:hover:not(:disabled) {
        background: none;
      }
      .main:focus-visible {
        outline: 0;
      }
      .main:focus-visible::after {
        outline: 2px solid var(--_focus);
        outline-offset: -2px;
        border-radius: var(--_radius);
      }
      .name,
      .under {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .under {
        font-size: 11px;
        line-height: 15px;
        color: var(--_text-3);
      }
      .share {
        text-align: right;
        white-space: nowrap;
      }
      .spark {
        color: var(--_ink);
        width: 100%;
      }
      .rename {
        height: 24px;
        padding: 0 6px;
        border-radius: var(--_radius);
        background: var(--_field);
        outline: 2px solid var(--_focus);
      }
      input[type='color'] {
        position: absolute;
        right: 26px;
        bottom: 0;
        width: 1px;
        height: 1px;
        opacity: 0;
        pointer-events: none;
      }
      @container (max-width: 330px) {
        li {
          grid-template-columns: 30px minmax(0, 1fr) 62px 40px 26px;
        }
      }
    `,
  ];

  @property({ attribute: false }) shown: ShownEndmembers | null = null;
  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) colours: readonly string[] = [];
  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  @property({ attribute: false }) selected: number | null = null;

  @state() private focused = 0;
  @state() private renaming: number | null = null;

  private layerOf(endmember: number): LayerEntry | undefined {
    return this.layers.find((layer) => layer.endmember === endmember);
  }

  private toggle(endmember: number): void {
    const layer = this.layerOf(endmember);
    if (layer)
      this.dispatchEvent(
        new UnmixingStyleEvent(layer.id, { visible: !layer.style.visible }),
      );
  }

  private select(endmember: number): void {
    this.focused = endmember;
    this.dispatchEvent(
      new UnmixingSelectEvent(this.selected === endmember ? null : endmember),
    );
  }

  private async focusRow(endmember: number): Promise<void> {
    this.focused = endmember;
    await this.updateComplete;
    this.row(endmember)?.querySelector<HTMLElement>('.main')?.focus();
  }

  private row(endmember: number): HTMLElement | null {
    return (
      this.shadowRoot?.querySelector<HTMLElement>(`#endmember-${endmember}`) ??
      null
    );
  }

  private async rename(endmember: number): Promise<void> {
    if (this.shown?.live) return;
    this.renaming = endmember;
    await this.updateComplete;
    this.row(endmember)?.querySelector<HTMLInputElement>('.rename')?.select();
  }

  private named(endmember: number, event: Event): void {
    if (this.renaming !== endmember) return;
    this.renaming = null;
    const name =
      event.target instanceof HTMLInputElement ? event.target.value.trim() : '';
    if (name && name !== this.shown?.names[endmember])
      this.dispatchEvent(new UnmixingRenameEvent(endmember, name));
    void this.focusRow(endmember);
  }

  private key(event: KeyboardEvent, endmember: number): void {
    const count = this.shown?.names.length ?? 0;
    const to = {
      ArrowDown: Math.min(count - 1, endmember + 1),
      ArrowUp: Math.max(0, endmember - 1),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to !== undefined) void this.focusRow(to);
    else if (event.key === ' ') this.toggle(endmember);
    else if (event.key === 'F2') void this.rename(endmember);
    else return;
    event.preventDefault();
  }

  private items(endmember: number): MenuItem[] {
    const layer = this.layerOf(endmember);
    const hidden = layer?.style.visible === false;
    const live = this.shown?.live ?? true;
    return [
      {
        label: 'Rename',
        icon: pencilIcon,
        key: 'F2',
        disabled: live,
        act: () => void this.rename(endmember),
      },
      {
        label: 'Colour…',
        icon: dropIcon,
        act: () =>
          this.row(endmember)
            ?.querySelector<HTMLInputElement>('[type=color]')
            ?.showPicker(),
      },
      {
        label: hidden ? 'Show' : 'Hide',
        icon: hidden ? eyeIcon : eyeOffIcon,
        key: 'Space',
        disabled: !layer,
        act: () => this.toggle(endmember),
      },
    ];
  }

  /** The three most prominent bands, in the order in which the axis is drawn. */
  private peaks(spectrum: Float32Array): string {
    const { axis } = this;
    if (!axis) return '';
    const positions = findPeaks(spectrum, 3, 0.08)
      .map((band) => axis.values[band])
      .sort((a, b) => (axis.unit === 'cm-1' ? b - a : a - b));
    return positions
      .map((position) => formatNumber(position, axis.unit === 'µm' ? 2 : 0))
      .join(', ');
  }

  private renderRow(shown: ShownEndmembers, r: number): TemplateResult {
    const name = shown.names[r];
    const fill = this.colours[r] ?? '#808080';
    const visible = this.layerOf(r)?.style.visible ?? true;
    const { axis } = this;
    const label = html`<span class="name">${name}</span>`;
    return html`<li
      id="endmember-${r}"
      aria-current=${this.selected === r}
      style=${styleMap({ '--_fill': fill, '--_ink': inkColour(fill) })}
    >
      <button
        type="button"
        class="eye ${visible ? '' : 'off'}"
        tabindex="-1"
        aria-label="${visible ? 'Hide' : 'Show'} ${name}"
        title=${visible ? 'Hide' : 'Show'}
        @click=${() => this.toggle(r)}
      >
        <span class="swatch">${r + 1}</span>
      </button>
      ${
        this.renaming === r
          ? html`<input
              class="rename"
              type="text"
              aria-label="Name of endmember ${r + 1}"
              .value=${name}
              @blur=${(event: Event) => this.named(r, event)}
              @keydown=${(event: KeyboardEvent) => {
                event.stopPropagation();
                if (event.key === 'Enter') this.named(r, event);
                if (event.key === 'Escape') {
                  this.renaming = null;
                  void this.focusRow(r);
                }
              }}
            />`
          : html`<button
              type="button"
              class="main"
              tabindex=${this.focused === r ? 0 : -1}
              aria-description="${visible ? '' : 'hidden, '}${formatShare(
                shown.areas[r],
              )} of the area"
              @click=${() => this.select(r)}
              @dblclick=${() => void this.rename(r)}
              @focus=${() => {
                this.focused = r;
              }}
              @keydown=${(event: KeyboardEvent) => this.key(event, r)}
            >
              ${label}
              <span class="under"
                >${shown.live ? 'refining' : this.peaks(shown.spectra[r])}</span
              >
            </button>`
      }
      <svg
        class="spark"
        width="78"
        height="26"
        viewBox="0 0 78 26"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${axis ? sparkline(sparklinePath(shown.spectra[r], axis, 78, 26)) : null}
      </svg>
      <span class="share">${formatShare(shown.areas[r])}</span>
      <unmixing-menu
        skipped
        label="Menu of ${name}"
        .items=${this.items(r)}
      ></unmixing-menu>
      <input
        type="color"
        tabindex="-1"
        aria-label="Colour of ${name}"
        .value=${fill.toLowerCase()}
        @change=${(event: Event) => {
          if (event.target instanceof HTMLInputElement)
            this.dispatchEvent(
              new UnmixingRecolourEvent(r, event.target.value),
            );
        }}
      />
    </li>`;
  }

  override render(): TemplateResult | null {
    const { shown } = this;
    if (!shown) return null;
    return html`<div
        class="strata"
        part="strata"
        role="img"
        aria-label="Shares of the area: ${shown.names
          .map((name, r) => `${name} ${formatShare(shown.areas[r])}`)
          .join(', ')}"
      >
        ${shown.areas.map(
          (area, r) =>
            html`<span
              style=${styleMap({
                '--_fill': this.colours[r] ?? '#808080',
                'flex-grow': String(area),
              })}
            ></span>`,
        )}
      </div>
      <ul aria-label="Endmembers">
        ${shown.names.map((_, r) => this.renderRow(shown, r))}
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-endmembers': UnmixingEndmembers;
  }
}
