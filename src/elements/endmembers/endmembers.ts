import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { SpectralAxis } from '../../spectral/axis.js';
import { chooseFiles } from '../choose-files.js';
import type { EndmemberEdit } from '../../engine/endmember-edits.js';
import { editWords } from '../../session/endmember-edits.js';
import { controls } from '../controls.js';
import { listRow } from '../list-row.styles.js';
import { endmembersStyles } from './endmembers.styles.js';
import {
  UnmixingEndmemberEvent,
  UnmixingFixEndmemberEvent,
  UnmixingRecolourEvent,
  UnmixingRenameEvent,
  UnmixingSelectEvent,
  UnmixingStyleEvent,
} from '../events.js';
import { formatFigure, formatNumber, formatShare } from '../format.js';
import { lockIcon, pencilIcon, warnIcon } from '../icons.js';
import '../menu.js';
import type { MenuItem } from '../menu.js';
import { findPeaks } from '../peaks.js';
import { inkColour } from '../shown.js';
import type { Evidence } from '../identify/ask.js';
import { candidateLine } from '../identify/candidate-line.js';
import type { ShownEndmembers } from '../shown.js';
import { sparkline, sparklinePath } from '../sparkline.js';
import type { EditingState, LayerEntry } from '../state.js';
import { styleMap } from '../style-map.js';
import { base } from '../theme.js';
import type { EndmemberAction } from './action.js';
import {
  type Merging,
  type MergedSpectrum,
  editingBar,
  mergingBar,
} from './edit-bar.js';
import { rowMenu } from './row-menu.js';

/**
 * The endmembers: how much of the area each takes, its spectrum and its name. One tab stop; arrows move, with Alt the endmember,
 * Enter selects, Space hides, F2 renames, L holds fixed, M merges it with the next one chosen, Del deletes it.
 *
 * @fires unmixing-select - the user turned to an endmember
 * @fires unmixing-style - the user hid or showed an endmember's overlay
 * @fires unmixing-rename - the user gave a name
 * @fires unmixing-recolour - the user chose a colour
 * @fires unmixing-fix-endmember - the user asked that the next run hold an endmember fixed, or no longer
 * @fires unmixing-endmember - the user edited endmembers
 * @csspart strata - the bar of area shares
 */
@customElement('unmixing-endmembers')
export class UnmixingEndmembers extends LitElement {
  static override styles = [base, controls, listRow, endmembersStyles];

