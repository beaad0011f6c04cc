import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controls } from './controls.js';
import { moreIcon } from './icons.js';
import { base } from './theme.js';

/** One line of a menu, or a line between two groups. */
export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: TemplateResult;
      readonly key?: string;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly act: () => void;
    }
  | 'line';

/**
 * A button with three dots and the menu it opens, drawn above everything so no box clips it.
 *
 * @csspart menu - the floating list
 */
@customElement('unmixing-menu')
export class UnmixingMenu extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }
      :host([skipped]) #button:not(:hover) {
        color: var(--_text-3);
      }
      #menu {
        position: fixed;
        inset: auto;
        margin: 0;
        min-width: 150px;
        padding: 4px;
        border: 1px solid var(--_strong);
        border-radius: 7px;
        background: var(--_raised);
        color: var(--_text);
        box-shadow: 0 4px 16px rgb(0 0 0 / 30%);
      }
      #menu button {
        display: grid;
        grid-template-columns: 16px 1fr auto;
        width: 100%;
        height: 26px;
        padding: 0 8px;
        justify-items: start;
        border-radius: 4px;
        background: none;
      }
      #menu button:hover:not(:disabled),
      #menu button:focus-visible {
        background: var(--_hover);
      }
      #menu button:focus-visible {
        outline-offset: -2px;
      }
      kbd {
        font: inherit;
        color: var(--_text-3);
      }
      hr {
        height: 1px;
        margin: 4px 8px;
        border: 0;
        background: var(--_line);
      }
      .dot {
        width: 6px;
        height: 6px;
        margin: 0 5px;
        border-radius: 50%;
        background: currentColor;
      }
    `,
  ];

  @property() label = 'More';
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** Keeps the button out of the tab order, where the list that holds it has its own keys. */
  @property({ type: Boolean, reflect: true }) skipped = false;
  @query('#menu') private menu!: HTMLElement;
  @query('#button') private opener!: HTMLButtonElement;

  /** Opens the menu at its button. */
  show(): void {
    this.menu.showPopover();
    const { right, bottom, top } = this.opener.getBoundingClientRect();
    const { width, height } = this.menu.getBoundingClientRect();
    const below = bottom + 2 + height <= innerHeight;
    this.menu.style.left = `${Math.max(4, right - width)}px`;
    this.menu.style.top = `${below ? bottom + 2 : Math.max(4, top - 2 - height)}px`;
    this.buttons()[0]?.focus();
  }

  private buttons(): HTMLButtonElement[] {
    return Array.from(
      this.menu.querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
    );
  }

  private move(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const focused = this.shadowRoot?.activeElement;
    const at = buttons.findIndex((button) => button === focused);
    const to = {
      ArrowDown: (at + 1) % buttons.length,
      ArrowUp: (at - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    event.stopPropagation();
    if (event.key === 'Tab') this.menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  }

  override render(): TemplateResult {
    return html`<button
        id="button"
        type="button"
        class="icon"
        tabindex=${this.skipped ? -1 : 0}
        aria-haspopup="menu"
        aria-label=${this.label}
        title=${this.label}
        @click=${(event: Event) => {
          event.stopPropagation();
          this.show();
        }}
      >
        ${moreIcon}
      </button>
      <div
        id="menu"
        part="menu"
        role="menu"
        popover
        aria-label=${this.label}
        @keydown=${this.move}
        @click=${(event: Event) => event.stopPropagation()}
      >
        ${this.items.map((item) =>
          item === 'line'
            ? html`<hr />`
            : html`<button
                type="button"
                role=${
                  item.checked === undefined ? 'menuitem' : 'menuitemradio'
                }
                aria-checked=${item.checked ?? false}
                ?disabled=${item.disabled}
                @click=${() => {
                  this.menu.hidePopover();
                  item.act();
                }}
              >
                ${
                  item.checked
                    ? html`<span class="dot"></span>`
                    : (item.icon ?? html`<span></span>`)
                }
                <span>${item.label}</span>
                ${item.key ? html`<kbd>${item.key}</kbd>` : null}
              </button>`,
        )}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-menu': UnmixingMenu;
  }
}
