import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { controls } from './controls.js';
import { endmembersStyles } from './endmembers.styles.js';
import {
  UnmixingFixEndmemberEvent,
  UnmixingRecolourEvent,
  UnmixingRenameEvent,
  UnmixingSelectEvent,
  UnmixingStyleEvent,
} from './events.js';
import { formatFigure, formatNumber, formatShare } from './format.js';
import {
  dropIcon,
  eyeIcon,
  eyeOffIcon,
  lockIcon,
  pencilIcon,
  warnIcon,
} from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { findPeaks } from './peaks.js';
import { inkColour } from './shown.js';
import type { ShownEndmembers } from './shown.js';
import { sparkline, sparklinePath } from './sparkline.js';
import type { LayerEntry } from './state.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';

/**
 * The endmembers: how much of the area each takes, its spectrum and its name. One tab stop; arrows move,
 * Enter selects, Space hides, F2 renames, L holds fixed.
 *
 * @fires unmixing-select - the user turned to an endmember
 * @fires unmixing-style - the user hid or showed an endmember's overlay
 * @fires unmixing-rename - the user gave a name
 * @fires unmixing-recolour - the user chose a colour
 * @fires unmixing-fix-endmember - the user asked that the next run hold an endmember fixed, or no longer
 * @csspart strata - the bar of area shares
 */
@customElement('unmixing-endmembers')
export class UnmixingEndmembers extends LitElement {
  static override styles = [base, controls, endmembersStyles];

  @property({ attribute: false }) shown: ShownEndmembers | null = null;
  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) colours: readonly string[] = [];
  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  @property({ attribute: false }) selected: number | null = null;
  /** Names of what the next run holds fixed. */
  @property({ attribute: false }) fixed: readonly string[] = [];
  /** Plain sentences about the result. */
  @property({ attribute: false }) warnings: readonly string[] = [];

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
    else if (event.key.toLowerCase() === 'l') this.fix(endmember);
    else return;
    event.preventDefault();
  }

  private isFixed(endmember: number): boolean {
    return this.fixed.includes(this.shown?.names[endmember] ?? '');
  }

  private fix(endmember: number): void {
    if (!this.shown?.live)
      this.dispatchEvent(
        new UnmixingFixEndmemberEvent(endmember, !this.isFixed(endmember)),
      );
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
        label: this.isFixed(endmember) ? 'Let go in next run' : 'Hold fixed',
        icon: lockIcon,
        key: 'L',
        disabled: live,
        act: () => this.fix(endmember),
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

  /** How far runs disagree on an endmember, in words. */
  private spreadWords(r: number): string | undefined {
    const spread = this.shown?.spread;
    return spread
      ? `Mean angle between ${spread.runs} runs ${formatFigure(spread.angles[r])} rad`
      : undefined;
  }

  private renderRow(shown: ShownEndmembers, r: number): TemplateResult {
    const name = shown.names[r];
    const fill = this.colours[r] ?? '#808080';
    const visible = this.layerOf(r)?.style.visible ?? true;
    const { axis } = this;
    const held = this.isFixed(r);
    const label = html`<span class="name"
      >${name}${held ? html`<span class="lock">${lockIcon}</span>` : null}</span
    >`;
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
              title=${ifDefined(this.spreadWords(r))}
              aria-description="${visible ? '' : 'hidden, '}${held ? 'held fixed in the next run, ' : ''}${formatShare(
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

  private remarks(): TemplateResult | null {
    const count = this.warnings.length;
    if (count === 0) return null;
    return html`<details>
      <summary>
        ${warnIcon}${count}${count === 1 ? ' remark' : ' remarks'} on this
        result
      </summary>
      <ul>
        ${this.warnings.map((warning) => html`<li>${warning}</li>`)}
      </ul>
    </details>`;
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
      <ul class="list" aria-label="Endmembers">
        ${shown.names.map((_, r) => this.renderRow(shown, r))}
      </ul>
      ${this.remarks()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-endmembers': UnmixingEndmembers;
  }
}
