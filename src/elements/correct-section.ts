import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { CubeSummary } from '../engine/protocol.js';
import { checkSteps, newStep } from '../preprocess/check-steps.js';
import { corrections } from '../preprocess/corrections.js';
import type { Step, StepKind } from '../preprocess/steps.js';
import { isUnmixingError } from '../spectral/errors.js';
import { chainLines } from './chain-lines.js';
import { controls } from './controls.js';
import { correctStyles } from './correct.styles.js';
import { emptyState } from './empty-state.js';
import { UnmixingCorrectEvent } from './events.js';
import type { UnmixingExcludeEvent } from './events.js';
import { binIcon, gripIcon } from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { notice } from './notice.js';
import './plot.js';
import { stepFields } from './step-fields.js';
import {
  groupNames,
  parametersOf,
  stepWords,
  valueOf,
  windowsIn,
} from './step-words.js';
import type { ChainState } from './state.js';
import { switchStyles } from './switch.styles.js';
import { base } from './theme.js';

const kinds = Object.keys(corrections).filter(
  (kind): kind is StepKind => kind in corrections,
);

/**
 * The chain of corrections: a list to add to, reorder and switch off, with the mean spectrum before and after. The list is
 * one tab stop; arrows move, Alt and arrows reorder, Enter opens the values, Space switches on and off, Del removes.
 *
 * @fires unmixing-correct - the user changed the chain
 */
@customElement('unmixing-correct')
export class UnmixingCorrect extends LitElement {
  static override styles = [base, controls, switchStyles, correctStyles];

  @property({ attribute: false }) summary: CubeSummary | null = null;
  @property({ attribute: false }) chain: ChainState = emptyState.chain;
  @property() theme = 'auto';

  /** The row whose values are shown. */
  @state() private opened: number | null = null;
  @state() private focused = 0;
  @state() private dragged: number | null = null;
  @state() private over: {
    readonly row: number;
    readonly after: boolean;
  } | null = null;
  /** Why the values just given cannot be. */
  @state() private refused = '';
  /** The row that gets the focus once it is there. */
  private wanted: number | null = null;

  private give(steps: readonly Step[]): void {
    this.refused = '';
    this.dispatchEvent(new UnmixingCorrectEvent(steps));
  }

  private change(row: number, name: string, value: unknown): void {
    const { steps } = this.chain;
    try {
      this.give(checkSteps(steps.with(row, { ...steps[row], [name]: value })));
    } catch (error) {
      if (!isUnmixingError(error)) throw error;
      this.refused = error.message;
    }
  }

  private focusRow(row: number): void {
    this.focused = row;
    this.wanted = row;
    this.requestUpdate();
  }

  private add(kind: StepKind): void {
    if (!this.summary) return;
    const { steps } = this.chain;
    this.opened = steps.length;
    this.focusRow(steps.length);
    this.give([...steps, newStep(kind, this.summary)]);
  }

  private move(from: number, to: number): void {
    const { steps } = this.chain;
    if (from === to || to < 0 || to >= steps.length) return;
    const order = steps
      .map((_, i) => i)
      .toSpliced(from, 1)
      .toSpliced(to, 0, from);
    if (this.opened !== null) this.opened = order.indexOf(this.opened);
    this.focusRow(to);
    this.give(order.map((i) => steps[i]));
  }

  private removeStep(row: number): void {
    const { steps } = this.chain;
    this.opened = null;
    if (steps.length > 1) this.focusRow(Math.min(row, steps.length - 2));
    this.give(steps.toSpliced(row, 1));
  }

  private toggle(row: number): void {
    this.change(row, 'on', !this.chain.steps[row].on);
  }

