import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { imageFormats, spectraFormats } from '../formats/save-formats.js';
import { controls } from './controls.js';
import { UnmixingSaveEvent } from './events.js';
import { downloadIcon } from './icons.js';
import { notice } from './notice.js';
import { recall, remember } from './remember.js';
import { select } from './select.js';
import type { SaveRequest, SavingState } from './state.js';
import { base } from './theme.js';

/**
 * What can be saved, each in a format of its own, which is remembered.
 *
 * @fires unmixing-save - the user asked for something to be saved
 */
@customElement('unmixing-results')
export class UnmixingResults extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .row {
        grid-template-columns: minmax(0, 1fr) 118px 26px;
        column-gap: 6px;
      }
      .note {
        margin-bottom: 8px;
      }
    `,
  ];

  @property({ attribute: false }) saving: SavingState = { state: 'idle' };
  /** There are maps and endmembers. */
  @property({ type: Boolean }) unmixed = false;
  /** The cube is not as it was opened. */
  @property({ type: Boolean }) corrected = false;

  private row<Format extends string>(
    what: Exclude<SaveRequest['what'], 'recipe'>,
    label: string,
    formats: readonly (readonly [Format, string])[],
    request: (format: Format) => SaveRequest,
  ): TemplateResult {
    const key = `save ${what}`;
    const last = recall(key);
    const [chosen] = formats.find(([id]) => id === last) ?? formats[0];
    const { saving } = this;
    return html`<div class="row">
      <label for=${what}
        >${saving.state === 'running' && saving.what === what ? 'Saving …' : label}</label
      >
      ${select({
        id: what,
        choices: formats,
        chosen,
        onChoice: (format) => {
          remember(key, format);
          this.requestUpdate();
        },
      })}
      ${this.button(label, request(chosen))}
    </div>`;
  }

  private button(label: string, request: SaveRequest): TemplateResult {
    return html`<button
      type="button"
      class="icon"
      aria-label="Save ${label}"
      title="Save"
      ?disabled=${this.saving.state === 'running'}
      @click=${() => this.dispatchEvent(new UnmixingSaveEvent(request))}
    >
      ${downloadIcon}
    </button>`;
  }

  override render(): TemplateResult {
    const { saving, unmixed, corrected } = this;
    return html`${
        saving.state === 'failed'
          ? notice(saving.error.message, { error: true })
          : null
      }
      ${
        unmixed
          ? html`${this.row(
                'abundances',
                'Abundance maps',
                imageFormats,
                (format) => ({ what: 'abundances', format }),
              )}
              ${this.row(
                'endmembers',
                'Endmembers',
                spectraFormats,
                (format) => ({
                  what: 'endmembers',
                  format,
                }),
              )}
              <div class="row">
                <span class="label">Recipe</span>
                <span class="hint">replays the run</span>
                ${this.button('Recipe', { what: 'recipe' })}
              </div>`
          : null
      }
      ${this.row(
        'cube',
        corrected ? 'Corrected cube' : 'Cube',
        imageFormats,
        (format) => ({ what: 'cube', format }),
      )}
      <div class="sr" role="status">
        ${saving.state === 'running' ? 'Saving' : ''}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-results': UnmixingResults;
  }
}
