import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controls } from '../controls.js';
import { UnmixingCompareEvent } from '../events.js';
import { segments } from '../segments.js';
import { select } from '../select.js';
import { slider } from '../slider.js';
import type { ComparisonState, SessionState } from '../state.js';
import { base } from '../theme.js';
import { choicesFor, comparisonOf } from './choices.js';
import { ownModes, rates, rememberWays, viewerModes } from './modes.js';

/**
 * Two things to be shown against each other, and how. Its button begins and ends it, and so does Escape in the panel.
 *
 * @fires unmixing-compare - the user began, changed or ended it
 */
@customElement('unmixing-compare')
export class UnmixingCompare extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .start {
        margin-top: 6px;
        justify-content: end;
      }
      button {
        width: 100%;
      }
      .hint {
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionState | null = null;
  /** What was chosen here while nothing is compared, as far as it is still there. */
  @state() private asked: Partial<ComparisonState> = {};

  private choose(
    chosen: ComparisonState,
    patch: Partial<ComparisonState>,
  ): void {
    const { session } = this;
    if (!session) return;
    const next = comparisonOf(session, { ...chosen, ...patch });
    if (!next) return;
    this.asked = next;
    if (session.comparison) this.give(next);
    else rememberWays(next);
  }

  private give(comparison: ComparisonState | null): void {
    this.dispatchEvent(new UnmixingCompareEvent(comparison));
  }

  /** What belongs to the mode. */
  private way(chosen: ComparisonState): TemplateResult | null {
    const percent = (label: string, key: 'divider' | 'mix'): TemplateResult =>
      html`<div class="row">
        <span class="label">${label}</span>
        ${slider({
          label,
          value: Math.round(100 * chosen[key]),
          low: 0,
          high: 100,
          step: 1,
          unit: '%',
          onValue: (value) => this.choose(chosen, { [key]: value / 100 }),
        })}
      </div>`;
    switch (chosen.mode) {
      case 'overlay':
        return percent('Mix', 'mix');
      case 'swipe':
        return html`${percent('Divider', 'divider')}
          <div class="row">
            ${segments({
              id: 'upright',
              label: 'Its sides',
              choices: [
                ['upright', 'Left, right'],
                ['level', 'Above, below'],
              ],
              chosen: chosen.upright ? 'upright' : 'level',
              onChoice: (how) =>
                this.choose(chosen, { upright: how === 'upright' }),
            })}
          </div>`;
      case 'flicker':
        return html`<div class="row">
            <span class="label">Rate</span>
            ${slider({
              label: 'Changes a second',
              value: chosen.rate,
              low: rates[0],
              high: rates[1],
              step: 0.5,
              unit: '/ s',
              onValue: (rate) => this.choose(chosen, { rate }),
            })}
          </div>
          <p class="hint">Space over the image pauses it.</p>`;
      default:
        return null;
    }
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (!session) return null;
    const { comparison, viewer } = session;
    const chosen = comparison ?? comparisonOf(session, this.asked);
    if (!chosen)
      return html`<p class="hint">
        Open a second image, or unmix: then two can be compared.
      </p>`;
    const subjects = choicesFor(session, chosen.mode);
    return html`<div class="row">
        <label for="first">First</label>
        ${select({
          id: 'first',
          choices: subjects,
          chosen: chosen.first,
          onChoice: (first) => this.choose(chosen, { first }),
        })}
      </div>
      <div class="row">
        <label for="second">Second</label>
        ${select({
          id: 'second',
          choices: subjects,
          chosen: chosen.second,
          onChoice: (second) => this.choose(chosen, { second }),
        })}
      </div>
      <div class="row">
        <label for="mode">Shown as</label>
        ${select({
          id: 'mode',
          choices: viewer.capabilities.has('compare')
            ? [...ownModes, ...viewerModes]
            : ownModes,
          chosen: chosen.mode,
          onChoice: (mode) => this.choose(chosen, { mode }),
        })}
      </div>
      ${this.way(chosen)}
      <div class="start">
        <button
          type="button"
          aria-pressed=${comparison !== null}
          title=${comparison ? 'End comparing (Escape)' : 'Compare over the image'}
          @click=${() => this.give(comparison ? null : chosen)}
        >
          ${comparison ? 'End comparing' : 'Compare'}
        </button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-compare': UnmixingCompare;
  }
}
