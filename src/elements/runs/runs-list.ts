import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { doTheSame } from '../../engine/correct.js';
import { controls } from '../controls.js';
import { UnmixingRunsEvent } from '../events.js';
import { formatFigure, formatSeconds, formatShare } from '../format.js';
import { binIcon, eyeIcon, pencilIcon } from '../icons.js';
import '../menu.js';
import type { MenuItem } from '../menu.js';
import { meanShares } from '../shown.js';
import type { KeptRun, SessionState } from '../state.js';
import { styleMap } from '../style-map.js';
import { base } from '../theme.js';
import { keptRuns, mostRuns } from './kept.js';
import { bytesHeld } from './memory.js';
import { listRow } from '../list-row.styles.js';
import { runsListStyles } from './runs-list.styles.js';
import { formatBytes, formatMoment } from './words.js';

/**
 * The results of the cube that are kept, the last first: what each is called, when it was done and how long it took, its shares of the
 * area in its colours, its mean angle. One tab stop; arrows move, Enter shows, F2 renames, Del removes.
 *
 * @fires unmixing-runs - the user asked for a result to be shown, renamed or thrown away
 */
@customElement('unmixing-runs')
export class UnmixingRuns extends LitElement {
  static override styles = [base, controls, listRow, runsListStyles];

  @property({ attribute: false }) session: SessionState | null = null;

  @state() private focused: string | null = null;
  @state() private renaming: string | null = null;

  private get runs(): readonly KeptRun[] {
    return this.session ? keptRuns(this.session).toReversed() : [];
  }

  /** While a run goes on its previews are on show, and stay. */
  private get busy(): boolean {
    return this.session?.run.state === 'running';
  }

  private row(run: string): HTMLElement | null {
    return (
      this.shadowRoot?.querySelector<HTMLElement>(`li[data-run='${run}']`) ??
      null
    );
  }

  private async focusRow(run: string): Promise<void> {
    this.focused = run;
    await this.updateComplete;
    this.row(run)?.querySelector<HTMLElement>('.main')?.focus();
  }

  private show(run: string): void {
    this.focused = run;
    if (!this.busy && run !== this.session?.shownRun)
      this.dispatchEvent(new UnmixingRunsEvent({ act: 'show', run }));
  }

  private isHeld(run: string): boolean {
    return this.busy && run === this.session?.shownRun;
  }

  private discard(run: string): void {
    if (this.isHeld(run)) return;
    const ids = this.runs.map(({ id }) => id);
    const at = ids.indexOf(run);
    const next = ids[at + 1] ?? ids[at - 1];
    this.dispatchEvent(new UnmixingRunsEvent({ act: 'remove', run }));
    if (next) void this.focusRow(next);
  }

  private async rename(run: string): Promise<void> {
    this.renaming = run;
    await this.updateComplete;
    this.row(run)?.querySelector<HTMLInputElement>('.rename')?.select();
  }

  private named({ id, name: before }: KeptRun, event: Event): void {
    if (this.renaming !== id) return;
    this.renaming = null;
    const name =
      event.target instanceof HTMLInputElement ? event.target.value.trim() : '';
    if (name && name !== before)
      this.dispatchEvent(
        new UnmixingRunsEvent({ act: 'rename', run: id, name }),
      );
    if (event.type !== 'blur') void this.focusRow(id);
  }

  private key(event: KeyboardEvent, run: string): void {
    const ids = this.runs.map(({ id }) => id);
    const at = ids.indexOf(run);
    const to = {
      ArrowDown: ids.at(at + 1) ?? run,
      ArrowUp: ids[Math.max(0, at - 1)],
      Home: ids[0],
      End: ids[ids.length - 1],
    }[event.key];
    if (to !== undefined) void this.focusRow(to);
    else if (event.key === 'F2') void this.rename(run);
    else if (event.key === 'Delete') this.discard(run);
    else return;
    event.preventDefault();
  }