  private key(event: KeyboardEvent, row: number): void {
    const { steps } = this.chain;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && event.altKey) this.move(row, row + step);
    else if (step !== undefined)
      this.focusRow(Math.min(steps.length - 1, Math.max(0, row + step)));
    else if (event.key === ' ') this.toggle(row);
    else if (event.key === 'Delete') this.removeStep(row);
    else return;
    event.preventDefault();
  }

  private dragOver(event: DragEvent, row: number): void {
    if (this.dragged === null || !(event.currentTarget instanceof HTMLElement))
      return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    this.over = { row, after: event.clientY > top + height / 2 };
  }

  private drop(event: DragEvent): void {
    const { dragged, over } = this;
    if (dragged === null || !over) return;
    event.preventDefault();
    event.stopPropagation();
    const place = over.row + (over.after ? 1 : 0);
    this.move(dragged, place > dragged ? place - 1 : place);
  }

  private readonly ended = (): void => {
    this.dragged = null;
    this.over = null;
  };

  private row(step: Step, row: number): TemplateResult {
    const { title } = corrections[step.kind];
    const open = this.opened === row;
    const over = this.over?.row === row;
    const classes = [
      'step',
      step.on ? '' : 'off',
      over ? 'over' : '',
      over && this.over?.after ? 'after' : '',
    ];
    const stop = Math.min(this.focused, this.chain.steps.length - 1);
    return html`<li>
      <div
        class=${classes.join(' ').trim()}
        draggable="true"
        @dragstart=${(event: DragEvent) => {
          event.dataTransfer?.setData('text/plain', title);
          this.dragged = row;
        }}
        @dragover=${(event: DragEvent) => this.dragOver(event, row)}
        @drop=${this.drop}
        @dragend=${this.ended}
      >
        ${gripIcon}
        <button
          type="button"
          class="name"
          tabindex=${stop === row ? 0 : -1}
          aria-expanded=${open}
          aria-description=${step.on ? '' : 'off'}
          aria-keyshortcuts="Space Delete Alt+ArrowUp Alt+ArrowDown"
          @click=${() => {
            this.opened = open ? null : row;
            this.refused = '';
          }}
          @focus=${() => {
            this.focused = row;
          }}
          @keydown=${(event: KeyboardEvent) => this.key(event, row)}
        >
          <span class="title">${title}</span>
          <span class="words"
            >${stepWords(step, this.summary?.axis.unit ?? null)}</span
          >
        </button>
        <input
          type="checkbox"
          role="switch"
          tabindex="-1"
          aria-checked=${step.on}
          aria-label="Apply ${title}"
          .checked=${live(step.on)}
          @change=${() => this.toggle(row)}
        />
      </div>
      ${open ? this.editor(step, row) : null}
    </li>`;
  }

  private editor(step: Step, row: number): TemplateResult {
    const { title, description } = corrections[step.kind];
    return html`<div
      class="editor"
      role="group"
      aria-label="Values of ${title}"
    >
      <p class="hint">${description}</p>
      ${
        this.summary &&
        stepFields(step, this.summary.original.axis, (name, value) =>
          this.change(row, name, value),
        )
      }
      ${this.refused ? notice(this.refused) : null}
      <button type="button" class="bare" @click=${() => this.removeStep(row)}>
        ${binIcon}Remove
      </button>
    </div>`;
  }

  private get menu(): MenuItem[] {
    const headings = [...new Set(Object.values(groupNames))];
    return headings.map((group) => ({
      group,
      items: kinds
        .filter((kind) => groupNames[corrections[kind].group] === group)
        .map((kind) => ({
          label: corrections[kind].title,
          act: () => this.add(kind),
        })),
    }));
  }

  /** The windows of the correction that is open can be drawn in the plot. */
  private plot({ original }: CubeSummary): TemplateResult {
    const { steps, means } = this.chain;
    const row = this.opened ?? -1;
    const step = steps.at(row);
    const drawn =
      row >= 0 && step
        ? parametersOf(step).find(([, { type }]) => type === 'windows')
        : undefined;
    const name = drawn?.[0];
    const { lines, apart } = means
      ? chainLines(means, original.axis)
      : { lines: [], apart: false };
    return html`<unmixing-plot
        theme=${this.theme}
        label="Mean spectrum before corrections, dashed, and after, solid"
        ?editable=${name !== undefined}
        .axis=${original.axis}
        .lines=${lines}
        .windows=${step && name !== undefined ? windowsIn(valueOf(step, name)) : []}
        @unmixing-exclude=${(event: UnmixingExcludeEvent) => {
          event.stopPropagation();
          if (name !== undefined) this.change(row, name, event.windows);
        }}
      ></unmixing-plot>
      ${apart ? html`<p class="hint">Each line has a scale of its own.</p>` : null}`;
  }

  private bar(): TemplateResult {
    const { steps, applied, work, last } = this.chain;
    return html`<div class="bar">
      ${
        work.state === 'running'
          ? html`<span class="hint"
                >Correcting, ${Math.round(100 * work.fraction)}&nbsp;%</span
              >
              <button
                type="button"
                class="bare"
                @click=${() => this.give(applied)}
              >
                Cancel
              </button>`
          : steps.length === 0 && last.length > 0
            ? html`<button type="button" @click=${() => this.give(last)}>
                Use the last chain
              </button>`
            : steps.length > 0
              ? html`<span class="hint"
                  >Mean spectrum: dashed before, solid after</span
                >`
              : null
      }
      <span class="space"></span>
      <unmixing-menu
        label="Add a correction"
        text="Add"
        .items=${this.menu}
      ></unmixing-menu>
    </div>`;
  }

  override updated(): void {
    const { wanted } = this;
    if (wanted === null) return;
    const rows = this.shadowRoot?.querySelectorAll<HTMLElement>('.name');
    const row = rows?.item(wanted);
    if (!row) return;
    this.wanted = null;
    row.focus();
  }

  override render(): TemplateResult | null {
    const { summary } = this;
    const { steps, applied, work } = this.chain;
    if (!summary) return null;
    return html`${
        steps.length === 0
          ? html`<p class="hint">The image is used as it is.</p>`
          : html`<ul
              class="steps"
              aria-label="Corrections, in the order in which they are applied"
            >
              ${steps.map((step, row) => this.row(step, row))}
            </ul>`
      }
      ${
        work.state === 'failed'
          ? notice(work.error.message, {
              error: true,
              actions: html`<button
                type="button"
                @click=${() => this.give(applied)}
              >
                Go back to what worked
              </button>`,
            })
          : null
      }
      ${steps.length > 0 ? this.plot(summary) : null}
      ${
        work.state === 'running'
          ? html`<progress
              aria-label="Correcting the image"
              max="1"
              .value=${work.fraction}
            ></progress>`
          : html`<div class="rest"></div>`
      }
      ${this.bar()}
      ${
        work.state === 'idle'
          ? summary.notes.map((note) => html`<p class="hint told">${note}</p>`)
          : null
      }
      <div class="sr" role="status">
        ${
          work.state === 'running'
            ? 'Correcting the image'
            : work.state === 'idle' && steps.length > 0
              ? 'The image is corrected'
              : ''
        }
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-correct': UnmixingCorrect;
  }
}
