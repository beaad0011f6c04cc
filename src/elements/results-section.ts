import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { imageFormats, spectraFormats } from '../formats/save-formats.js';
import { controls } from './controls.js';
import { UnmixingSaveEvent } from './events.js';
import { checkIcon, copyIcon, downloadIcon, pictureIcon } from './icons.js';
import { gridRows, saveGrid } from './grid-rows.js';
import { notice } from './notice.js';
import { recall, remember } from './remember.js';
import { select } from './select.js';
import type {
  SaveGrid,
  SaveRequest,
  SavingState,
  SessionState,
} from './state.js';
import { base } from './theme.js';

/**
 * How far the result can be believed, and what can be saved, each in a format of its own, which is remembered.
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
      .row.grid {
        grid-template-columns: minmax(0, 1fr) 150px;
      }
      .told {
        grid-template-columns: minmax(0, 1fr) 26px;
      }
      .diagnostics {
        display: grid;
        gap: 6px;
        margin-bottom: 10px;
        padding-bottom: 10px;
        border-bottom: 1px solid var(--_line);
        color: var(--_text);
        overflow-wrap: anywhere;
      }
      .diagnostics li {
        display: grid;
        grid-template-columns: 10px minmax(0, 1fr);
      }
      .diagnostics li::before {
        content: '';
        width: 4px;
        height: 4px;
        margin-top: 6px;
        border-radius: 50%;
        background: var(--_control);
      }
      .nothing {
        margin-bottom: 8px;
      }
      #figure {
        padding-top: 6px;
      }
    `,
  ];

  @property({ attribute: false }) saving: SavingState = { state: 'idle' };
  /** There are maps and endmembers. */
  @property({ type: Boolean }) unmixed = false;
  /** Plain sentences on how far the result can be believed; null while there is none. */
  @property({ attribute: false }) diagnostics: readonly string[] | null = null;
  /** The cube is not as it was opened. */
  @property({ type: Boolean }) corrected = false;

  /** What figures are made of; null where none can be. */
  @property({ attribute: false }) session: SessionState | null = null;

  @state() private figure = false;
  /** What became of copying. */
  @state() private copied = '';

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

  /** The pixels of maps, where they are not as measured. */
  private get grid(): { readonly grid?: SaveGrid } {
    const grid = this.session ? saveGrid(this.session) : undefined;
    return grid ? { grid } : {};
  }

  private async copy(diagnostics: readonly string[]): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${diagnostics.join('\n')}\n`);
      this.copied = 'Copied';
    } catch {
      this.copied = 'This page may not copy: mark the text instead';
    }
  }

  private told(diagnostics: readonly string[]): TemplateResult {
    if (diagnostics.length === 0)
      return html`<p class="hint nothing">
        Nothing stands out: bands, pixels and endmembers fit alike.
      </p>`;
    return html`<div class="row told">
        <span class="label" id="told">How far to believe it</span>
        <button
          type="button"
          class="icon"
          aria-label="Copy what stands out"
          title=${this.copied || 'Copy'}
          @click=${() => void this.copy(diagnostics)}
        >
          ${this.copied === 'Copied' ? checkIcon : copyIcon}
        </button>
      </div>
      <ul class="diagnostics" aria-labelledby="told">
        ${diagnostics.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('diagnostics')) this.copied = '';
  }

  /** Figures, which are loaded when they are first wanted. */
  private figures(session: SessionState): TemplateResult {
    const toggle = (): void => {
      this.figure = !this.figure;
      if (this.figure) void import('./figure/figure.js');
    };
    return html`<div class="row">
        <span class="label">Figure</span>
        <span class="hint">to publish</span>
        <button
          type="button"
          class="icon"
          aria-label="Make a figure"
          title="Make a figure"
          aria-expanded=${this.figure}
          aria-controls="figure"
          @click=${toggle}
        >
          ${pictureIcon}
        </button>
      </div>
      <div id="figure" ?hidden=${!this.figure}>
        ${
          this.figure
            ? html`<unmixing-figure .session=${session}></unmixing-figure>`
            : null
        }
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
      ${this.diagnostics && this.told(this.diagnostics)}
      ${
        unmixed
          ? html`${this.row(
                'abundances',
                'Abundance maps',
                imageFormats,
                (format) => ({ what: 'abundances', format, ...this.grid }),
              )}
              ${this.row('classes', 'Classes', imageFormats, (format) => ({
                what: 'classes',
                format,
                ...this.grid,
              }))}
              ${this.session && gridRows(this.session, () => this.requestUpdate())}
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
      ${this.session && this.figures(this.session)}
      <div class="sr" role="status">
        ${saving.state === 'running' ? 'Saving' : this.copied}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-results': UnmixingResults;
  }
}