  @property({ attribute: false }) shown: ShownEndmembers | null = null;
  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) colours: readonly string[] = [];
  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  @property({ attribute: false }) selected: number | null = null;
  /** Names of what the next run holds fixed. */
  @property({ attribute: false }) fixed: readonly string[] = [];
  /** What libraries say of them; null while that is not known. */
  @property({ attribute: false }) evidence: Evidence | null = null;
  /** Plain sentences about the result. */
  @property({ attribute: false }) warnings: readonly string[] = [];

  /** What is done to them. */
  @property({ attribute: false }) editing: EditingState = { state: 'idle' };
  /** What was done to them since the run. */
  @property({ attribute: false }) edits: readonly EndmemberEdit[] = [];
  /** A pixel is held, whose spectrum can take the place of one. */
  @property({ type: Boolean }) pinned = false;

  @state() private focused = 0;
  @state() private renaming: number | null = null;
  @state() private merging: Merging | null = null;

  private get count(): number {
    return this.shown?.names.length ?? 0;
  }

  /** What is on show still changes. */
  private get busy(): boolean {
    return (this.shown?.live ?? true) || this.editing.state === 'running';
  }

  private ask(action: EndmemberAction): void {
    this.dispatchEvent(new UnmixingEndmemberEvent(action));
  }

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
    if (this.merging?.gone === null) {
      void this.mergeWith(endmember);
      return;
    }
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
    if (this.busy) return;
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
    const { count } = this;
    if (event.altKey) {
      if (event.key === 'ArrowDown') this.move(endmember, 1);
      else if (event.key === 'ArrowUp') this.move(endmember, -1);
      else return;
      event.preventDefault();
      return;
    }
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
    else if (event.key.toLowerCase() === 'm') void this.merge(endmember);
    else if (event.key === 'Delete') this.discard(endmember);
    else if (event.key === 'Escape' && this.merging) {
      // The panel takes Escape for the end of what goes on.
      event.stopPropagation();
      this.merging = null;
    } else return;
    event.preventDefault();
  }

  private isFixed(endmember: number): boolean {
    return this.fixed.includes(this.shown?.names[endmember] ?? '');
  }

  private fix(endmember: number): void {
    if (!this.busy)
      this.dispatchEvent(
        new UnmixingFixEndmemberEvent(endmember, !this.isFixed(endmember)),
      );
  }

  private move(endmember: number, by: -1 | 1): void {
    const to = endmember + by;
    if (this.busy || to < 0 || to >= this.count) return;
    const order = Array.from({ length: this.count }, (_, r) => r);
    order.splice(to, 0, ...order.splice(endmember, 1));
    this.ask({ act: 'change', change: { kind: 'reorder', order } });
    void this.focusRow(to);
  }

  /** Begins to merge, or ends the question with what goes into the first. */
  private async merge(endmember: number): Promise<void> {
    if (this.busy || this.count < 3) return;
    if (this.merging?.gone === null) await this.mergeWith(endmember);
    else {
      this.merging = { into: endmember, gone: null };
      await this.focusRow(endmember);
    }
  }

  private async mergeWith(endmember: number): Promise<void> {
    const { merging } = this;
    if (!merging || merging.into === endmember) return;
    // What is held fixed stays.
    this.merging =
      this.isFixed(endmember) && !this.isFixed(merging.into)
        ? { into: endmember, gone: merging.into }
        : { ...merging, gone: endmember };
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.ask button')?.focus();
  }

  private merged(spectrum: MergedSpectrum): void {
    const { merging } = this;
    this.merging = null;
    if (merging?.gone == null) return;
    const { into, gone } = merging;
    this.ask({
      act: 'change',
      change: { kind: 'merge', endmembers: [into, gone], spectrum },
    });
    void this.focusRow(gone < into ? into - 1 : into);
  }

  private discard(endmember: number): void {
    if (this.busy || this.count < 3) return;
    this.ask({ act: 'change', change: { kind: 'delete', endmember } });
    void this.focusRow(Math.min(endmember, this.count - 2));
  }

  private async fromFile(endmember: number): Promise<void> {
    const files = await chooseFiles();
    if (files.length > 0)
      this.ask({ act: 'replace-from-files', endmember, files });
  }

  private items(endmember: number): MenuItem[] {
    return rowMenu(
      {
        place: endmember,
        count: this.count,
        held: this.isFixed(endmember),
        visible: this.layerOf(endmember)?.style.visible ?? null,
        busy: this.busy,
        pinned: this.pinned,
      },
      {
        rename: () => void this.rename(endmember),
        recolour: () =>
          this.row(endmember)
            ?.querySelector<HTMLInputElement>('[type=color]')
            ?.showPicker(),
        fix: () => this.fix(endmember),
        toggle: () => this.toggle(endmember),
        move: (by) => this.move(endmember, by),
        merge: () => void this.merge(endmember),
        split: () => this.ask({ act: 'split', endmember }),
        replaceFromFile: () => void this.fromFile(endmember),
        replaceByPixel: () => this.ask({ act: 'replace-by-pixel', endmember }),
        flip: () =>
          this.ask({ act: 'change', change: { kind: 'flip', endmember } }),
        discard: () => this.discard(endmember),
      },
    );
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
      class=${this.merging?.into === r ? 'into' : ''}
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
                >${
                  shown.live
                    ? 'refining'
                    : (candidateLine(this.evidence, r) ??
                      this.peaks(shown.spectra[r]))
                }</span
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

  /** Sentences that are folded under how many they are. */
  private folded(
    sentences: readonly string[],
    words: string,
    warns: boolean,
  ): TemplateResult | null {
    const count = sentences.length;
    if (count === 0) return null;
    return html`<details class=${warns ? 'warns' : ''}>
      <summary>${warns ? warnIcon : pencilIcon}${count} ${words}</summary>
      <ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </details>`;
  }

  private bar(shown: ShownEndmembers): TemplateResult | null {
    const acts = {
      cancel: () => {
        this.merging = null;
        if (this.editing.state !== 'idle') this.ask({ act: 'cancel' });
        void this.focusRow(Math.min(this.focused, this.count - 1));
      },
      merge: (spectrum: MergedSpectrum) => this.merged(spectrum),
      choose: (spectrum: number) => this.ask({ act: 'choose', spectrum }),
    };
    const { merging, editing } = this;
    return merging && editing.state !== 'running'
      ? mergingBar(merging, shown.names, (r) => this.isFixed(r), acts)
      : editingBar(editing, shown.names, acts);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Places mean others once endmembers came or went.
    if (changed.has('shown') && changed.get('shown') !== undefined)
      this.merging = null;
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
      ${this.bar(shown)}
      <ul class="list" aria-label="Endmembers">
        ${shown.names.map((_, r) => this.renderRow(shown, r))}
      </ul>
      ${this.folded(
        this.edits.map(editWords),
        this.edits.length === 1 ? 'edit since the run' : 'edits since the run',
        false,
      )}
      ${this.folded(
        this.warnings,
        this.warnings.length === 1
          ? 'remark on this result'
          : 'remarks on this result',
        true,
      )}
      <div class="sr" role="status">
        ${this.editing.state === 'running' ? this.editing.what : ''}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-endmembers': UnmixingEndmembers;
  }
}
