import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Comparison } from '../hosts/host.js';
import { comparable } from './comparing.js';
import { controls } from './controls.js';
import { cubeLayerId } from './entries.js';
import { UnmixingCompareEvent } from './events.js';
import { recall, remember } from './remember.js';
import { segments } from './segments.js';
import { select } from './select.js';
import type { ComparisonState, LayerEntry } from './state.js';
import { base } from './theme.js';

const modes = [
  ['checkerboard', 'Checks'],
  ['blend', 'Blend'],
  ['cyan-magenta', 'Cyan, magenta'],
] as const satisfies readonly (readonly [Comparison['mode'], string])[];

/**
 * Two layers to be shown against each other in the viewer's own way, and how. Its button begins and ends it, and so does
 * Escape in the panel.
 *
 * @fires unmixing-compare - the user began, changed or ended it
 */
@customElement('unmixing-compare')
export class UnmixingCompare extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        margin-top: 6px;
      }
      .with {
        grid-template-columns: var(--_label, 84px) minmax(0, 1fr) auto;
        column-gap: 0;
      }
      .with button {
        margin-left: 6px;
        height: 24px;
      }
      .segments label {
        padding: 0 4px;
      }
      @container (max-width: 300px) {
        .segments label {
          padding: 0 1px;
        }
      }
    `,
  ];

  @property({ attribute: false }) layers: readonly LayerEntry[] = [];
  @property({ attribute: false }) comparison: ComparisonState | null = null;
  /** What was chosen here, as far as it is still there. */
  @state() private first = '';
  @state() private second = '';
  @state() private mode: Comparison['mode'] =
    modes.find(([mode]) => mode === recall('compare mode'))?.[0] ??
    'checkerboard';

  private get chosen(): ComparisonState {
    const { comparison, mode } = this;
    if (comparison) return comparison;
    const ids = comparable(this.layers).map(([id]) => id);
    const known = (id: string, otherwise: string): string =>
      ids.includes(id) ? id : otherwise;
    const first = known(this.first, ids.at(0) ?? '');
    const second = known(this.second, known(cubeLayerId, ids.at(-1) ?? ''));
    return { first, second, mode };
  }

  private choose(patch: Partial<ComparisonState>): void {
    const chosen = { ...this.chosen, ...patch };
    this.first = chosen.first;
    this.second = chosen.second;
    this.mode = chosen.mode;
    if (patch.mode) remember('compare mode', patch.mode);
    if (this.comparison) this.give(chosen);
  }

  private give(comparison: ComparisonState | null): void {
    this.dispatchEvent(new UnmixingCompareEvent(comparison));
  }

  override render(): TemplateResult {
    const { chosen, comparison } = this;
    const choices = comparable(this.layers);
    return html`<div class="row with">
        <label for="first">Compare</label>
        ${select({
          id: 'first',
          choices,
          chosen: chosen.first,
          onChoice: (first) => this.choose({ first }),
        })}
        <button
          type="button"
          aria-pressed=${comparison !== null}
          title=${comparison ? 'End comparing (Escape)' : 'Compare in the viewer'}
          @click=${() => this.give(comparison ? null : chosen)}
        >
          ${comparison ? 'End' : 'Start'}
        </button>
      </div>
      <div class="row">
        <label for="second">with</label>
        ${select({
          id: 'second',
          choices,
          chosen: chosen.second,
          onChoice: (second) => this.choose({ second }),
        })}
      </div>
      <div class="row">
        ${segments({
          id: 'mode',
          label: 'Shown as',
          choices: modes,
          chosen: chosen.mode,
          onChoice: (mode) => this.choose({ mode }),
        })}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-compare': UnmixingCompare;
  }
}
