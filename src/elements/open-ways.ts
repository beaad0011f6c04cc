import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import { UnmixingOpenEvent, UnmixingOpenUrlEvent } from './events.js';
import { folderIcon } from './icons.js';
import { base } from './theme.js';

/**
 * The ways to open something: files, a folder, or an address of the web, which a line below asks for.
 *
 * @slot - further buttons
 * @fires unmixing-open - files or a folder were chosen
 * @fires unmixing-open-url - an address was given
 */
@customElement('unmixing-open-ways')
export class UnmixingOpenWays extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host([primary]) .actions {
        justify-content: center;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 6px;
        margin-top: 8px;
        text-align: left;
      }
      .field {
        height: 26px;
      }
    `,
  ];

  /** Nothing is open yet: this is what there is to do. */
  @property({ type: Boolean, reflect: true }) primary = false;
  @state() private asksAddress = false;
  @query('#address') private address!: HTMLInputElement | null;

  private async choose(what: 'files' | 'folder'): Promise<void> {
    const files = await chooseFiles(what);
    if (files.length > 0) this.dispatchEvent(new UnmixingOpenEvent(files));
  }

  private async toggleAddress(): Promise<void> {
    this.asksAddress = !this.asksAddress;
    await this.updateComplete;
    this.address?.focus();
  }

  private given(event: Event): void {
    event.preventDefault();
    const url = this.address?.value.trim() ?? '';
    if (url === '') return;
    this.asksAddress = false;
    this.dispatchEvent(new UnmixingOpenUrlEvent(url));
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.asksAddress = false;
    this.shadowRoot?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  };

  override render(): TemplateResult {
    return html`<div class="actions">
        <button
          type="button"
          class=${this.primary ? 'primary' : ''}
          @click=${() => void this.choose('files')}
        >
          ${this.primary ? folderIcon : null}${this.primary ? 'Open file' : 'Choose file'}
        </button>
        <button type="button" @click=${() => void this.choose('folder')}>
          Folder
        </button>
        <button
          type="button"
          aria-expanded=${this.asksAddress}
          @click=${() => void this.toggleAddress()}
        >
          URL
        </button>
        <slot></slot>
      </div>
      ${
        this.asksAddress
          ? html`<form @submit=${this.given} @keydown=${this.pressed}>
              <div class="field">
                <input
                  id="address"
                  type="text"
                  inputmode="url"
                  autocomplete="off"
                  spellcheck="false"
                  aria-label="Address of a file or an OME-Zarr image"
                  placeholder="https://"
                />
              </div>
              <button type="submit">Open</button>
            </form>`
          : null
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-open-ways': UnmixingOpenWays;
  }
}
