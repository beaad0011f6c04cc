import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CubeSummary } from '../engine/protocol.js';
import { co2Window } from '../spectral/axis.js';
import type { Window } from '../spectral/axis.js';
import { bandsStyles } from './bands.styles.js';
import { controls } from './controls.js';
import { UnmixingExcludeEvent } from './events.js';
import { formatNumber, formatWindow, unitNames } from './format.js';
import { closeIcon, plusIcon } from './icons.js';
import { notice } from './notice.js';
import './plot.js';
import type { PlotLine } from './plot.js';
import { base } from './theme.js';
import {
  co2Varies,
  coversCo2,
  cutWindow,
  excludesCo2,
  isCo2,
  joinWindows,
} from './windows.js';

/** Bands that weigh less hardly count in the fit. */
const low = 0.5;

/**
 * The mean spectrum with the reliability of each band under it, and the windows that are left out.
 *
 * @fires unmixing-exclude - the user added, moved or removed a window
 */
@customElement('unmixing-bands')
export class UnmixingBands extends LitElement {
  static override styles = [base, controls, bandsStyles];

  @property({ attribute: false }) summary: CubeSummary | null = null;
  @property({ attribute: false }) windows: readonly Window[] = [];
  @property() theme = 'auto';

  /** The window whose ends are in the fields: its place, or 'new'. */
  @state() private editing: number | 'new' | null = null;
  @state() private refused = '';
  @state() private ignored = false;
  @query('#from') private fromField!: HTMLInputElement;
  @query('#to') private toField!: HTMLInputElement;

  private give(windows: readonly Window[]): void {
    this.dispatchEvent(new UnmixingExcludeEvent(joinWindows(windows)));
  }

  private async edit(which: number | 'new'): Promise<void> {
    this.editing = which;
    this.refused = '';
    await this.updateComplete;
    this.fromField.focus();
    this.fromField.select();
  }

  private save(event: Event): void {
    event.preventDefault();
    const ends = [this.fromField.valueAsNumber, this.toField.valueAsNumber];
    if (!ends.every(Number.isFinite) || ends[0] === ends[1]) {
      this.refused = 'Give two different positions on the axis.';
      return;
    }
    const others = this.windows.filter((_, i) => i !== this.editing);
    this.editing = null;
    this.give([...others, [ends[0], ends[1]]]);
  }

  private chip(window: Window, i: number): TemplateResult {
    const unit = this.summary?.axis.unit ?? null;
    const range = formatWindow(window, unit);
    return html`<li class="chip">
      <button
        type="button"
        class="edit"
        title="Change ${range}"
        @click=${() => void this.edit(i)}
      >
        ${isCo2(window) && unit === 'cm-1' ? 'CO\u2082 ' : ''}${range}
      </button>
      <button
        type="button"
        class="drop"
        aria-label="Keep ${range} again"
        title="Keep ${range} again"
        @click=${() => this.give(this.windows.filter((_, w) => w !== i))}
      >
        ${closeIcon}
      </button>
    </li>`;
  }

  private form(): TemplateResult {
    const window =
      typeof this.editing === 'number' ? this.windows[this.editing] : null;
    const ends = window ? [Math.max(...window), Math.min(...window)] : null;
    return html`<form
      @submit=${this.save}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        this.editing = null;
      }}
    >
      <label class="field">
        <span>From&nbsp;</span>
        <input
          id="from"
          type="number"
          step="any"
          .value=${String(ends?.[0] ?? '')}
        />
      </label>
      <label class="field">
        <span>to&nbsp;</span>
        <input
          id="to"
          type="number"
          step="any"
          .value=${String(ends?.[1] ?? '')}
        />
      </label>
      <button type="submit">${window ? 'Change' : 'Exclude'}</button>
      <button
        type="button"
        class="icon"
        aria-label="Cancel"
        title="Cancel"
        @click=${() => {
          this.editing = null;
        }}
      >
        ${closeIcon}
      </button>
    </form>`;
  }

  override render(): TemplateResult | null {
    const { summary, windows } = this;
    if (!summary) return null;
    const { axis, mean, reliability } = summary;
    const lines: PlotLine[] = [
      { label: 'Mean', values: mean, colour: 'var(--_text)' },
    ];
    const unreliable =
      reliability.filter((weight) => weight < low).length / reliability.length;
    const out = excludesCo2(axis, windows);
    const warn = !this.ignored && !out && co2Varies(axis, mean);
    return html`<unmixing-plot
        editable
        strip="bars"
        theme=${this.theme}
        label="Mean spectrum with the reliability of each band under it; windows can be excluded below"
        .axis=${axis}
        .lines=${lines}
        .weights=${reliability}
        .windows=${windows}
      ></unmixing-plot>
      <div class="bar">
        <ul class="chips" aria-label="Excluded windows">
          ${windows.map((window, i) => this.chip(window, i))}
        </ul>
        <span class="space"></span>
        <button type="button" @click=${() => void this.edit('new')}>
          ${plusIcon}Window
        </button>
        ${
          coversCo2(axis)
            ? html`<button
                type="button"
                aria-pressed=${out}
                title="Exclude carbon dioxide, 2400–2280 cm⁻¹"
                @click=${() =>
                  this.give(
                    out
                      ? cutWindow(windows, co2Window)
                      : [...windows, co2Window],
                  )}
              >
                CO₂
              </button>`
            : null
        }
      </div>
      ${this.editing === null ? null : this.form()}
      ${this.refused ? notice(this.refused) : null}
      ${
        warn
          ? notice(
              `CO₂ varies between 2\u2009400 and 2\u2009280 ${unitNames['cm-1']}: Auto and Network leave it out by themselves, Pande and CNNAEU do not; exclude the window to leave it out of the plots too.`,
              {
                actions: html`<button
                    type="button"
                    @click=${() => this.give([...windows, co2Window])}
                  >
                    Exclude CO₂
                  </button>
                  <button
                    type="button"
                    class="bare"
                    @click=${() => {
                      this.ignored = true;
                    }}
                  >
                    Ignore
                  </button>`,
              },
            )
          : null
      }
      <p class="hint">
        Bars: reliability of each band. ${formatNumber(100 * unreliable)}&nbsp;%
        of bands weigh less than 0.5. Drag to exclude a window.
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-bands': UnmixingBands;
  }
}