  private items({ id }: KeptRun): MenuItem[] {
    return [
      {
        label: 'Show',
        icon: eyeIcon,
        key: 'Enter',
        disabled: this.busy || id === this.session?.shownRun,
        act: () => this.show(id),
      },
      {
        label: 'Rename',
        icon: pencilIcon,
        key: 'F2',
        act: () => void this.rename(id),
      },
      {
        label: 'Remove',
        icon: binIcon,
        key: 'Del',
        disabled: this.isHeld(id),
        act: () => this.discard(id),
      },
    ];
  }

  private strata({ unmixing, colours }: KeptRun): TemplateResult {
    const { names, abundances } = unmixing;
    const areas = meanShares(abundances, names.length);
    return html`<div
      class="strata"
      role="img"
      aria-label="Shares of the area: ${names
        .map((name, r) => `${name} ${formatShare(areas[r])}`)
        .join(', ')}"
    >
      ${areas.map(
        (area, r) =>
          html`<span
            style=${styleMap({
              '--_fill': colours[r] ?? '#808080',
              'flex-grow': String(area),
            })}
          ></span>`,
      )}
    </div>`;
  }

  private renderRow(
    run: KeptRun,
    stop: string | undefined,
    { shownRun, chain }: SessionState,
  ): TemplateResult {
    const { id, name, finished, result, steps } = run;
    const { seconds, meanAngle } = result.report;
    const shown = id === shownRun;
    const others = !doTheSame(steps, chain.applied);
    const under = `${formatMoment(finished)}, ${others ? 'other corrections' : formatSeconds(seconds)}`;
    const angle = `${formatFigure(meanAngle)} rad`;
    return html`<li data-run=${id} aria-current=${shown}>
      ${
        this.renaming === id
          ? html`<input
              class="rename"
              type="text"
              aria-label="Name of the run"
              .value=${name}
              @blur=${(event: Event) => this.named(run, event)}
              @keydown=${(event: KeyboardEvent) => {
                event.stopPropagation();
                if (event.key === 'Enter') this.named(run, event);
                if (event.key === 'Escape') {
                  this.renaming = null;
                  void this.focusRow(id);
                }
              }}
            />`
          : html`<button
              type="button"
              class="main"
              tabindex=${stop === id ? 0 : -1}
              title=${others ? `${name}: shown with its corrections` : name}
              aria-description="${shown ? 'on show, ' : ''}mean angle ${angle}"
              @click=${() => this.show(id)}
              @focus=${() => {
                this.focused = id;
              }}
              @keydown=${(event: KeyboardEvent) => this.key(event, id)}
            >
              <span class="name">${name}</span>
              <span class="under">${under}</span>
            </button>`
      }
      ${this.strata(run)}
      <span class="angle" title="Mean angle">${angle}</span>
      <unmixing-menu
        skipped
        label="Menu of ${name}"
        .items=${this.items(run)}
      ></unmixing-menu>
    </li>`;
  }

  private hint(runs: readonly KeptRun[]): string {
    const held = `${runs.length === 1 ? '1 run holds' : `${runs.length} runs hold`} ${formatBytes(bytesHeld(runs))}.`;
    if (this.busy) return `${held} Others can be shown when this run is done.`;
    if (runs.length < mostRuns) return held;
    return `${held} The next takes the place of the oldest, “${runs[runs.length - 1].name}”.`;
  }

  override render(): TemplateResult | null {
    const { session, runs } = this;
    if (!session || runs.length === 0) return null;
    const shown = runs.find(({ id }) => id === session.shownRun);
    const stop = (
      runs.find(({ id }) => id === this.focused) ??
      shown ??
      runs[0]
    ).id;
    return html`<h4 id="runs">Runs</h4>
      <ul class="list" aria-labelledby="runs">
        ${runs.map((run) => this.renderRow(run, stop, session))}
      </ul>
      <p class="hint">${this.hint(runs)}</p>
      <div class="sr" role="status">
        ${shown && !this.busy ? `${shown.name} is on show` : ''}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-runs': UnmixingRuns;
  }
}
