import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { chevronIcon } from './icons.js';
import { base } from './theme.js';

/** The user opened or closed a section of the panel. */
export class UnmixingSectionEvent extends Event {
  constructor(readonly open: boolean) {
    super('unmixing-section', { bubbles: true, composed: true });
  }
}

/**
 * One step of the panel: a header that states the step's result in one line, and what is under it when open.
 *
 * @slot - what the section holds
 * @slot summary - the result in one line, in place of `summary`
 * @fires unmixing-section - the user opened or closed it
 * @csspart header - the button that opens and closes
 * @csspart body - the box around the content
 */
@customElement('unmixing-section')
export class UnmixingSection extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        border-bottom: 1px solid var(--_line);
      }
      button {
        display: flex;
        align-items: center;
        gap: 4px;
        width: 100%;
        height: 30px;
        padding: 0 12px 0 6px;
        border: 0;
        background: none;
        text-align: left;
        cursor: default;
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      h3 {
        font: inherit;
      }
      svg {
        width: 14px;
        height: 14px;
        color: var(--_text-2);
        transition: transform 120ms ease-out;
      }
      button[aria-expanded='true'] svg {
        transform: rotate(90deg);
      }
      .title {
        font-weight: 600;
        font-size: 12px;
        flex: none;
      }
      .summary {
        flex: 1;
        min-width: 0;
        display: flex;
        justify-content: flex-end;
        align-items: center;
        gap: 6px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_text-3);
      }
      .summary.warn {
        color: var(--_warn);
      }
      .summary.error {
        color: var(--_error);
      }
      button[aria-disabled='true'] .title,
      button[aria-disabled='true'] svg {
        color: var(--_text-3);
      }
      .body {
        padding: 0 12px 12px;
      }
      @media (prefers-reduced-motion: reduce) {
        svg {
          transition: none;
        }
      }
    `,
  ];

  @property() heading = '';
  @property() summary = '';
  @property() tone: 'plain' | 'warn' | 'error' = 'plain';
  @property({ type: Boolean, reflect: true }) open = false;
  /** Its turn has not come; the summary says when it does. */
  @property({ type: Boolean }) waiting = false;

  private toggle(): void {
    if (!this.waiting) this.dispatchEvent(new UnmixingSectionEvent(!this.open));
  }

  override render(): TemplateResult {
    const open = this.open && !this.waiting;
    return html`<h3>
        <button
          part="header"
          type="button"
          aria-expanded=${open}
          aria-controls="body"
          aria-disabled=${this.waiting}
          @click=${this.toggle}
        >
          ${chevronIcon}
          <span class="title">${this.heading}</span>
          <span class="summary ${this.tone}">
            <slot name="summary">${this.summary}</slot>
          </span>
        </button>
      </h3>
      <div class="body" part="body" id="body" ?hidden=${!open}>
        ${open ? html`<slot></slot>` : null}
      </div>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    'unmixing-section': UnmixingSectionEvent;
  }
  interface HTMLElementTagNameMap {
    'unmixing-section': UnmixingSection;
  }
}
